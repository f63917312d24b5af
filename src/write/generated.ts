/**
 * Tells our own output from a file that someone wrote. Only the former is ever overwritten unasked.
 */
import { basename } from "node:path";
import { kindOfOutput, type KindOutputName } from "../library/names.ts";
import type { OutputFile, OutputName } from "../stages.ts";

/** How each file says, in every version of isobind, that it is ours. */
const marks: Readonly<Record<Exclude<OutputName, KindOutputName>, RegExp>> = {
  "registry.ts": /^\s*\/\/ @contract sha256-/m,
  "secure-exec.d.ts": /^\s*\/\/ @contract sha256-/m,
  "contract.json": /"sha256-[0-9a-f]{64}"/,
  "tsconfig.scripts.json": /^\s*\/\/ @engine /m,
  ".secure-exec.lib.d.ts": /^\s*\/\/ @engine /m,
};

/** True when the text is an output of isobind of any version, or empty: nothing is lost by replacing it. */
export function isGenerated(name: OutputFile["name"], text: string): boolean {
  const file = basename(name);
  const mark = kindOfOutput(file) === null ? marks[file as keyof typeof marks] : /^\s*\/\/ @kind /m;
  return text.trim() === "" || mark.test(text);
}
