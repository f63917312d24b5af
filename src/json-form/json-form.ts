/**
 * Declares the JSON form: how `isobind run`, and hosts with `isobind/json-form`, write and read values that structured clone
 * carries and JSON does not. What JSON can hold stays itself; anything else is an object whose first key is `$type`. The
 * page `docs/json-form.md` is its reference.
 *
 * ```
 * new Map([["a", 1n]])   ->  { "$type": "Map", "entries": [["a", { "$type": "bigint", "value": "1" }]] }
 * loop.self = loop       ->  { "self": { "$type": "reference", "path": "" } }
 * ```
 */
import { typedArrayNames } from "../model/shape.ts";

/** The key that marks a value JSON cannot hold. Data with an own key of this name is wrapped as `object`. */
export const tag = "$type";

/** Names of views and buffers: each is written as base64 of its exact bytes. */
export const byteTypes = ["ArrayBuffer", "DataView", ...typedArrayNames] as const;
export type ByteType = (typeof byteTypes)[number];

/** One step of a JSON pointer (RFC 6901). */
export function pointer(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
