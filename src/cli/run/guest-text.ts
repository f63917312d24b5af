/**
 * Makes what a script wrote harmless for a terminal and for a CI log. Control sequences can move the cursor, recolour or
 * hide what others have printed, and set the clipboard; a line that begins with `::` or `##[` is a command to the system
 * that reads the log. Both are shown instead of obeyed, as `\u{1b}[2J` and `\u{3a}:error …`.
 */
import { escaped, harmless, steering } from "../../runtime/explain/harmless.ts";
import type { Io } from "../io.ts";

/** GitHub reads `::command::`, also behind spaces, and `##[command]`; Azure Pipelines `##vso[command]`. */
const command = /^(\s*)(?:(?=::)|(?=##(?:\[|vso\[)))(.)/gm;

/** The text as it may be printed to a log that `env` says who reads. */
export function guestText(text: string, env: Io["env"]): string {
  const shown = harmless(text);
  return isRead(env)
    ? shown.replace(command, (_, space: string, first: string) => space + escaped(first))
    : shown;
}

/** JSON in which what JSON leaves as it is and a terminal obeys, or a reader of lines takes for the end of one (U+2028), is an escape too. */
export function guestJson(json: string): string {
  return json.replace(steering, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function isRead(env: Io["env"]): boolean {
  return Boolean(env["CI"] ?? env["GITHUB_ACTIONS"] ?? env["TF_BUILD"]);
}
