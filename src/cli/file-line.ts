/** Says of a file what has become of it, in a line for a terminal. */
import { resolve } from "node:path";
import { relativePath } from "../files/relative-path.ts";
import type { FileReport } from "../stages.ts";

/** `written    generated/registry.ts` */
export function fileLine({ path, status }: FileReport, paint = (text: string): string => text): string {
  return `${paint(status.padEnd(9))}  ${path}\n`;
}

/**
 * A person clicks or copies the path that stands in the terminal: it is relative to the folder the command was typed in. Formats for
 * programs name files from the config, or from the repository.
 */
export function fromWhereTyped(cwd: string, root: string): (path: string) => string {
  if (cwd === root) return (path) => path;
  return (path) => relativePath(cwd, resolve(root, path));
}
