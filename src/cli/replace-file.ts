/** Writes what `--out` names, whole or not at all. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { draftIn } from "../files/draft.ts";
import { reasonOf } from "../files/system-error.ts";
import { UsageError } from "./exit.ts";

/** `shown`: the file as the command line names it. Throws a `UsageError` with what the system says. */
export function replaceFile(file: string, text: string, shown: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const draft = draftIn(dirname(file));
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    throw new UsageError(
      `\`${shown}\` cannot be written: ${reasonOf(error)}.`,
      "Name another file with `--out`.",
    );
  }
}
