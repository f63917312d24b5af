/**
 * Arbitrary values that cross: every kind there is, nested in every other, with objects that are shared and lead back to where they
 * came from. A value is made anew by each call of what is drawn.
 */
import fc from "fast-check";

/** Makes the value. */
export type Make = () => unknown;

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", "€", "\ud800", "é".repeat(40), "x".repeat(300)),
);
const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(
    0,
    -0,
    NaN,
    Infinity,
    -Infinity,
    2 ** 27,
    2 ** 27 - 1,
    -(2 ** 27),
    -(2 ** 27) - 1,
    2 ** 53,
    5e-324,
  ),
);
const bigint = fc.oneof(
  fc.bigInt(),
  fc.constantFrom(
    0n,
    -1n,
    2n ** 63n - 1n,
    2n ** 63n,
    -(2n ** 63n),
    -(2n ** 63n) - 1n,
    2n ** 64n,
    -(2n ** 300n),
  ),
);
const primitive: fc.Arbitrary<unknown> = fc.oneof(
  text,
  number,
  bigint,
  fc.constantFrom(undefined, null, true, false),
);
const key = fc
  .oneof(
    fc.constantFrom(
      "id",
      "name",
      "a",
      "b",
      "",
      "constructor",
      "toString",
      "length",
      "class",
      "€",
      "0",
      "1",
      "01",
      "4294967295",
      "-1",
    ),
    fc.string({ maxLength: 5 }),
  )
  .filter((name) => name !== "__proto__");

class Instance {
  static readonly shared = 1;
  get computed(): number {
    return Object.keys(this).length;
  }
}
class Rejection extends RangeError {
  override readonly name: string = "Rejection";
}
const errors: readonly ((message: string | undefined) => Error)[] = [
  (message) => new Error(message),
  (message) => new EvalError(message),
  (message) => new RangeError(message),
  (message) => new ReferenceError(message),
  (message) => new SyntaxError(message),
  (message) => new TypeError(message),
  (message) => new URIError(message),
  (message) => new Rejection(message),
];
const views = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

type Entries = readonly (readonly [string, Make])[];

