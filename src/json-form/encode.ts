/**
 * Writes values of a script in the JSON form. Reads plain data only; it is given what structured clone has already made
 * plain.
 */
import { types } from "node:util";
import type { Json } from "../model/json.ts";
import { errorNames, temporalNames } from "../model/shape.ts";
import { isTemporal } from "../validation/brand.ts";
import { pointer, tag } from "./json-form.ts";

/**
 * Writes a value in the JSON form. A second meeting with the same object becomes a reference to the first, so shared and
 * circular data stay finite.
 *
 * @example
 * toJsonForm({ seen: new Set([1]) }) // { seen: { $type: "Set", values: [1] } }
 */
export function toJsonForm(value: unknown): Json {
  return encode(value, "", new Map());
}

type Seen = Map<object, string>;

function encode(value: unknown, path: string, seen: Seen): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { [tag]: "number", value: Object.is(value, -0) ? "-0" : String(value) };
    case "bigint":
      return { [tag]: "bigint", value: String(value) };
    case "undefined":
      return { [tag]: "undefined" };
    case "function":
    case "symbol":
      // Nothing of the kind leaves an isolate; named all the same, so that a defect is seen and not dropped.
      return { [tag]: typeof value };
    case "object":
      return value === null ? null : encodeObject(value, path, seen);
  }
}

function encodeObject(value: object, path: string, seen: Seen): Json {
  const first = seen.get(value);
  if (first !== undefined) return { [tag]: "reference", path: first };
  seen.set(value, path);

  const at = (inner: unknown, ...keys: (string | number)[]): Json =>
    encode(inner, keys.reduce<string>(pointer, path), seen);

  if (Array.isArray(value)) return encodeArray(value, at);
  if (types.isDate(value)) {
    return { [tag]: "Date", value: Number.isNaN(value.getTime()) ? null : value.toISOString() };
  }
  if (types.isMap(value)) {
    const entries = [...value].map(([key, item], index) => [
      at(key, "entries", index, 0),
      at(item, "entries", index, 1),
    ]);
    return { [tag]: "Map", entries };
  }
  if (types.isSet(value)) {
    return { [tag]: "Set", values: [...value].map((item, index) => at(item, "values", index)) };
  }
  if (types.isRegExp(value)) return { [tag]: "RegExp", source: value.source, flags: value.flags };
  const temporal = temporalNames.find((name) => isTemporal(value, name));
  if (temporal) return { [tag]: temporal, value: (value as { toJSON(): string }).toJSON() };
  if (types.isNativeError(value)) return encodeError(value, at);
  if (types.isAnyArrayBuffer(value)) return { [tag]: "ArrayBuffer", base64: base64(value) };
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { [tag]: viewName(value), base64: base64(bytes) };
  }
  return encodePlain(value, at);
}

type At = (inner: unknown, ...keys: (string | number)[]) => Json;

function encodeArray(value: readonly unknown[], at: At): Json {
  const keys = Object.keys(value);
  const dense = keys.length === value.length && keys.every((key, index) => key === String(index));
  if (dense) return value.map((item, index) => at(item, index));
  // Holes and named properties of arrays survive structured clone.
  const items = keys.map((key): [string, Json] => [key, at(value[key as unknown as number], "items", key)]);
  return { [tag]: "array", length: value.length, items: Object.fromEntries(items) };
}

function encodeError(value: Error, at: At): Json {
  const type =
    errorNames.find((name) => Object.getPrototypeOf(value) === globalThis[name].prototype) ?? "Error";
  const fixed = new Set(["stack", "name", "message", "cause", "errors"]);
  const data = Object.keys(value).filter((key) => !fixed.has(key));
  const own = value as unknown as Record<string, unknown>;
  return {
    [tag]: type,
    name: String(value.name),
    message: String(value.message),
    ...("cause" in value ? { cause: at(value.cause, "cause") } : {}),
    ...(value instanceof AggregateError ? { errors: at(value.errors, "errors") } : {}),
    ...(data.length === 0
      ? {}
      : { data: Object.fromEntries(data.map((key) => [key, at(own[key], "data", key)])) }),
  };
}

function encodePlain(value: object, at: At): Json {
  const entries = Object.entries(value);
  const ambiguous = Object.hasOwn(value, tag);
  const encoded = entries.map(([key, item]): [string, Json] => [
    key,
    ambiguous ? at(item, "properties", key) : at(item, key),
  ]);
  const plain = Object.fromEntries(encoded);
  return ambiguous ? { [tag]: "object", properties: plain } : plain;
}

function base64(bytes: ArrayBufferLike | Uint8Array): string {
  return bytes instanceof Uint8Array
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")
    : Buffer.from(bytes).toString("base64");
}

function viewName(view: ArrayBufferView): string {
  return types.isDataView(view)
    ? "DataView"
    : ((view as unknown as Record<symbol, string>)[Symbol.toStringTag] ?? "Uint8Array");
}
