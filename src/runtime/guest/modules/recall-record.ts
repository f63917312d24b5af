/**
 * Reads a module, or recalls what the same text came to before. Records know nothing of the graph they are part of.
 */
import type { Source } from "../script/read-source.ts";
import { recall } from "../script/recall-script.ts";
import { readJson, readRecord, type ModuleRecord } from "./record.ts";
import type { Kind } from "./wanted.ts";

/** Throws `SyntaxFailure`, and nothing else. */
export function recallRecord(source: Source, kind: Kind): ModuleRecord {
  const as = kind === "code" && source.dynamicImport === true ? "dynamic" : kind;
  return recall(as, source, () => (kind === "json" ? readJson(source) : readRecord(source)));
}
