/**
 * Random shapes, small enough that two of them are often related. A fixed set of named types brings recursion and
 * generics.
 */
import fc from "fast-check";
import { emptyDoc, type Declaration } from "../../src/model/contract.ts";
import type { Property, Shape, TupleElement } from "../../src/model/shape.ts";

const source = { file: "bindings.ts", line: 1, column: 1, endLine: 1, endColumn: 1 };

export const string: Shape = { kind: "string" };
export const number: Shape = { kind: "number" };
export const literal = (value: string): Shape => ({ kind: "literal", type: "string", value });
export const property = (name: string, shape: Shape, optional = false): Property => ({
  name,
  shape,
  optional,
  readonly: false,
});
export const object = (...properties: Property[]): Extract<Shape, { kind: "object" }> => ({
  kind: "object",
  properties,
  index: [],
});
export const reference = (name: string, ...typeArguments: Shape[]): Shape => ({
  kind: "reference",
  name,
  typeArguments,
});
export const declaration = (
  name: string,
  shape: Shape,
  kind: Declaration["kind"] = "interface",
  typeParameters: readonly string[] = [],
): Declaration => ({
  name,
  kind,
  shape,
  typeParameters: typeParameters.map((parameter) => ({ name: parameter, constraint: null, default: null })),
  doc: emptyDoc,
  source,
});

const maybe = (shape: Shape): Shape => ({ kind: "union", members: [shape, { kind: "null" }] });

export const declarations: readonly Declaration[] = [
  declaration("User", object(property("a", string), property("b", number, true))),
  declaration("Wide", object(property("a", string))),
  declaration("List", object(property("a", string), property("next", maybe(reference("List"))))),
  declaration("Chain", object(property("next", maybe(reference("Chain"))))),
  declaration("Alias", object(property("a", string)), "alias"),
  declaration("Id", { kind: "union", members: [string, number] }, "alias"),
  declaration(
    "Json",
    { kind: "union", members: [string, { kind: "array", element: reference("Json"), readonly: false }] },
    "alias",
  ),
  declaration(
    "Page",
    object(property("items", { kind: "array", element: { kind: "parameter", name: "T" }, readonly: false })),
    "interface",
    ["T"],
  ),
  declaration(
    "Growing",
    object(
      property(
        "next",
        maybe(
          reference("Growing", { kind: "array", element: { kind: "parameter", name: "T" }, readonly: false }),
        ),
      ),
    ),
    "interface",
    ["T"],
  ),
];

const leaf: fc.Arbitrary<Shape> = fc.oneof(
  fc
    .constantFrom<Shape["kind"]>(
      "any",
      "unknown",
      "never",
      "void",
      "undefined",
      "null",
      "boolean",
      "number",
      "string",
      "bigint",
      "nonprimitive",
    )
    .map((kind) => ({ kind }) as Shape),
  fc.constantFrom("a", "b", "user-1").map(literal),
  fc.constantFrom(1, 2).map((value): Shape => ({ kind: "literal", type: "number", value })),
  fc.boolean().map((value): Shape => ({ kind: "literal", type: "boolean", value })),
  fc.constantFrom<Shape>(
    { kind: "template", texts: ["user-", ""], slots: [number] },
    { kind: "template", texts: ["user-", ""], slots: [string] },
    { kind: "cased", casings: ["Lowercase"], base: string },
    { kind: "cased", casings: ["Lowercase", "Capitalize"], base: string },
  ),
  fc
    .constantFrom("Date", "Uint8Array", "ArrayBuffer", "RegExp")
    .map((name) => ({ kind: "builtin", name }) as Shape),
  fc.constantFrom("Error", "TypeError").map((name) => ({ kind: "error", name, properties: [] }) as Shape),
  fc.constantFrom("User", "Wide", "List", "Chain", "Alias", "Id", "Json").map((name) => reference(name)),
);

export const shapes: fc.Arbitrary<Shape> = fc.letrec<{
  shape: Shape;
  property: Property;
  element: TupleElement;
}>((tie) => ({
  property: fc.record({
    name: fc.constantFrom("a", "b", "1"),
    shape: tie("shape"),
    optional: fc.boolean(),
    readonly: fc.boolean(),
  }),
  element: fc.record({
    label: fc.constant(null),
    shape: tie("shape"),
    quantity: fc.constantFrom("one" as const, "one" as const, "optional" as const, "rest" as const),
  }),
  shape: fc.oneof(
    { maxDepth: 2, depthIdentifier: "shape", withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.uniqueArray(tie("property"), { maxLength: 2, selector: (part) => part.name }),
          tie("shape"),
          fc.integer({ min: 0, max: 4 }),
        )
        .map(([properties, value, index]): Shape => {
          const key = (["string", "number"] as const)[index];
          // TypeScript wants every property to fit the index signature: only `unknown` always does.
          const fits: Shape = properties.length > 0 ? { kind: "unknown" } : value;
          return { kind: "object", properties, index: key ? [{ key, value: fits, readonly: false }] : [] };
        }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("array" as const),
        element: tie("shape"),
        readonly: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.array(tie("element"), { maxLength: 3 }).map((elements): Shape => {
        const rank = { one: 0, optional: 1, rest: 2 };
        const sorted = elements.toSorted((one, other) => rank[one.quantity] - rank[other.quantity]);
        const rest = sorted.findIndex((element) => element.quantity === "rest");
        return { kind: "tuple", elements: rest < 0 ? sorted : sorted.slice(0, rest + 1), readonly: false };
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("map" as const),
        key: leaf,
        value: tie("shape"),
        readonly: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("set" as const),
        element: tie("shape"),
        readonly: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(tie("shape"), { minLength: 2, maxLength: 3 })
        .map((members): Shape => ({ kind: "union", members })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(string, number), fc.constantFrom("X", "Y"))
        .map(([base, tag]): Shape => ({
          kind: "brand",
          base,
          tag: object({ ...property("__brand", literal(tag)), readonly: true }),
        })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("Page", "Growing"), tie("shape"))
        .map(([name, argument]) => reference(name, argument)),
    },
  ),
})).shape;

/** A shape and one made of it by a small change: unrelated pairs teach little. */
export const neighbours: fc.Arbitrary<[Shape, Shape]> = fc.oneof(
  fc.tuple(shapes, shapes),
  shapes.chain((shape) =>
    fc
      .tuple(fc.constant(shape), fc.array(shapes, { minLength: 1, maxLength: 1 }))
      .map(([one, [other]]): [Shape, Shape] => [one, vary(one, other ?? one)]),
  ),
);

function vary(shape: Shape, other: Shape): Shape {
  switch (shape.kind) {
    case "object": {
      const [first, ...rest] = shape.properties;
      return first
        ? { ...shape, properties: [{ ...first, shape: vary(first.shape, other) }, ...rest] }
        : object(property("a", other, true));
    }
    case "array":
    case "set":
      return { ...shape, element: vary(shape.element, other) };
    case "map":
      return { ...shape, value: vary(shape.value, other) };
    case "tuple":
      return {
        ...shape,
        elements: [
          ...shape.elements.filter((part) => part.quantity === "one"),
          { label: null, shape: other, quantity: "optional" },
        ],
      };
    case "union":
      return { ...shape, members: [...shape.members, other] };
    default:
      return { kind: "union", members: [shape, other] };
  }
}
