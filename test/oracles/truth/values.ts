/**
 * Values of a shape, as an arbitrary: what a host might return and a script might send. Keeps out what is not of the type;
 * `mutate.ts` has that.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import {
  isTemporalName,
  type BuiltinName,
  type Casing,
  type ErrorShape,
  type Property,
  type Shape,
  type TemporalName,
} from "../../../src/model/shape.ts";
import { type Given, type Judge, nothingGiven } from "./belongs.ts";

/** Nesting of named types: enough to meet each twice. */
const deepest = 3;

export function valuesOf(
  shape: Shape,
  judge: Judge,
  given: Given = nothingGiven,
  depth = 0,
): fc.Arbitrary<unknown> {
  const of = (part: Shape): fc.Arbitrary<unknown> => valuesOf(part, judge, given, depth);
  const size = depth >= deepest ? 0 : 4;
  switch (shape.kind) {
    case "any":
    case "unknown":
      return anything;
    case "never":
      throw new Error("`never` has no values.");
    case "void":
    case "undefined":
      return fc.constant(undefined);
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "number":
      return number;
    case "string":
      return text;
    case "bigint":
      return fc.oneof(fc.bigInt(), fc.constantFrom(0n, 2n ** 64n, -(2n ** 200n)));
    case "nonprimitive":
      return objects;
    case "literal":
      return fc.constant(shape.type === "bigint" ? BigInt(shape.value) : shape.value);
    case "template":
      return templateText(shape, of);
    case "cased":
      return of(shape.base).map((value) => recased(value as string, shape.casings));
    case "array":
      return listOf(shape.element, of, size);
    case "tuple":
      return tupleValues(shape, of, size);
    case "object":
      return objectValues(shape, of, size);
    case "map":
      return size === 0
        ? fc.constant(null).map(() => new Map())
        : fc
            .array(fc.tuple(of(shape.key), of(shape.value)), { maxLength: size })
            .map((entries) => new Map(entries));
    case "set":
      return listOf(shape.element, of, size).map((values) => new Set(values));
    case "builtin":
      if (isTemporalName(shape.name))
        throw new Error("No value of `Temporal` is made in an engine without it.");
      return builtins[shape.name];
    case "error":
      return errorValues(shape, of);
    case "union": {
      const flat = shape.members.filter(({ kind }) => kind !== "reference" && kind !== "object");
      const members = size === 0 && flat.length > 0 ? flat : shape.members;
      return fc.oneof(...members.map(of));
    }
    case "intersection":
      return fc
        .tuple(...shape.members.map(of))
        .map((parts) =>
          parts.every((part) => typeof part === "object")
            ? Object.assign(parts.find(Array.isArray) ?? {}, ...parts)
            : parts[0],
        )
        .filter((value) => judge.belongs(value, shape, given));
    case "brand":
      return of(shape.base);
    case "deferred":
      return of(shape.constraint);
    case "parameter": {
      const bound = given.get(shape.name);
      return bound === undefined ? anything : valuesOf(bound.shape, judge, bound.given, depth);
    }
    case "reference": {
      const bound = judge.declared(shape, given);
      return valuesOf(bound.shape, judge, bound.given, depth + 1);
    }
    case "unsupported":
      throw new Error("An unsupported type is refused before anything is emitted.");
  }
}

const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(NaN, -0, 0, Infinity, -Infinity, 2 ** 53, 5e-324),
);
/** Of messages of errors: no text that could be taken for a path of the host, which is cut out of them on purpose. */
const letter = fc.constantFrom("a", "B", "7", " ", "ß", "🙂");
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ maxLength: 6, unit: "binary" }),
  fc.constantFrom("", "\ud800", "\u2028", "__proto__", "12", "true", "🙂"),
);
const key = text.filter((name) => name !== "__proto__");
const bytes = fc.uint8Array({ maxLength: 16 });
/** Node 22 takes two invalid dates for different ones, so there they are left to the tests of fidelity. */
const date = fc.date({ noInvalidDate: !isDeepStrictEqual(new Date(NaN), new Date(NaN)) });
const regExp = fc.constantFrom(/a/u, /b+c?/gi, /[\n/]/s, new RegExp("\\u2028"));

const primitive = fc.oneof(
  number,
  text,
  fc.boolean(),
  fc.bigInt(),
  fc.constantFrom<unknown>(undefined, null),
);
export const objects: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(null).map(() => ({})),
  fc.dictionary(key, primitive, { maxKeys: 3 }),
  fc.array(primitive, { maxLength: 3 }),
  date,
  regExp,
  bytes,
  fc.array(fc.tuple(primitive, primitive), { maxLength: 2 }).map((entries) => new Map(entries)),
  fc.array(primitive, { maxLength: 2 }).map((values) => new Set(values)),
  fc.string({ maxLength: 5, unit: letter }).map((message) => new RangeError(message)),
  bytes.map((view) => view.slice().buffer),
);

/** What structured clone carries. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(primitive, objects);

/** A view at an offset of a larger buffer, so that what crosses is the view. */
function view(make: (buffer: ArrayBuffer, offset: number, length: number) => unknown): fc.Arbitrary<unknown> {
  return fc.tuple(fc.nat(4), bytes).map(([length, content]) => {
    const buffer = new ArrayBuffer(64);
    new Uint8Array(buffer).set(content);
    return make(buffer, 8, length);
  });
}

/** Of the Node these tests run in; the library they are checked by does not know it. */
const { Float16Array } = globalThis as unknown as { readonly Float16Array: typeof Float32Array };

