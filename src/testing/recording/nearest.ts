/** The recorded call that comes nearest to one that was not recorded, and calls as a script would write them. */
import { inspect } from "node:util";
import { argumentsText, sortedText } from "../argument-text.ts";
import type { RecordedCall } from "./recording.ts";

/** Letters of arguments in a message. */
const longest = 120;

/** `orders.list({ customer: 'Ada' })` */
export function callText(name: string, args: readonly unknown[]): string {
  const texts = args.map((value) => inspect(value, { depth: 3, breakLength: Infinity, compact: true }));
  const text = texts.join(", ");
  return `${name}(${text.length <= longest ? text : `${text.slice(0, longest)}…`})`;
}

/** Of the calls of one binding the one whose arguments are most like these; `null` when none was recorded. */
export function nearestCall(
  calls: readonly RecordedCall[],
  name: string,
  args: readonly unknown[],
): RecordedCall | null {
  const wanted = argumentsText(args);
  let nearest: RecordedCall | null = null;
  let best = -1;
  for (const call of calls) {
    if (call.name !== name) continue;
    const alike = likeness(wanted, sortedText(call.args));
    if (alike > best) [nearest, best] = [call, alike];
  }
  return nearest;
}

/** From 0 to 1: which part of two texts is the same from their beginnings and from their ends. */
function likeness(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return (start + end) / Math.max(one.length, other.length, 1);
}
