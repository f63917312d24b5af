/** Writes what an option names, whole or not at all. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { draftIn, removeDraft } from "../files/draft.ts";
import { reasonOf } from "../files/system-error.ts";
import { UsageError } from "./exit.ts";

/** `shown`: the file as the command line names it. `help`: how another one is named. Throws a `UsageError` with what the system says. */
export function replaceFile(
  file: string,
  text: string,
  shown: string,
  help = "Name another file with `--out`.",
): void {
  const draft = draftIn(dirname(file));
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    removeDraft(draft);
    throw new UsageError(`\`${shown}\` cannot be written: ${reasonOf(error)}.`, help);
  }
}
