/**
 * The table of kinds: what is derived from it reaches every part and every name of every kind, wherever it is, and what is
 * written is read back. What to expect is found by looking through the data itself, without the table.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalShape, canonicalText } from "../../src/model/identity/canonical.ts";
import { parseContract } from "../../src/model/file/deserialize.ts";
import { shape as readShape } from "../../src/model/file/shape.ts";
import { digest } from "../../src/model/identity/digest.ts";
import { isKind } from "../../src/model/kinds.ts";
import { isOpen, mapParts, partsOf, referencesOf, valuePartsOf } from "../../src/model/parts.ts";
import { contractData, shapeData } from "../../src/model/file/serialize.ts";
import type { ObjectShape, Property, Shape, ShapeKind, ShapeOf } from "../../src/model/shape.ts";
import { declarationShapesOf, leafShapesOf } from "../../src/model/signatures.ts";
import { walkLeaves } from "../../src/model/walk.ts";
import { rename } from "../../src/read/rename.ts";
import { arbitraryContract } from "../emit/shapes.ts";

const root = join(import.meta.dirname, "../..");

const reference = (name: string): Shape => ({ kind: "reference", name, typeArguments: [] });
const parameter: Shape = { kind: "parameter", name: "T" };
const lossy = { from: "Money", loses: "its methods" };
const property = (name: string, shape: Shape): Property => ({
  name,
  shape,
  optional: true,
  readonly: true,
  doc: { text: "Text.", tags: [{ name: "since", text: "1" }] },
});
const object = (...properties: readonly Property[]): ObjectShape => ({
  kind: "object",
  properties,
  index: [],
});

/** A shape of each kind with all that one can have, and a name of its own in each place. */
const examples: { readonly [K in ShapeKind]: ShapeOf<K> } = {
  any: { kind: "any" },
  unknown: { kind: "unknown" },
  never: { kind: "never" },
  void: { kind: "void" },
  undefined: { kind: "undefined" },
  null: { kind: "null" },
  boolean: { kind: "boolean" },
  number: { kind: "number" },
  string: { kind: "string" },
  bigint: { kind: "bigint" },
  nonprimitive: { kind: "nonprimitive" },
  literal: { kind: "literal", type: "number", value: -0 },
  template: { kind: "template", texts: ["a", "b", ""], slots: [reference("A"), parameter] },
  cased: { kind: "cased", casings: ["Lowercase", "Capitalize"], base: reference("A") },
  array: { kind: "array", readonly: true, lossy, element: reference("A") },
  tuple: {
    kind: "tuple",
    readonly: true,
    elements: [
      { label: "first", quantity: "one", shape: reference("A") },
      { label: null, quantity: "optional", shape: parameter },
      { label: null, quantity: "rest", shape: reference("B") },
    ],
  },
  object: {
    kind: "object",
    lossy,
    properties: [property("z", reference("A")), property("my key", parameter)],
    index: [
      { key: "number", readonly: true, value: reference("B") },
      {
        key: { kind: "template", texts: ["x-", ""], slots: [reference("C")] },
        readonly: false,
        value: reference("D"),
      },
    ],
  },
  map: { kind: "map", readonly: true, lossy, key: reference("A"), value: parameter },
  set: { kind: "set", readonly: true, lossy, element: reference("A") },
  builtin: { kind: "builtin", name: "Uint8Array", lossy },
  error: { kind: "error", name: "TypeError", lossy, properties: [property("code", reference("A"))] },
  union: { kind: "union", members: [reference("B"), reference("A"), parameter] },
  intersection: { kind: "intersection", members: [reference("B"), reference("A"), parameter] },
  brand: {
    kind: "brand",
    base: reference("A"),
    tag: object(property("of", reference("B")), property("by", parameter)),
  },
  reference: { kind: "reference", name: "A", typeArguments: [reference("B"), parameter] },
  parameter: { kind: "parameter", name: "T" },
  deferred: { kind: "deferred", text: "Pick<T, A>", references: ["A"], constraint: reference("B") },
  unsupported: {
    kind: "unsupported",
    code: "type-not-clonable",
    type: "() => void",
    reason: "a function has no structured clone",
    help: "Send its result.",
  },
};

const all: readonly Shape[] = Object.values(examples);
const written = all.filter(({ kind }) => kind !== "unsupported");

/** Every shape inside of data, itself included. */
function shapesIn(data: unknown): Shape[] {
  if (Array.isArray(data)) return data.flatMap(shapesIn);
  if (typeof data !== "object" || data === null) return [];
  const own = "kind" in data && isKind(data.kind) ? [data as Shape] : [];
  return [...own, ...Object.values(data).flatMap(shapesIn)];
}

const named = (shapes: readonly Shape[], kind: "reference" | "parameter"): Set<string> =>
  new Set(
    shapes.flatMap((shape) => {
      const mentioned = kind === "reference" && shape.kind === "deferred" ? shape.references : [];
      return shape.kind === kind ? [shape.name, ...mentioned] : mentioned;
    }),
  );

