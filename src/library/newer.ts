/**
 * Says of what an engine's isolate lacks why: a newer engine has it, or no sandbox does. Words for authors of scripts.
 */
import type { EngineName } from "../config/engines.ts";
import { newerWords, type Newer } from "../model/newer-globals.ts";
import { engineWith } from "./isolate.ts";

export type Lack = Newer;

/**
 * Why an object of the language lacks a property, or `null` when no engine has it. `owner` is a path as the table of isolates has it.
 *
 * @example
 * whyLacking("globalThis", "Temporal", "node22"); // { why: "Node 22 does not have it, Node 26 does", … }
 */
export function whyLacking(owner: string, name: string, engine: EngineName): Lack | null {
  const removed = owner === "ArrayBuffer.prototype" && fixed.has(name);
  if (removed)
    return { why: "a buffer's length is fixed", help: "Make a new buffer, and copy into it with `set`." };
  const first = engineWith(owner, name);
  return first === null || first === engine ? null : newer(first, engine);
}

export function newer(first: EngineName, engine: EngineName): Lack {
  return newerWords(numberOf(first), numberOf(engine));
}

const numberOf = (engine: EngineName): number => Number(engine.slice("node".length));

/** What the prelude takes away, because the isolate's limit does not count memory that may grow. */
const fixed: ReadonlySet<string> = new Set(["resize", "transfer", "transferToFixedLength"]);
