/**
 * Reads a tsconfig as an editor does, with the compiler's own reader: what it extends, and which files its patterns mean.
 */
import { dirname, resolve } from "node:path";
import { ts } from "../../read/frontend/ts6/compiler.ts";
import { createFileSystem } from "../../read/frontend/ts6/file-system.ts";
import { only } from "../../read/frontend/ts6/owning-project.ts";

export interface Tsconfig {
  /** Names as in a tsconfig, `["es2023", "dom"]`; `null` where it has none. */
  readonly lib: readonly string[] | null;
  readonly types: readonly string[] | null;
  /** Whether a file, an absolute path, is one of the tsconfig's own. */
  covers(file: string): boolean;
  /** Whether the tsconfig names the file itself, or its folder: its author then had this file in mind. */
  names(file: string): boolean;
}

/** `null` for what cannot be read: that is not ours to judge. */
export function readTsconfig(path: string): Tsconfig | null {
  const fileSystem = createFileSystem();
  const folder = dirname(path);
  const json = ts.readConfigFile(path, (file) => fileSystem.readFile(file));
  if (json.error) return null;
  // The reader writes what it inherits into the object it is given.
  const parse = (file: string): ts.ParsedCommandLine => {
    const host = { ...fileSystem, readDirectory: only(slashes(file)) };
    return ts.parseJsonConfigFileContent(structuredClone(json.config), host, folder, undefined, path);
  };
  const { options, raw } = parse(path) as { options: ts.CompilerOptions; raw: Written };
  const written = [...(raw.files ?? []), ...(raw.include ?? [])].map((entry) =>
    resolve(
      folder,
      entry.replace("${configDir}", () => folder),
    ),
  );
  return {
    lib: options.lib?.map((name) => name.replace(/^lib\.|\.d\.ts$/g, "")) ?? null,
    types: options.types ?? null,
    covers: (file) => parse(file).fileNames.includes(slashes(file)),
    names: (file) => written.includes(resolve(file)) || written.includes(dirname(resolve(file))),
  };
}

interface Written {
  readonly files?: readonly string[];
  readonly include?: readonly string[];
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
