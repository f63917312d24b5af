/**
 * Shapes on trial: at least one of every kind, alone and in company. A kind without a specimen does not compile.
 */
import type { Declaration, TypeParameter } from "../../../src/model/contract.ts";
import {
  builtinNames,
  errorNames,
  isTemporalName,
  type Shape,
  type ShapeKind,
} from "../../../src/model/shape.ts";
import * as of from "../../emit/build.ts";

export interface Specimen {
  readonly shape: Shape;
  readonly typeParameters?: readonly TypeParameter[];
}

const user = of.object({
  id: of.string,
  age: of.number,
  "nick?": of.string,
  "note?": of.union(of.undef, of.string),
});
const literals = of.union(of.literal("open"), of.literal("closed"), of.literal(3), of.literal(true), of.nil);

/** Names that specimens mention. */
export const declarations: readonly Declaration[] = [
  of.interfaceOf("User", user),
  of.interfaceOf(
    "Tree",
    of.object({ value: of.parameterOf("T"), children: of.array(of.ref("Tree", of.parameterOf("T"))) }),
    [of.typeParameter("T")],
  ),
  of.interfaceOf("List", of.object({ id: of.number, "next?": of.ref("List") })),
  of.alias(
    "Json",
    of.union(of.nil, of.boolean, of.number, of.string, of.array(of.ref("Json")), of.record(of.ref("Json"))),
  ),
  of.interfaceOf("Even", of.object({ "odd?": of.ref("Odd"), set: of.set(of.ref("Odd")) })),
  of.interfaceOf("Odd", of.object({ "even?": of.ref("Even"), map: of.map(of.string, of.ref("Even")) })),
  // Grows with every level, so no emitter can unroll it.
  of.interfaceOf(
    "Growing",
    of.object({ value: of.parameterOf("T"), "next?": of.ref("Growing", of.array(of.parameterOf("T"))) }),
    [of.typeParameter("T")],
  ),
  of.alias("Page", of.object({ items: of.array(of.parameterOf("T")), "cursor?": of.string }), [
    of.typeParameter("T", null, of.ref("User")),
  ]),
];

export const specimens: Readonly<
  Record<Exclude<ShapeKind, "unsupported">, readonly [Specimen, ...Specimen[]]>
