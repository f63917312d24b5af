/**
 * compare: what stands on the disk against what would be written. Reads only.
 */
import { join } from "node:path";
import type { FileReport, OutputFile } from "../stages.ts";
import { isEquivalent } from "./equivalent.ts";
import { codeOf, type Disk, readText } from "./machine.ts";

export interface Comparison {
  readonly file: OutputFile;
  /** What is there; `null` when nothing is. */
  readonly text: string | null;
  readonly status: Exclude<FileReport["status"], "written">;
}

export function compare(
  disk: Disk,
  files: readonly OutputFile[],
  outDir: string,
  isSame = isEquivalent,
): readonly Comparison[] {
  return files.map((file) => {
    const text = readOutput(disk, join(outDir, file.name));
    const status = text === null ? "missing" : isSame(text, file.text) ? "unchanged" : "stale";
    return { file, text, status };
  });
}

/** A file where a folder should be means that the output is not there. */
function readOutput(disk: Disk, path: string): string | null {
  try {
    return readText(disk, path);
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return null;
    throw error;
  }
}

/** The same but for line endings: the measure when the output is formatted to the project's taste. */
export function isSameText(a: string, b: string): boolean {
  return a.replaceAll("\r\n", "\n") === b.replaceAll("\r\n", "\n");
}