function record(into: object, entries: Entries): object {
  for (const [name, make] of entries) {
    Object.defineProperty(into, name, {
      value: make(),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return into;
}

function buffer(bytes: Uint8Array, extra = 0): ArrayBuffer {
  const out = new ArrayBuffer(bytes.length + extra);
  new Uint8Array(out).set(bytes);
  return out;
}

function isIndex(name: string): boolean {
  return String(Number(name) >>> 0) === name && name !== "4294967295";
}

const { tree } = fc.letrec<{ tree: Make; member: Make }>((tie) => {
  const member = tie("member");
  const list = fc.array(member, { maxLength: 6 });
  const entries = fc.uniqueArray(fc.tuple(key, member), { maxLength: 6, selector: ([name]) => name });
  const bytes = fc.uint8Array({ maxLength: 40 });
  const made = <T>(arbitrary: fc.Arbitrary<T>, make: (drawn: T) => unknown): fc.Arbitrary<Make> =>
    arbitrary.map((drawn) => () => make(drawn));
  const all = (makes: readonly Make[]): unknown[] => makes.map((make) => make());
  const error = fc.record({
    make: fc.constantFrom(...errors),
    message: fc.option(text, { nil: undefined }),
    name: fc.option(text, { nil: undefined }),
    code: fc.option(fc.oneof(text, number), { nil: undefined }),
    cause: fc.option(member, { nil: undefined }),
    data: entries.map((found) =>
      found.filter(([name]) => !["stack", "message", "name", "cause"].includes(name)),
    ),
  });
  return {
    member: fc.oneof(
      { withCrossShrink: true, depthSize: "small" },
      made(primitive, (value) => value),
      tie("tree"),
    ),
    tree: fc.oneof(
      { depthSize: "small" },
      made(entries, (found) => record({}, found)),
      made(entries, (found) => record(new Instance(), found)),
      made(entries, (found) => record(Object.create(null) as object, found)),
      made(fc.array(entries, { maxLength: 3 }), (rows) => [...rows, ...rows].map((row) => record({}, row))),
      made(list, all),
      made(fc.tuple(list, entries), ([elements, found]) =>
        record(
          all(elements),
          found.filter(([name]) => name !== "length" && !isIndex(name)),
        ),
      ),
      made(
        fc.tuple(fc.array(fc.tuple(fc.nat({ max: 300 }), member), { maxLength: 4 }), fc.nat({ max: 400 })),
        ([found, length]) => {
          const out: unknown[] = [];
          for (const [at, make] of found) out[at] = make();
          out.length = Math.max(out.length, length);
          return out;
        },
      ),
      made(
        fc.array(fc.tuple(member, member), { maxLength: 6 }),
        (pairs) => new Map(pairs.map(([name, make]) => [name(), make()])),
      ),
      made(list, (members) => new Set(all(members))),
      made(error, ({ make, message, name, code, cause, data }) => {
        const out = make(message);
        if (name !== undefined) Object.defineProperty(out, "name", { value: name, configurable: true });
        if (cause !== undefined) out.cause = cause();
        if (cause !== undefined) Object.defineProperty(out, "cause", { enumerable: false });
        record(out, data);
        return code === undefined ? out : Object.assign(out, { code });
      }),
      made(fc.tuple(list, text), ([found, message]) => new AggregateError(all(found), message)),
      made(
        fc.tuple(bytes, fc.constantFrom(...views), fc.boolean(), fc.boolean()),
        ([drawn, View, isPart, isShared]) => {
          const width = View.BYTES_PER_ELEMENT;
          const whole = drawn.slice(0, drawn.length - (drawn.length % width));
          const from = buffer(whole, isPart ? 2 * width : 0);
          const view = isPart ? new View(from, width, whole.length / width) : new View(from);
          return isShared ? [view, new Uint8Array(from), from] : view;
        },
      ),
      made(
        fc.tuple(bytes, fc.nat({ max: 3 })),
        ([drawn, offset]) => new DataView(buffer(drawn), Math.min(offset, drawn.length)),
      ),
      made(bytes, (drawn) => Buffer.from(drawn)),
      made(bytes, (drawn) => buffer(drawn)),
      made(fc.nat({ max: 40_000 }), (length) => new Uint8Array(length).fill(7)),
      made(fc.oneof(fc.integer(), fc.constantFrom(NaN, 8.64e15, -8.64e15)), (time) => new Date(time)),
      made(
        fc.constantFrom(/a/, /€+/giu, /[\]/]\p{L}/su, /[\p{L}--[a-z]]/v, /x/dmy),
        ({ source, flags }) => new RegExp(source, flags),
      ),
      made(fc.oneof(text, number, bigint, fc.boolean()), (boxed) => Object(boxed) as object),
    ),
  };
});

/** Which object gets a way to which other one. */
const grafts = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 });

/** A value, and objects in it that are found in more than one place. */
export const crossing: fc.Arbitrary<Make> = fc
  .tuple(
    fc.oneof({ weight: 1, arbitrary: primitive.map((value) => () => value) }, { weight: 9, arbitrary: tree }),
    grafts,
  )
  .map(([make, ways]) => () => {
    const value = make();
    const found = objectsIn(value);
    for (const [from, to] of found.length > 0 ? ways : [])
      graft(found[from % found.length]!, found[to % found.length]!);
    return value;
  });

function graft(into: object, object: object): void {
  if (Array.isArray(into)) into.push(object);
  else if (into instanceof Map) into.set(object, object);
  else if (into instanceof Set) into.add(object);
  else if (into instanceof Error) into.cause = object;
  else if (Object.prototype.toString.call(into) === "[object Object]")
    (into as { graft?: unknown }).graft = object;
}

function objectsIn(value: unknown): object[] {
  const found = new Set<object>();
  const visit = (member: unknown): void => {
    if (typeof member !== "object" || member === null || found.has(member)) return;
    found.add(member);
    if (member instanceof Map) [...member].flat(1).forEach(visit);
    else if (member instanceof Set) [...member].forEach(visit);
    else if (!ArrayBuffer.isView(member)) Object.values(member).forEach(visit);
  };
  visit(value);
  return [...found];
}
