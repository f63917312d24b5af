/**
 * Built-in types that the library of ES2023 lacks, by which scripts are checked: each has a declaration of its own in the
 * namespace. Where the library of a script has the type, that is what it means; elsewhere it is as much as can be said.
 *
 * ```
 * type Float16Array = typeof globalThis extends { Float16Array: { prototype: infer Own } } ? Own : { … };
 * namespace Temporal { type Instant = …; }
 * ```
 */
import type { Contract } from "../../model/contract.ts";
import { partsOf } from "../../model/parts.ts";
import {
  builtinNames,
  isTemporalName,
  type BuiltinName,
  type Shape,
  type TemporalName,
} from "../../model/shape.ts";
import { declarationShapesOf } from "../../model/signatures.ts";
import { contractShapesOf } from "../../model/walk.ts";
import { hardline, indent, join, type Doc } from "../print/doc.ts";

/** A built-in, and what its declaration is called: `Temporal.Instant`. */
export interface LateName {
  readonly builtin: LateBuiltin;
  readonly name: string;
}

/** All but those of ES2023. */
type LateBuiltin = Exclude<
  BuiltinName,
  | "Date"
  | "RegExp"
  | "ArrayBuffer"
  | "DataView"
  | `${"Int" | "Uint"}${8 | 16 | 32}Array`
  | `Big${"Int" | "Uint"}64Array`
  | "Uint8ClampedArray"
  | `Float${32 | 64}Array`
>;

/** What stands for a type where the library has none, as prettier lays it out. `name` is what the type is called here. */
const fallbacks: Readonly<Record<LateBuiltin, (name: string) => readonly string[]>> = {
  // What makes another array makes one of its own.
  Float16Array: (name) => [
    "{",
    "  [Key in keyof Float32Array]: Key extends typeof Symbol.toStringTag",
    '    ? "Float16Array"',
    "    : Float32Array[Key] extends (...args: infer Args) => Float32Array",
    `      ? (...args: Args) => ${name}`,
    "      : Float32Array[Key];",
    "}",
  ],
  "Temporal.Instant": () => textOf("Temporal.Instant"),
  "Temporal.ZonedDateTime": () => textOf("Temporal.ZonedDateTime"),
  "Temporal.PlainDate": () => textOf("Temporal.PlainDate"),
  "Temporal.PlainTime": () => textOf("Temporal.PlainTime"),
  "Temporal.PlainDateTime": () => textOf("Temporal.PlainDateTime"),
  "Temporal.PlainYearMonth": () => textOf("Temporal.PlainYearMonth"),
  "Temporal.PlainMonthDay": () => textOf("Temporal.PlainMonthDay"),
  "Temporal.Duration": () => textOf("Temporal.Duration"),
};

/** A script without the types of `Temporal` can take a value's text and hand the value on. */
function textOf(name: TemporalName): readonly string[] {
  return [
    "{",
    "  toString(): string;",
    "  toJSON(): string;",
    `  readonly [Symbol.toStringTag]: "${name}";`,
    "}",
  ];
}

/** Those a contract mentions, in one order. `free` gives a name that nothing else has. */
export function lateNames(contract: Contract, free: (name: string) => string): readonly LateName[] {
  const found = new Set<BuiltinName>();
  const visit = (shape: Shape): void => {
    if (shape.kind === "builtin") found.add(shape.name);
    for (const part of partsOf(shape)) visit(part.shape);
  };
  contractShapesOf(contract).forEach(visit);
  for (const declaration of contract.declarations) declarationShapesOf(declaration).forEach(visit);
  const isLate = (name: BuiltinName): name is LateBuiltin => Object.hasOwn(fallbacks, name);
  return builtinNames
    .filter(isLate)
    .filter((builtin) => found.has(builtin))
    .map((builtin) => {
      const [first = builtin, ...rest] = builtin.split(".");
      return { builtin, name: [free(first), ...rest].join(".") };
    });
}

/** The declarations of those, without what is between them. */
export function lateDocs(names: readonly LateName[]): Doc[] {
  const docs: Doc[] = [];
  const inTemporal: Doc[] = [];
  let namespace = "";
  for (const late of names) {
    if (!isTemporalName(late.builtin)) docs.push([commentOf(late.builtin), hardline, aliasDoc(late)]);
    else {
      namespace = late.name.split(".")[0] ?? "";
      inTemporal.push(aliasDoc(late));
    }
  }
  if (inTemporal.length === 0) return docs;
  const body = indent([hardline, join([hardline, hardline], inTemporal)]);
  return [...docs, [commentOf("Temporal"), hardline, `namespace ${namespace} {`, body, hardline, "}"]];
}

const commentOf = (name: string): Doc => `/** The \`${name}\` of the language, in a library that has one. */`;

function aliasDoc({ builtin, name }: LateName): Doc {
  const [first = "", ...rest] = fallbacks[builtin](name);
  // From the inside: `Temporal: { Instant: { prototype: infer Own } }`.
  const [outer = "", ...inner] = builtin.split(".");
  const own = inner.reduceRight((text, part) => `{ ${part}: ${text} }`, "{ prototype: infer Own }");
  const lines = [
    `type ${name.split(".").at(-1)} = typeof globalThis extends {`,
    `  ${outer}: ${own};`,
    "}",
    "  ? Own",
    `  : ${first}`,
    ...rest.map((text) => `    ${text}`),
  ];
  return [join(hardline, lines), ";"];
}