const builtins: Readonly<Record<Exclude<BuiltinName, TemporalName>, fc.Arbitrary<unknown>>> = {
  Date: date,
  RegExp: regExp,
  ArrayBuffer: bytes.map((content) => content.slice().buffer),
  DataView: view((buffer, offset, length) => new DataView(buffer, offset, length)),
  Int8Array: view((buffer, offset, length) => new Int8Array(buffer, offset, length)),
  Uint8Array: view((buffer, offset, length) => new Uint8Array(buffer, offset, length)),
  Uint8ClampedArray: view((buffer, offset, length) => new Uint8ClampedArray(buffer, offset, length)),
  Int16Array: view((buffer, offset, length) => new Int16Array(buffer, offset, length)),
  Uint16Array: view((buffer, offset, length) => new Uint16Array(buffer, offset, length)),
  Int32Array: view((buffer, offset, length) => new Int32Array(buffer, offset, length)),
  Uint32Array: view((buffer, offset, length) => new Uint32Array(buffer, offset, length)),
  Float16Array: view((buffer, offset, length) => new Float16Array(buffer, offset, length)),
  Float32Array: view((buffer, offset, length) => new Float32Array(buffer, offset, length)),
  Float64Array: view((buffer, offset, length) => new Float64Array(buffer, offset, length)),
  BigInt64Array: view((buffer, offset, length) => new BigInt64Array(buffer, offset, length)),
  BigUint64Array: view((buffer, offset, length) => new BigUint64Array(buffer, offset, length)),
};

const recasing: Readonly<Record<Casing, (text: string) => string>> = {
  Uppercase: (text) => text.toUpperCase(),
  Lowercase: (text) => text.toLowerCase(),
  // Half of a surrogate pair has no case.
  Capitalize: (text) => text.slice(0, 1).toUpperCase() + text.slice(1),
  Uncapitalize: (text) => text.slice(0, 1).toLowerCase() + text.slice(1),
};

/** A text that its casings leave as it is; some letters have no case they stay in, and are left out. */
function recased(text: string, casings: readonly Casing[]): string {
  const stable = [...text].filter((letter) =>
    casings.every((casing) => recasing[casing](recasing[casing](letter)) === recasing[casing](letter)),
  );
  const wanted = casings.reduce((made, casing) => recasing[casing](made), stable.join(""));
  return casings.reduce((made, casing) => recasing[casing](made), wanted) === wanted ? wanted : "";
}

type Of = (part: Shape) => fc.Arbitrary<unknown>;

/** Where nesting ends, what would be inside is not even asked for. */
function listOf(element: Shape, of: Of, size: number): fc.Arbitrary<unknown[]> {
  return size === 0 ? fc.constant(null).map(() => []) : fc.array(of(element), { maxLength: size });
}

function templateText({ texts, slots }: Extract<Shape, { kind: "template" }>, of: Of): fc.Arbitrary<string> {
  const filled = slots.map((slot) =>
    slot.kind === "number"
      ? fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map(String)
      : slot.kind === "string"
        ? fc.string({ maxLength: 6 })
        : of(slot).map(String),
  );
  return fc.tuple(...filled).map((parts) => texts.map((part, at) => `${part}${parts[at] ?? ""}`).join(""));
}

function tupleValues(
  { elements }: Extract<Shape, { kind: "tuple" }>,
  of: Of,
  size: number,
): fc.Arbitrary<unknown> {
  const optional = elements.filter(({ quantity }) => quantity === "optional").length;
  return fc.nat(optional).chain((present) => {
    let left = present;
    const parts = elements.map(({ shape, quantity }) => {
      if (quantity === "rest") return present < optional ? fc.constant([]) : listOf(shape, of, size);
      if (quantity === "optional" && left-- <= 0) return fc.constant([]);
      return of(shape).map((value) => [value]);
    });
    return fc.tuple(...parts).map((values) => values.flat(1));
  });
}

function objectValues(
  { properties, index }: Extract<Shape, { kind: "object" }>,
  of: Of,
  size: number,
): fc.Arbitrary<unknown> {
  const named = propertiesOf(properties, of, size);
  if (index.length === 0) return named;
  const entries = index.map(({ key: wanted, value }) => {
    const keys =
      wanted === "string" ? key : wanted === "number" ? fc.nat(99).map(String) : templateText(wanted, of);
    return size === 0 ? fc.constant({}) : fc.dictionary(keys, of(value), { maxKeys: size });
  });
  const names = new Set(properties.map(({ name }) => name));
  return fc.tuple(fc.tuple(...entries), named).map(([records, own]) => ({
    ...Object.fromEntries(
      records.flatMap((record) => Object.entries(record)).filter(([name]) => !names.has(name)),
    ),
    ...own,
  }));
}

function propertiesOf(
  properties: readonly Property[],
  of: Of,
  size: number,
): fc.Arbitrary<Record<string, unknown>> {
  const wanted = properties.filter(
    ({ optional, shape }) => !optional || (size > 0 && shape.kind !== "never"),
  );
  return fc.record(Object.fromEntries(wanted.map(({ name, shape }) => [name, of(shape)])), {
    requiredKeys: wanted.filter(({ optional }) => !optional).map(({ name }) => name),
    noNullPrototype: false,
  });
}

function errorValues({ name, properties }: ErrorShape, of: Of): fc.Arbitrary<unknown> {
  const message = fc.string({ maxLength: 8, unit: letter });
  const rest = properties.filter((property) => property.name !== "message");
  return fc.tuple(message, propertiesOf(rest, of, 4)).map(([message, own]) => {
    const error =
      name === "AggregateError"
        ? new AggregateError([new Error("inner")], message)
        : new globalThis[name](message);
    return Object.assign(error, own);
  });
}
