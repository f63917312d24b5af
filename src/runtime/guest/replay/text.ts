/**
 * Gives the text that makes a run repeatable, in plain ASCII and without comments: an expression whose value is the function of ours.
 */
import { preludeName } from "../prelude/compose.ts";
import { prepareReplay } from "../prelude/replay.ts";
import { sourceOf } from "../prelude/source.ts";

let text: string | null = null;

/** Under the name of the prelude, so that none of its frames are shown. */
export function replayText(): string {
  return (text ??= `"use strict";\n(${sourceOf(prepareReplay)})\n//# sourceURL=${preludeName}\n`);
}