> = {
  any: [{ shape: of.any }],
  unknown: [{ shape: of.unknown }, { shape: of.array(of.unknown) }],
  never: [{ shape: of.never }, { shape: of.object({ "gone?": of.never, id: of.number }) }],
  void: [{ shape: of.nothing }],
  undefined: [{ shape: of.undef }],
  null: [{ shape: of.nil }],
  boolean: [{ shape: of.boolean }],
  number: [{ shape: of.number }],
  string: [{ shape: of.string }],
  bigint: [{ shape: of.bigint }],
  nonprimitive: [{ shape: of.nonprimitive }],
  literal: [
    { shape: of.literal("it's `${x}`") },
    { shape: of.literal(0) },
    { shape: of.literal(1.5) },
    { shape: of.literal(false) },
    { shape: of.literal(12345678901234567890n) },
  ],
  template: [
    { shape: of.template(["user-", ""], of.number) },
    { shape: of.template(["", "/", ""], of.union(of.literal("a"), of.literal("b")), of.boolean) },
    { shape: of.template(["$", "."], of.string) },
    { shape: of.template(["<", ">"], of.bigint) },
  ],
  cased: [
    { shape: of.cased(["Uppercase"], of.string) },
    { shape: of.cased(["Lowercase", "Capitalize"], of.string) },
    { shape: of.cased(["Lowercase"], of.template(["", ""], of.number)) },
    { shape: of.template(["<", ">"], of.cased(["Lowercase"], of.string)) },
    {
      shape: of.object({}, [of.index(of.template(["", ""], of.cased(["Uppercase"], of.string)), of.number)]),
    },
  ],
  array: [
    { shape: of.array(of.number) },
    { shape: of.array(of.union(of.string, of.undef), true) },
    { shape: of.array(of.array(of.literal("x"))) },
  ],
  tuple: [
    { shape: of.tuple(of.string, of.element(of.number, "optional"), of.element(of.boolean, "rest")) },
    { shape: of.tuple(of.element(of.string, "rest"), of.number) },
    { shape: of.tuple() },
  ],
  object: [
    { shape: user },
    { shape: of.object({ id: of.string, at: of.object({ lat: of.number, "lon?": of.number }) }) },
    { shape: of.record(of.number) },
    { shape: of.object({}, [of.index("number", of.string)]) },
    { shape: of.object({ length: of.number }, [of.index(of.template(["x-", ""], of.string), of.string)]) },
    { shape: of.object({ "it's": of.string, toString: of.number, "delete?": of.boolean, "": of.nil }) },
    { shape: of.object({ all: of.unknown, maybe: of.union(of.undef, of.number) }) },
  ],
  map: [{ shape: of.map(of.string, of.ref("User")) }, { shape: of.map(of.tuple(of.number), of.nil) }],
  set: [{ shape: of.set(of.union(of.number, of.string)) }],
  builtin: [
    { shape: { kind: "builtin", name: "Date" } },
    // No value of `Temporal` can be made in every engine.
    ...builtinNames
      .slice(1)
      .filter((name) => (name !== "Float16Array" || "Float16Array" in globalThis) && !isTemporalName(name))
      .map((name): Specimen => ({ shape: { kind: "builtin", name } })),
  ],
  error: [
    { shape: of.error("Error") },
    ...errorNames.slice(1).map((name): Specimen => ({ shape: of.error(name) })),
    { shape: of.error("Error", { code: of.string, "status?": of.number }) },
    { shape: of.error("Error", { message: of.string, "detail?": of.ref("User") }) },
  ],
  union: [
    { shape: literals },
    {
      shape: of.union(
        of.object({ kind: of.literal("circle"), r: of.number }),
        of.object({ kind: of.literal("box"), w: of.number, "h?": of.number }),
      ),
    },
    { shape: of.union(of.string, of.date, of.array(of.number), of.map(of.string, of.number), user) },
    { shape: of.union(of.array(of.number), of.array(of.string), of.tuple(of.string, of.number)) },
    { shape: of.union(of.object({ a: of.string }), of.object({ a: of.string, b: of.number })) },
  ],
  intersection: [
    { shape: of.all(of.object({ id: of.string }), of.object({ age: of.number, "id?": of.string })) },
    {
      shape: of.all(
        of.union(of.object({ a: of.number }), of.object({ b: of.string })),
        of.object({ c: of.nil }),
      ),
    },
    { shape: of.all(of.ref("User"), of.object({}, [of.index("string", of.unknown)])) },
    { shape: of.all(of.nonprimitive, of.object({ x: of.number })) },
    { shape: of.all(of.array(of.string), of.object({ total: of.number, "next?": of.string })) },
  ],
  brand: [{ shape: of.brand(of.string, { __brand: of.literal("UserId") }) }],
  reference: [
    { shape: of.ref("User") },
    { shape: of.ref("Tree", of.number) },
    { shape: of.ref("List") },
    { shape: of.ref("Json") },
    { shape: of.ref("Even") },
    { shape: of.ref("Growing", of.string) },
    { shape: of.ref("Page") },
    { shape: of.ref("Page", of.date) },
  ],
  parameter: [
    { shape: of.parameterOf("T"), typeParameters: [of.typeParameter("T", of.object({ id: of.string }))] },
    { shape: of.array(of.parameterOf("T")), typeParameters: [of.typeParameter("T")] },
  ],
  deferred: [
    {
      shape: {
        kind: "deferred",
        text: 'User["id" | "age"]',
        constraint: of.union(of.string, of.number),
        references: ["User"],
      },
    },
  ],
};