const within = (shape: Shape): readonly Shape[] => [
  shape,
  ...partsOf(shape).flatMap((part) => within(part.shape)),
];

function keepsItsLaws(shape: Shape): void {
  const inside = shapesIn(shape);
  expect(new Set(within(shape)), "every part is reached").toEqual(new Set(inside));
  expect(new Set(referencesOf(shape)), "every name is known").toEqual(named(inside, "reference"));
  const nameOf = Object.assign((name: string) => `${name}_2`, { parameter: (name: string) => `${name}_3` });
  const renamed = shapesIn(rename(shape, nameOf));
  expect(renamed.length, "renaming loses nothing").toBe(inside.length);
  for (const kind of ["reference", "parameter"] as const) {
    const suffix = kind === "reference" ? "_2" : "_3";
    expect(named(renamed, kind), `each ${kind} is renamed`).toEqual(
      new Set([...named(inside, kind)].map((name) => name + suffix)),
    );
  }
  const replaced = mapParts(shape, () => examples.null);
  expect(partsOf(replaced).every((part) => part.shape === examples.null)).toBe(true);
}

describe("what follows from the table", () => {
  it.each(all.map((shape) => [shape.kind, shape] as const))("reaches all of `%s`", (_, shape) => {
    keepsItsLaws(shape);
  });

  it("reaches all of every contract", () => {
    fc.assert(
      fc.property(arbitraryContract, ({ declarations, root }) => {
        const shapes = [
          ...declarations.flatMap(declarationShapesOf),
          ...[...walkLeaves(root)].flatMap(leafShapesOf),
        ];
        shapes.forEach(keepsItsLaws);
      }),
      { numRuns: 50 },
    );
  });

  it.each(written.map((shape) => [shape.kind, shape] as const))("writes and reads `%s`", (_, shape) => {
    const text = JSON.stringify(shapeData(shape));
    expect(readShape(JSON.parse(text), "")).toEqual(shape);
  });

  it("writes no type that cannot cross, and reads none", () => {
    expect(() => shapeData(examples.unsupported)).toThrow("cannot cross");
    expect(() => readShape({ kind: "unsupported" }, "x")).toThrow("x.kind should be a kind of shape");
  });

  it("leaves notes out of the identity", () => {
    const silent = (_key: string, value: unknown): unknown => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const { lossy: _lossy, doc: _doc, label: _label, ...rest } = value as Record<string, unknown>;
      return rest;
    };
    for (const shape of written) {
      const bare = JSON.parse(JSON.stringify(shapeData(shape), silent)) as unknown;
      const text = canonicalText(canonicalShape(shape));
      expect(canonicalText(canonicalShape(readShape(bare, ""))), shape.kind).toBe(text);
      expect(text).not.toMatch(/lossy|doc|source|label|help|references/);
    }
  });

  it("tells the tag of a brand from the parts of its values", () => {
    const brand: Shape = { kind: "brand", base: { kind: "string" }, tag: object(property("of", parameter)) };
    expect(partsOf(brand)).toHaveLength(2);
    expect(valuePartsOf(brand).map(({ shape }) => shape.kind)).toEqual(["string"]);
    expect(isOpen(brand), "no value depends on what `T` stands for").toBe(false);
    expect(isOpen({ ...brand, base: parameter })).toBe(true);
  });

  it.each<readonly [string, unknown, RegExp]>([
    ["a tag that is no object", { ...examples.brand, tag: { kind: "string" } }, /^.*x\.tag should be/],
    [
      "a key that is no template",
      { ...examples.object, index: [{ key: { kind: "null" } }] },
      /x\.index\.0\.key/,
    ],
    ["a key of another word", { ...examples.object, index: [{ key: "symbol" }] }, /x\.index\.0\.key/],
    ["a text too few", { ...examples.template, texts: ["a"] }, /x\.texts should be one text more/],
    ["a number that is none", { ...examples.literal, value: "one" }, /x\.value should be a number/],
    [
      "letters as a bigint",
      { kind: "literal", type: "bigint", value: "1n" },
      /x\.value should be the digits/,
    ],
    ["a missing part", { kind: "map", key: { kind: "string" } }, /x\.value should be an object/],
    ["an unknown builtin", { kind: "builtin", name: "Proxy" }, /x\.name should be one of Date/],
    ["a kind that every object has", { kind: "toString" }, /x\.kind should be a kind of shape/],
  ])("refuses %s", (_, data, message) => {
    expect(() => readShape(JSON.parse(JSON.stringify(data)), "x")).toThrow(message);
  });
});

describe("every contract.json of the repository", () => {
  const files = globSync("{fixtures,generated,test}/**/contract.json", { cwd: root }).sort();

  it("is there", () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each(files)("%s is read and written as it is, with the digest it has", (file) => {
    const text = readFileSync(join(root, file), "utf8");
    const data = JSON.parse(text) as { readonly digest: string };
    const contract = parseContract(text);
    expect(JSON.parse(JSON.stringify(contractData(contract)))).toEqual(data);
    expect(digest(contract)).toBe(data.digest);
  });
});
