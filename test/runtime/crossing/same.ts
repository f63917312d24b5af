/**
 * Same: whether a copy is what a value becomes when it crosses: plain data, the built-ins as what they hold, and one object where the
 * value has one object.
 */
import { inspect } from "node:util";

/** The first place where `copy` is not what `value` becomes, in words; `undefined` when there is none. */
export function difference(value: unknown, copy: unknown): string | undefined {
  const there = new Map<object, object>();
  const back = new Map<object, object>();
  return visit(value, copy, "");

  function visit(a: unknown, b: unknown, path: string): string | undefined {
    if (typeof a !== "object" || a === null) return Object.is(a, b) ? undefined : say(path, a, b);
    if (typeof b !== "object" || b === null) return say(path, a, b);
    if (there.has(a) || back.has(b)) {
      return there.get(a) === b && back.get(b) === a ? undefined : `${path}: not the same object`;
    }
    there.set(a, b);
    back.set(b, a);
    if (Object.getPrototypeOf(b) !== prototypeOf(a)) return `${path}: another class`;
    for (const [step, left, right] of partsOf(a, b)) {
      const found = visit(left, right, path + step);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function say(path: string, a: unknown, b: unknown): string {
  return `${path}: ${inspect(b, { depth: 1 })} instead of ${inspect(a, { depth: 1 })}`;
}

/** Built-ins keep their class, everything else is plain. */
function prototypeOf(value: object): object {
  if (ArrayBuffer.isView(value)) {
    if (value instanceof DataView) return DataView.prototype;
    const name = (value as Uint8Array)[Symbol.toStringTag] as "Uint8Array";
    return globalThis[name].prototype;
  }
  if (value instanceof Error) {
    let prototype = Object.getPrototypeOf(value) as object;
    while (!standardErrors.has(prototype)) prototype = Object.getPrototypeOf(prototype) as object;
    return prototype;
  }
  for (const Class of builtIns) if (value instanceof Class) return Class.prototype as object;
  return Object.prototype;
}

const standardErrors = new Set<object>(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError].map(
    (Class) => Class.prototype,
  ),
);
const builtIns = [Array, Map, Set, Date, RegExp, ArrayBuffer, Number, String, Boolean, BigInt] as const;

type Part = readonly [step: string, value: unknown, copy: unknown];

function partsOf(a: object, b: object): Part[] {
  if (ArrayBuffer.isView(a)) return viewParts(a, b as ArrayBufferView);
  if (a instanceof ArrayBuffer) return [["<bytes>", hex(a), hex(b as ArrayBuffer)]];
  if (a instanceof Date) return [["<time>", a.getTime(), (b as Date).getTime()]];
  if (a instanceof RegExp)
    return [
      ["<source>", String(a), String(b)],
      ["<last>", 0, (b as RegExp).lastIndex],
    ];
  if (a instanceof Map)
    return [...listParts([...a].flat(1), [...(b as typeof a)].flat(1)), ...ownParts({}, b)];
  if (a instanceof Set) return [...listParts([...a], [...(b as typeof a)]), ...ownParts({}, b)];
  if (a instanceof Error) return errorParts(a, b as Error);
  if (a instanceof Number || a instanceof Boolean || a instanceof BigInt || a instanceof String) {
    return [["<boxed>", a.valueOf(), b.valueOf()]];
  }
  const length: Part[] = Array.isArray(a) ? [["<length>", a.length, (b as unknown[]).length]] : [];
  return [...length, ...ownParts(a, b)];
}

function listParts(a: readonly unknown[], b: readonly unknown[]): Part[] {
  return [["<size>", a.length, b.length], ...a.map((member, at): Part => [`<${at}>`, member, b[at]])];
}

/** Own properties in their order. */
function ownParts(a: object, b: object): Part[] {
  const keys = Object.keys(a);
  return [["<keys>", JSON.stringify(keys), JSON.stringify(Object.keys(b))], ...members(keys, a, b)];
}

function members(keys: readonly string[], a: object, b: object): Part[] {
  const read = (object: object, key: string): unknown => (object as Record<string, unknown>)[key];
  return keys.map((key): Part => [`.${key}`, read(a, key), read(b, key)]);
}

/** Of an error each part crosses by itself, so that their order says nothing. */
function errorParts(a: Error, b: Error): Part[] {
  const isAggregate = a instanceof AggregateError;
  const apart = ["name", "message", "stack", "cause", ...(isAggregate ? ["errors"] : [])];
  const keys = Object.keys(a).filter((key) => !apart.includes(key));
  return [
    ["<name>", a.name, b.name],
    ["<message>", a.message, b.message],
    ["<own message>", Object.hasOwn(a, "message"), Object.hasOwn(b, "message")],
    ["<own cause>", Object.hasOwn(a, "cause"), Object.hasOwn(b, "cause")],
    ["<cause>", a.cause, b.cause],
    ["<errors>", isAggregate ? a.errors : 0, isAggregate ? (b as AggregateError).errors : 0],
    ["<frames>", false, /\n\s+at /.test(b.stack ?? "")],
    ["<keys>", JSON.stringify(keys.toSorted()), JSON.stringify(Object.keys(b).toSorted())],
    ...members(keys, a, b),
  ];
}

/** A view of its whole buffer keeps sharing it, a view of a part has that part alone. */
function viewParts(a: ArrayBufferView, b: ArrayBufferView): Part[] {
  const bytes = (view: ArrayBufferView): string =>
    Buffer.from(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength).toString("hex");
  const isWhole = a.byteOffset === 0 && a.byteLength === a.buffer.byteLength;
  return [
    ["<bytes>", bytes(a), bytes(b)],
    ["<offset>", 0, b.byteOffset],
    ["<rest>", b.byteLength, b.buffer.byteLength],
    ...(isWhole ? [["<buffer>", a.buffer, b.buffer] as const] : []),
  ];
}

function hex(buffer: ArrayBuffer): string {
  return Buffer.from(buffer).toString("hex");
}
