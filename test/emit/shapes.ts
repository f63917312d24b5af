/**
 * Arbitrary shapes, declarations and contracts for property tests.
 */
import fc from "fast-check";
import type { Contract, Declaration, Mode, Parameter } from "../../src/model/contract.ts";
import {
  builtinNames,
  errorNames,
  isTemporalName,
  type Property,
  type Shape,
  type TupleElement,
} from "../../src/model/shape.ts";
import {
  alias,
  contract,
  doc,
  interfaceOf,
  parameter,
  source,
  typeParameter,
  type LeafInput,
} from "./build.ts";

/** Keys that are easy to get wrong, and ordinary ones. */
export const arbitraryKey = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("id", "name", "value", "items", "createdAt", "kind", "next", "a") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "",
      "0",
      "12",
      "-1",
      "my key",
      "delete",
      "toString",
      "constructor",
      "hasOwnProperty",
      'quo"te',
      "it's",
      "größe",
      "名前",
      "back\\slash",
      "a`${b}`",
      "*/",
      "line\u2028end",
      "\u202eright",
      "zero\u200bwidth",
      "\ud800",
      "a\r\nb",
      "aVeryLongPropertyNameThatNobodyWouldWriteByHandButGeneratorsDo",
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: "binary" }).filter((key) => key !== "__proto__") },
);

const arbitraryText = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "open",
    "closed",
    "it's",
    'say "hi"',
    "`${x}`",
    "*/ x",
    "\u2028",
    "\\",
    "🙂",
    "\ud83d",
  ),
  fc.string({ maxLength: 60, unit: "binary" }),
);

const simple: fc.Arbitrary<Shape> = fc.oneof(
  fc
    .constantFrom(
      "unknown",
      "undefined",
      "null",
      "boolean",
      "number",
      "string",
      "bigint",
      "nonprimitive",
      "any",
      "never",
    )
    .map((kind) => ({ kind }) as Shape),
  arbitraryText.map((value): Shape => ({ kind: "literal", type: "string", value })),
  fc
    .oneof(fc.integer(), fc.constantFrom(0, -0, 1.5, 1e21, 1e-7, Infinity, -Infinity))
    .map((value): Shape => ({ kind: "literal", type: "number", value })),
  fc.boolean().map((value): Shape => ({ kind: "literal", type: "boolean", value })),
  fc.bigInt().map((value): Shape => ({ kind: "literal", type: "bigint", value: String(value) })),
  fc
    .constantFrom(...builtinNames.filter((name) => !isTemporalName(name)))
    .map((name): Shape => ({ kind: "builtin", name })),
);

const cased: Shape = { kind: "cased", casings: ["Lowercase", "Capitalize"], base: { kind: "string" } };

const slot: fc.Arbitrary<Shape> = fc.oneof(
  fc.constantFrom<Shape>(
    { kind: "string" },
    { kind: "number" },
    { kind: "bigint" },
    { kind: "boolean" },
    cased,
  ),
  arbitraryText.map((value): Shape => ({ kind: "literal", type: "string", value })),
);

const template: fc.Arbitrary<Extract<Shape, { kind: "template" }>> = fc
  .array(fc.tuple(slot, arbitraryText), { minLength: 1, maxLength: 3 })
  .chain((parts) =>
    arbitraryText.map((first) => ({
      kind: "template" as const,
      texts: [first, ...parts.map(([, text]) => text)],
      slots: parts.map(([shape]) => shape),
    })),
  );

/** Patterns of keys: a slot of literals would make a list of names of it. */
const keyTemplate = template.map((shape) => ({
  ...shape,
  slots: shape.slots.map((slot): Shape =>
    slot.kind === "literal" || slot.kind === "boolean" ? { kind: "string" } : slot,
  ),
}));

export interface ShapeOptions {
  /** Declared names, with how many type arguments they take. */
  readonly names: Readonly<Record<string, number>>;
  readonly parameters: readonly string[];
}

export function arbitraryShape({ names, parameters }: ShapeOptions): fc.Arbitrary<Shape> {
  return fc.letrec<{ shape: Shape; property: Property; element: TupleElement }>((tie) => ({
    shape: fc.oneof(
      { maxDepth: 3, depthIdentifier: "shape" },
      simple,
      simple,
      ...(parameters.length === 0
        ? []
        : [fc.constantFrom(...parameters).map((name): Shape => ({ kind: "parameter", name }))]),
      template,
      fc.constant(cased),
      fc.record({ kind: fc.constant("array" as const), element: tie("shape"), readonly: fc.boolean() }),
      properties(tie("property")).map((list): Shape => ({ kind: "object", properties: list, index: [] })),
      fc
        .tuple(
          tie("shape"),
          fc.oneof(fc.constantFrom("string" as const, "number" as const), keyTemplate),
          fc.boolean(),
        )
        .map(([value, key, readonly]): Shape => ({
          kind: "object",
          properties: [],
          index: [{ key, value, readonly }],
        })),
      fc.array(tie("shape"), { minLength: 2, maxLength: 5 }).map((members): Shape => unionOf(members)),
      fc
        .tuple(fc.array(tie("element"), { maxLength: 4 }), fc.boolean())
        .map(([elements, readonly]) => tupleOf(elements, readonly)),
      fc.record({
        kind: fc.constant("map" as const),
        key: tie("shape"),
        value: tie("shape"),
        readonly: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("set" as const), element: tie("shape"), readonly: fc.boolean() }),
      fc
        .tuple(
          fc.constantFrom(...errorNames),
          fc.constantFrom("code", "status", "detail"),
          tie("shape"),
          fc.boolean(),
        )
        .map(([name, key, shape, optional]): Shape => ({
          kind: "error",
          name,
          properties: [{ name: key, shape, optional, readonly: false }],
        })),
      fc.array(properties(tie("property")), { minLength: 2, maxLength: 3 }).map((lists): Shape => ({
        kind: "intersection",
        members: lists.map((list) => ({ kind: "object", properties: list, index: [] })),
      })),
      fc.constantFrom<Shape>({ kind: "string" }, { kind: "number" }).map((base): Shape => ({
        kind: "brand",
        base,
        tag: {
          kind: "object",
          index: [],
          properties: [
            {
              name: "__brand",
              shape: { kind: "literal", type: "string", value: "Id" },
              optional: false,
              readonly: true,
            },
          ],
        },
      })),
      ...Object.entries(names).map(([name, count]) =>
        fc
          .array(tie("shape"), { minLength: count, maxLength: count })
          .map((typeArguments): Shape => ({ kind: "reference", name, typeArguments })),
      ),
    ),
    property: fc.record({
      name: arbitraryKey,
      shape: tie("shape"),
      optional: fc.boolean(),
      readonly: fc.boolean(),
    }),
    element: fc.record({
      label: fc.constant(null),
      shape: tie("shape"),
      quantity: fc.constantFrom("one" as const, "optional" as const, "rest" as const),
    }),
  })).shape;
}

