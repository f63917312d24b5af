/**
 * Tells the host's files from scripts where a whole folder is named: `isobind diff --scripts .` means the scripts of a project, and not what
 * defines, serves and tests them. A file or a pattern that is named itself means what it says.
 */
import { dirname, relative, resolve, sep } from "node:path";
import type { ResolvedConfig } from "../../config/resolved.ts";
import { scriptsAt } from "../beside/kind-beside.ts";
import { importsIn } from "./imports.ts";

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

/**
 * Those of a project's files that are programs, and no scripts. One that imports isobind, the definition or what is generated from it serves scripts: no script can. So
 * does what imports one. A file beside a program, or beside what is the host's, that imports Node or another package is a program as well, unless its folder's
 * `tsconfig.json` is that of scripts; and what programs import is theirs.
 */
export function programsAmong(texts: ReadonlyMap<string, string>, host: HostFiles): ReadonlySet<string> {
  const files = [...texts].map(([path, text]): File => ({ path, ...importsOf(path, text) }));
  const programs = new Set<string>();
  const folders = new Set(host.files.map((file) => dirname(file)));
  const isProgram = ({ path, packages, near }: File): boolean =>
    packages.some(isOurs) ||
    near.some((one) => programs.has(one) || isHosts(one, host)) ||
    (packages.length > 0 && folders.has(dirname(path)) && scriptsAt(dirname(path)) === null);
  grown(files, programs, (file) => {
    if (!isProgram(file)) return [];
    folders.add(dirname(file.path));
    return [file.path];
  });
  const all = new Set(programs);
  grown(files, all, ({ path, near }) => (all.has(path) ? near.filter((one) => texts.has(one)) : []));
  return all;
}

/** Adds what each file says of itself or of others, until nothing more is said. */
function grown(files: readonly File[], set: Set<string>, more: (file: File) => readonly string[]): void {
  for (let known = -1; known < set.size;) {
    known = set.size;
    for (const file of files) for (const one of more(file)) set.add(one);
  }
}

interface File {
  readonly path: string;
  /** Names of packages. */
  readonly packages: readonly string[];
  /** Paths of files, each as it may be spelled. */
  readonly near: readonly string[];
}

const isOurs = (name: string): boolean => /^@?isobind(?:\/|$)/u.test(name);

function importsOf(path: string, text: string): Omit<File, "path"> {
  const named = importsIn(text);
  return {
    packages: named.filter((name) => !name.startsWith(".")),
    near: named
      .filter((name) => name.startsWith("."))
      .flatMap((name) => spellings(resolve(dirname(path), name))),
  };
}

/** `./bindings.js` of a compiled project is `bindings.ts`; some name it without an ending. */
const spellings = (path: string): readonly string[] => [path, path.replace(/(?:\.([cm]?)js)?$/u, ".$1ts")];

function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return (
    inside !== "" && inside !== ".." && !inside.startsWith(`..${sep}`) && resolve(folder, inside) === path
  );
}
