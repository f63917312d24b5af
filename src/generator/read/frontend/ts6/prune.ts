/** placeholder: see next commit */
import type { ts } from "./compiler.ts";
import type { FileSystem } from "./file-system.ts";
import type { Prune } from "./host.ts";
export function createPrune(
  _definition: string,
  _fileSystem: FileSystem,
  _options: ts.CompilerOptions,
): Prune {
  return () => null;
}
