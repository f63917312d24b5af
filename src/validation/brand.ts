/**
 * Tells what kind of object a value is, by what it holds and not by what it claims: internal slots for built-ins, the
 * prototype chain's end for plain objects. Right for values of another realm too (`v8.deserialize` inside a test runner's
 * context gives those). Never runs code of the value: its own properties are not read.
 */
import {
  errorNames,
  isTemporalName,
  type BuiltinName,
  type ErrorName,
  type TemporalName,
  type TypedArrayName,
} from "../model/shape.ts";

const tagOf = Object.prototype.toString;
const typedArrayTag = getter(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag);
const mapSize = getter(Map.prototype, "size");
const setSize = getter(Set.prototype, "size");
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
const viewBuffer = getter(DataView.prototype, "buffer");
const regExpSource = getter(RegExp.prototype, "source");
const getTime = Date.prototype.getTime;

/** Of each class of `Temporal` an accessor that its own values answer and no others. */
const temporalAccessors: Readonly<Record<TemporalName, ((this: unknown) => unknown) | null>> = {
  "Temporal.Instant": temporal("Instant", "epochNanoseconds"),
  "Temporal.ZonedDateTime": temporal("ZonedDateTime", "epochNanoseconds"),
  "Temporal.PlainDate": temporal("PlainDate", "daysInYear"),
  "Temporal.PlainTime": temporal("PlainTime", "hour"),
  "Temporal.PlainDateTime": temporal("PlainDateTime", "hour"),
  "Temporal.PlainYearMonth": temporal("PlainYearMonth", "monthCode"),
  "Temporal.PlainMonthDay": temporal("PlainMonthDay", "monthCode"),
  "Temporal.Duration": temporal("Duration", "sign"),
};

/** A plain object: made by `{}`, without a prototype, or by structured clone. Not an array, a built-in or an instance. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isForeignPlain(value, prototype);
}

/** `Object.prototype` of another realm: an object without prototype that is not an array, a proxy or a Map of its own. */
function isForeignPlain(value: object, prototype: unknown): boolean {
  return (
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype as object, "isPrototypeOf") &&
    !Array.isArray(value)
  );
}

export function isMap(value: unknown): value is ReadonlyMap<unknown, unknown> {
  return (value instanceof Map || hasTag(value, "[object Map]")) && answers(mapSize, value);
}

export function isSet(value: unknown): value is ReadonlySet<unknown> {
  return (value instanceof Set || hasTag(value, "[object Set]")) && answers(setSize, value);
}

export function isDate(value: unknown): value is Date {
  return (value instanceof Date || hasTag(value, "[object Date]")) && answers(getTime, value);
}

export function isRegExp(value: unknown): value is RegExp {
  return (value instanceof RegExp || hasTag(value, "[object RegExp]")) && answers(regExpSource, value);
}

/** Never true for a `SharedArrayBuffer`, whose bytes could change after the check. */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return (
    (value instanceof ArrayBuffer || hasTag(value, "[object ArrayBuffer]")) && answers(bufferLength, value)
  );
}

export function isDataView(value: unknown): value is DataView {
  return (value instanceof DataView || hasTag(value, "[object DataView]")) && answers(viewBuffer, value);
}

/** A typed array of exactly this class; a `Buffer` is a `Uint8Array`. */
export function isTypedArray(value: unknown, name: TypedArrayName): boolean {
  return typeof value === "object" && typedArrayTag.call(value) === name;
}

/** A value of exactly this class of `Temporal`; never true in an engine without it. */
export function isTemporal(value: unknown, name: TemporalName): boolean {
  const accessor = temporalAccessors[name];
  return accessor !== null && typeof value === "object" && value !== null && answers(accessor, value);
}

/** An error of this standard class or of one derived from it. */
export function isError(value: unknown, name: ErrorName): value is Error {
  if (!(value instanceof Error) && !hasTag(value, "[object Error]")) return false;
  if (name === "Error") return true;
  for (let at = prototypeOf(value as object); at !== null; at = prototypeOf(at)) {
    const own = Object.getOwnPropertyDescriptor(at, "name");
    if (own !== undefined && "value" in own && own.value === name) return true;
  }
  return false;
}

function prototypeOf(value: object): object | null {
  return Object.getPrototypeOf(value) as object | null;
}

/** The standard class of an error that says most of it: of a `TypeError` that, not `Error`. */
export function errorNameOf(value: Error): ErrorName {
  return errorNames.find((name) => name !== "Error" && isError(value, name)) ?? "Error";
}

export function isBuiltin(value: unknown, name: BuiltinName): boolean {
  if (isTemporalName(name)) return isTemporal(value, name);
  switch (name) {
    case "Date":
      return isDate(value);
    case "RegExp":
      return isRegExp(value);
    case "ArrayBuffer":
      return isArrayBuffer(value);
    case "DataView":
      return isDataView(value);
    default:
      name satisfies TypedArrayName;
      return isTypedArray(value, name);
  }
}

function hasTag(value: unknown, tag: string): boolean {
  return typeof value === "object" && tagOf.call(value) === tag;
}

function answers(method: (this: unknown) => unknown, value: unknown): boolean {
  try {
    method.call(value);
    return true;
  } catch {
    return false;
  }
}

function temporal(name: string, accessor: string): ((this: unknown) => unknown) | null {
  const { Temporal } = globalThis as { Temporal?: Readonly<Record<string, { readonly prototype: object }>> };
  const prototype = Temporal?.[name]?.prototype;
  return (prototype && Object.getOwnPropertyDescriptor(prototype, accessor)?.get) ?? null;
}

function getter(prototype: object, key: string | symbol): (this: unknown) => unknown {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  if (get === undefined) throw new Error(`This engine has no accessor ${String(key)}.`);
  return get;
}
