/**
 * Tells the host's files from scripts where a whole folder is named: `isobind diff --scripts .` means the scripts of a project, and not what
 * defines, serves and tests them. A file or a pattern that is named itself means what it says.
 */
import { dirname, relative, resolve, sep } from "node:path";
import type { ResolvedConfig } from "../../config/resolved.ts";

/** What is known of a project: its config with all that this reads, its definitions, and the folders of generated files. */
export interface HostFiles {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

export const noHost: HostFiles = { files: [], folders: [] };

export function hostFilesOf({ file, inputs, contracts }: ResolvedConfig): HostFiles {
  return {
    files: [...(file === null ? [] : [file]), ...inputs, ...contracts.map(({ definition }) => definition)],
    folders: contracts.map(({ outDir }) => outDir),
  };
}

/** Tests of scripts lie beside them, and import a test runner. */
export const isTest = (file: string): boolean => /\.(?:test|spec)\.[cm]?[jt]s$/u.test(file);

/** Whether a path is one of the host's. */
export function isHosts(path: string, { files, folders }: HostFiles): boolean {
  return files.includes(path) || folders.some((folder) => isInside(path, folder));
}

/** Whether a folder has the host in it, beside scripts. */
export function holdsHost(folder: string, { files }: HostFiles): boolean {
  return files.some((file) => isInside(file, folder));
}

/** Whether a file serves scripts: it imports isobind, or the definition or what is generated from it. No script can. */
export function servesScripts(path: string, text: string, host: HostFiles): boolean {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/gu)].some(([, specifier = ""]) =>
    specifier.startsWith(".")
      ? spellings(resolve(dirname(path), specifier)).some((one) => isHosts(one, host))
      : /^@?isobind(?:\/|$)/u.test(specifier),
  );
}

/** `./bindings.js` of a compiled project is `bindings.ts`; some name it without an ending. */
const spellings = (path: string): readonly string[] => [path, path.replace(/(?:\.([cm]?)js)?$/u, ".$1ts")];

function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return (
    inside !== "" && inside !== ".." && !inside.startsWith(`..${sep}`) && resolve(folder, inside) === path
  );
}
