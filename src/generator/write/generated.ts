/**
 * Tells our own output from a file that someone wrote. Only the former is ever overwritten unasked.
 */
import type { OutputFile } from "../stages.ts";

/** True when the text is an output of isobind of any version, or empty: nothing is lost by replacing it. */
export function isGenerated(name: OutputFile["name"], text: string): boolean {
  if (text.trim() === "") return true;
  return name.endsWith("contract.json")
    ? /"sha256-[0-9a-f]{64}"/.test(text)
    : /^\s*\/\/ @contract sha256-/m.test(text);
}
