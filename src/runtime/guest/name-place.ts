/**
 * The place of a name that is not there. For one that a statement or an `await` begins with, the engine shows that statement or `await`. Before →
 * after, of `const page = await fetch(url);`:
 *
 *     ReferenceError: fetch is not defined   at report.ts:1:14   →   at report.ts:1:20
 */
import type { Known } from "./known-names.ts";
import { placeIn } from "./said.ts";

/** What stands before such a name: words and brackets, and no value. */
const opening = /^(?:(?:await|throw|return|yield|if|while|switch)\b|[\s(!`]|\$\{){1,50}/;

/** The stack with the place of `name` in its first frame; as it was where that is not plain to see on the line. */
export function placedAtName(stack: string, name: string, known: Known): string {
  const { line, at, frame } = placeIn(stack, known);
  const before = opening.exec(line.slice(at, at + 500))?.[0] ?? "";
  const start = at + before.length;
  if (before === "" || /^[\w$]+/.exec(line.slice(start))?.[0] !== name) return stack;
  const moved = frame.replace(/:\d+(\)?)$/, (_, end: string) => `:${start + 1}${end}`);
  return stack.replace(frame, () => moved);
}