function properties(property: fc.Arbitrary<Property>): fc.Arbitrary<Property[]> {
  return fc.uniqueArray(property, { maxLength: 5, selector: ({ name }) => name });
}

/** Flat, without duplicates; a union of one is that one. */
export function unionOf(members: readonly Shape[]): Shape {
  const flat = members.flatMap((member) => (member.kind === "union" ? member.members : [member]));
  const distinct = [...new Map(flat.map((member) => [JSON.stringify(member), member])).values()];
  const [only] = distinct;
  return only !== undefined && distinct.length === 1 ? only : { kind: "union", members: distinct };
}

/** TypeScript's order: required, optional, rest. */
function tupleOf(elements: readonly TupleElement[], readonly: boolean): Shape {
  const of = (quantity: TupleElement["quantity"]): TupleElement[] =>
    elements.filter((element) => element.quantity === quantity);
  return {
    kind: "tuple",
    readonly,
    elements: [...of("one"), ...of("optional"), ...of("rest").slice(0, 1)],
  };
}

const names = { User: 0, Tree: 0, Page: 1, Json: 0 };

const arbitraryDeclarations: fc.Arbitrary<Declaration[]> = fc
  .record({
    user: properties(
      fc.record({
        name: arbitraryKey,
        shape: arbitraryShape({ names: {}, parameters: [] }),
        optional: fc.boolean(),
        readonly: fc.boolean(),
      }),
    ),
    page: arbitraryShape({ names: { User: 0 }, parameters: ["T"] }),
    tree: arbitraryShape({ names: { Tree: 0, Page: 1 }, parameters: [] }),
    text: fc.string({ maxLength: 90, unit: "binary" }),
  })
  .map(({ user, page, tree, text }) => [
    interfaceOf("User", { kind: "object", properties: user, index: [] }, [], doc(text)),
    alias("Page", page, [typeParameter("T")]),
    interfaceOf("Tree", {
      kind: "object",
      index: [],
      properties: [
        { name: "value", shape: tree, optional: true, readonly: false, doc: doc(text) },
        {
          name: "children",
          shape: {
            kind: "array",
            element: { kind: "reference", name: "Tree", typeArguments: [] },
            readonly: false,
          },
          optional: false,
          readonly: true,
        },
      ],
    }),
    alias("Json", {
      kind: "union",
      members: [
        { kind: "string" },
        { kind: "number" },
        { kind: "null" },
        { kind: "array", element: { kind: "reference", name: "Json", typeArguments: [] }, readonly: false },
        {
          kind: "object",
          properties: [],
          index: [
            {
              key: "string",
              value: { kind: "reference", name: "Json", typeArguments: [] },
              readonly: false,
            },
          ],
        },
      ],
    }),
  ]);

const shape = arbitraryShape({ names, parameters: [] });

const arbitraryLeaf: fc.Arbitrary<LeafInput> = fc
  .record({
    mode: fc.constantFrom<Mode>("sync", "async", "maybe"),
    parameters: fc.array(
      fc.tuple(fc.constantFrom("sql", "params", "options", "aRatherLongParameterName", "class"), shape),
      { maxLength: 4 },
    ),
    optionalFrom: fc.nat(4),
    result: fc.oneof(shape, fc.constant<Shape>({ kind: "void" })),
    text: fc.string({ maxLength: 90, unit: "binary" }),
    rest: fc.boolean(),
  })
  .map(({ mode, parameters, optionalFrom, result, text, rest }) => ({
    doc: doc(text, { name: "param", parameter: "sql", text }, { name: "returns", text: "A value." }),
    signatures: [
      {
        typeParameters: [],
        mode,
        result,
        source,
        parameters: parameters.map(([name, shape], at): Parameter =>
          parameter(
            `${name}${at}`,
            shape,
            at < optionalFrom ? "one" : rest && at === parameters.length - 1 ? "rest" : "optional",
          ),
        ),
      },
    ],
  }));

export const arbitraryContract: fc.Arbitrary<Contract> = fc
  .tuple(
    fc.array(arbitraryLeaf, { maxLength: 3 }),
    arbitraryDeclarations,
    fc.constantFrom("contract" as const, "implementation" as const),
  )
  .map(([leaves, declarations, style]) => {
    const [first, ...others] = leaves;
    const tree = {
      db: { ...(first === undefined ? {} : { query: first }) },
      ...Object.fromEntries(others.map((leaf, at) => [`leaf${at}`, leaf])),
    };
    return contract(tree, declarations, style);
  });
