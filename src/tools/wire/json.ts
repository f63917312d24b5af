/**
 * Makes of an argument the JSON that goes out. A script may pass what JSON has no word for where a schema says nothing (`unknown`), and it
 * may share one object so often that its JSON would never end: both are refused.
 */
import type { Json } from "../../model/json.ts";
import type { Mismatch } from "./check.ts";

/** Values in one argument. With the sizes of texts, far more than fits in a payload. */
const mostValues = 500_000;
const mostDepth = 200;

export type JsonCopy = { readonly json: Json } | { readonly mismatch: Mismatch };

/** The copy, or why there is none. `keeps` says which other objects stay in it, for a conversion that comes later. */
export function jsonOf(value: unknown, keeps: (value: object) => boolean = () => false): JsonCopy {
  let left = mostValues;

  function copy(part: unknown, at: string, depth: number): Json {
    if (--left < 0 || depth > mostDepth) throw new NoJson({ at, expected: "smaller as JSON" });
    if (part === null || typeof part === "string" || typeof part === "boolean") return part;
    if (typeof part === "number") {
      if (!Number.isFinite(part)) throw new NoJson({ at, expected: "a number that JSON has" });
      return part;
    }
    if (Array.isArray(part)) {
      return Array.from(part as readonly unknown[], (item, index) =>
        copy(item, `${at}[${index}]`, depth + 1),
      );
    }
    if (typeof part === "object" && keeps(part)) return part as unknown as Json;
    if (typeof part !== "object" || !isPlain(part)) {
      throw new NoJson({ at, expected: `something that JSON has, and not ${nameOf(part)}` });
    }
    const object: { [key: string]: Json } = {};
    for (const [key, item] of Object.entries(part)) {
      if (item === undefined) continue;
      const json = copy(item, `${at}.${key}`, depth + 1);
      // A property of this name is data there, and would be something else here.
      if (key === "__proto__") throw new NoJson({ at: `${at}.${key}`, expected: "left out" });
      object[key] = json;
    }
    return object;
  }

  try {
    return { json: copy(value, "", 0) };
  } catch (error) {
    if (error instanceof NoJson) return { mismatch: error.mismatch };
    throw error;
  }
}

/**
 * True when a value has parts below so many levels; also of one that contains itself. Level by level and not by calls, because an answer may be nested deeper than a stack has
 * room for.
 */
export function isDeeper(value: unknown, levels: number): boolean {
  let open = new Set<unknown>([value]);
  for (let level = 0; open.size > 0; level++) {
    if (level > levels) return true;
    const below = new Set<unknown>();
    for (const part of open) {
      if (typeof part !== "object" || part === null || ArrayBuffer.isView(part)) continue;
      for (const inner of Object.values(part)) if (typeof inner === "object") below.add(inner);
    }
    open = below;
  }
  return false;
}

class NoJson extends Error {
  readonly mismatch: Mismatch;

  constructor(mismatch: Mismatch) {
    super(mismatch.expected);
    this.mismatch = mismatch;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (typeof value === "object" && value !== null) return `a ${value.constructor.name}`;
  return value === undefined ? "undefined" : `a ${typeof value}`;
}
