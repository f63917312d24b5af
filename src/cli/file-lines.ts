/**
 * Says what has become of files, for a terminal: a line for each that something has happened to or must happen to, and one for all that are as they were.
 *
 * ```
 * written    generated/registry.ts
 * unchanged  4 other files
 * ```
 */
import { posix, resolve } from "node:path";
import { relativePath } from "../files/relative-path.ts";
import { counted } from "../model/counted.ts";
import type { FileReport } from "../stages.ts";

export interface FileLinesOptions {
  /** A line for each that is unchanged, too. */
  readonly isVerbose?: boolean;
  /** Files that a finding has named already have no line of their own. */
  readonly isSaid?: (path: string) => boolean;
  readonly paint?: (status: FileReport["status"], text: string) => string;
}

/** Empty for no files. */
export function fileLines(files: readonly FileReport[], options: FileLinesOptions = {}): string {
  const { isVerbose = false, isSaid = () => false, paint = (_, text) => text } = options;
  const line = (status: FileReport["status"], what: string): string =>
    `${paint(status, status.padEnd(9))}  ${what}\n`;
  const shown = files.filter(({ path }) => !isSaid(path));
  const kept = shown.filter(({ status }) => status === "unchanged");
  if (isVerbose || kept.length < 2) return shown.map(({ path, status }) => line(status, path)).join("");
  const others = shown.filter(({ status }) => status !== "unchanged");
  const text = others.map(({ path, status }) => line(status, path)).join("");
  return (
    text + line("unchanged", files.length > kept.length ? counted(kept.length, "other file") : allOf(kept))
  );
}

/** `5 files in generated` */
function allOf(files: readonly FileReport[]): string {
  const many = counted(files.length, "file");
  const folders = new Set(files.map(({ path }) => posix.dirname(path)));
  const [first = "."] = folders;
  if (folders.size > 1) return `${many} in ${counted(folders.size, "folder")}`;
  return first === "." ? many : `${many} in ${first}`;
}

/**
 * A person clicks or copies the path that stands in the terminal: it is relative to the folder the command was typed in. Formats for
 * programs name files from the config, or from the repository.
 */
export function fromWhereTyped(cwd: string, root: string): (path: string) => string {
  if (cwd === root) return (path) => path;
  return (path) => relativePath(cwd, resolve(root, path));
}
