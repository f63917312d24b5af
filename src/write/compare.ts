/**
 * Compares what stands on the disk with what would be written. Reads only.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileReport, OutputFile } from "../stages.ts";
import { isSystemError } from "../files/system-error.ts";

export interface Comparison {
  readonly file: OutputFile;
  /** What is there; `null` when nothing is. */
  readonly text: string | null;
  readonly status: Exclude<FileReport["status"], "written" | "removed">;
}

/** Whether the text on the disk says what is wanted. */
export type Same = (found: string, wanted: OutputFile) => boolean | Promise<boolean>;

export function compare(
  files: readonly OutputFile[],
  outDir: string,
  isSame: Same,
): Promise<readonly Comparison[]> {
  // All are read before any is compared: the texts shall be of one moment.
  const found = files.map((file) => ({ file, text: readOutput(join(outDir, file.name)) }));
  return Promise.all(
    found.map(async ({ file, text }): Promise<Comparison> => {
      const status = text === null ? "missing" : (await isSame(text, file)) ? "unchanged" : "stale";
      return { file, text, status };
    }),
  );
}

/** A file where a folder should be means that the output is not there. */
function readOutput(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}
