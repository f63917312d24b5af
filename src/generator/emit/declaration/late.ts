/**
 * Built-in types that the library of ES2023 lacks, by which scripts are checked: each has a declaration of its own in the
 * namespace. Where the library of a script has the type, that is what it means; elsewhere it is as much as can be said.
 */
import type { Contract } from "../../../contract/contract.ts";
import { partsOf } from "../../../contract/parts.ts";
import { builtinNames, type BuiltinName, type Shape } from "../../../contract/shape.ts";
import { declarationShapesOf, leafShapesOf } from "../../../contract/signatures.ts";
import { walkLeaves } from "../../../contract/walk.ts";
import { hardline, join, type Doc } from "../print/doc.ts";

/** All but those of ES2023. */
type LateBuiltin = Exclude<
  BuiltinName,
  | "Date"
  | "RegExp"
  | "ArrayBuffer"
  | "DataView"
  | `${"" | "Big"}${"Int" | "Uint"}${8 | 16 | 32 | 64}Array`
  | "Uint8ClampedArray"
  | `Float${32 | 64}Array`
>;

/** What stands for a type where the library has none, as prettier lays it out. `alias` is what the type is called here. */
const fallbacks: Readonly<Record<LateBuiltin, (alias: string) => readonly string[]>> = {
  // What makes another array makes one of its own.
  Float16Array: (alias) => [
    "{",
    "  [Key in keyof Float32Array]: Key extends typeof Symbol.toStringTag",
    '    ? "Float16Array"',
    "    : Float32Array[Key] extends (...args: infer Args) => Float32Array",
    `      ? (...args: Args) => ${alias}`,
    "      : Float32Array[Key];",
    "}",
  ],
};

const isLate = (name: BuiltinName): name is LateBuiltin => Object.hasOwn(fallbacks, name);

/** Those a contract mentions, in the order of their names. */
export function lateBuiltins(contract: Contract): readonly LateBuiltin[] {
  const found = new Set<LateBuiltin>();
  const visit = (shape: Shape): void => {
    if (shape.kind === "builtin" && isLate(shape.name)) found.add(shape.name);
    for (const part of partsOf(shape)) visit(part.shape);
  };
  for (const leaf of walkLeaves(contract.root)) leafShapesOf(leaf).forEach(visit);
  for (const declaration of contract.declarations) declarationShapesOf(declaration).forEach(visit);
  return builtinNames.filter(isLate).filter((name) => found.has(name));
}

/** `type Float16Array = typeof globalThis extends { Float16Array: … } ? … : …;` */
export function lateDoc(name: LateBuiltin, alias: string): Doc {
  const [first = "", ...rest] = fallbacks[name](alias);
  const lines = [
    `/** The \`${name}\` of the language, in a library that has one. */`,
    `type ${alias} = typeof globalThis extends {`,
    `  ${name}: { prototype: infer Own };`,
    "}",
    "  ? Own",
    `  : ${first}`,
    ...rest.map((text) => `    ${text}`),
  ];
  return [join(hardline, lines), ";"];
}
