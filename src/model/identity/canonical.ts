/**
 * Gives the canonical form of a contract: what of it is its identity, as plain data with one spelling. Two contracts that
 * scripts cannot tell apart are equal here.
 *
 * Kept out, because no value and no program depends on it: documentation, source locations, notes on lossy types, the
 * names of parameters and tuple labels, the order of members and properties, and the style of the definition.
 */
import { byText } from "../by-text.ts";
import type { Contract, ContractGlobals, Leaf, ScriptKind, TreeNode } from "../contract.ts";
import type { LeafTable, RegistryDeclaration } from "../registry.ts";
import { globalsShape } from "../globals.ts";
import type { Json } from "../json.ts";
import { turnedFields, type Fields, type Turn } from "../fields.ts";
import { turned } from "../kinds.ts";
import { declarationFields, signatureFields, thrownFields } from "../pieces.ts";
import { remembered } from "../remembered.ts";
import type { Shape } from "../shape.ts";

/** The identity of a whole contract. */
export function canonicalContract(contract: Contract): Json {
  const leaves: Leaf[] = [];
  const namespaces: string[] = [];
  const visit = (node: TreeNode): void => {
    if (node.kind === "leaf") leaves.push(node);
    if (node.kind !== "namespace") return;
    namespaces.push(node.path.join("."));
    node.members.forEach(visit);
  };
  visit(contract.root);
  return {
    // A profile's registry belongs to its own declaration, also where two profiles have the same leaves. What it lacks is
    // no part of it: a new leaf of another profile changes nothing here.
    ...(contract.profile && { profile: contract.profile.name }),
    namespaces: namespaces.sort(),
    leaves: sortedByText(leaves.map(canonicalLeaf)),
    declarations: sortedByText(contract.declarations.map(canonicalDeclaration)),
    ...(contract.globals && { globals: canonicalGlobals(contract.globals) }),
    ...(contract.scripts && { scripts: sortedByText(contract.scripts.map(canonicalScript)) }),
  };
}

/** The identity of one kind of script; of a contract's and of a registry's alike. */
export function canonicalScript({
  name,
  input,
  result,
}: Pick<ScriptKind, "name" | "input" | "result">): Json {
  return { name, input: input && canonicalShape(input), result: result && canonicalShape(result) };
}

/** The identity of the globals. */
function canonicalGlobals({ properties }: Pick<ContractGlobals, "properties">): Json {
  return canonicalShape(globalsShape(properties));
}

/** The identity of one leaf; of a contract's leaf and of a registry's table alike. */
export function canonicalLeaf(leaf: Pick<LeafTable, "path" | "policy" | "signatures" | "throws">): Json {
  return remembered(made, leaf, () => ({
    path: leaf.path,
    policy: { ...leaf.policy },
    signatures: leaf.signatures.map((signature) => canonicalPiece(signatureFields, signature)),
    throws: sortedByText(leaf.throws.map((thrown) => canonicalPiece(thrownFields, thrown))),
  }));
}

export function canonicalDeclaration(declaration: RegistryDeclaration): Json {
  return remembered(made, declaration, () => canonicalPiece(declarationFields, declaration));
}

/** The whole is hashed, and each leaf with what it reaches: of the same data. Contracts are never changed in place. */
const made = new WeakMap<object, Json>();

function canonicalPiece(fields: Fields, piece: object): Json {
  return turnedFields(fields, piece, canonicalField) as Json;
}

/** The identity of one type: its kind and its fields, without notes. */
export function canonicalShape(shape: Shape): Json {
  return { kind: shape.kind, ...(turned(shape, canonicalField) as { readonly [key: string]: Json }) };
}

const canonicalField: Turn = (field, value, _holder, _at, inside) => {
  if (field.isNote) return undefined;
  if (value === null) return null;
  if (field.is === "shape") return typeof value === "string" ? value : canonicalShape(value as Shape);
  if (field.is === "literal" && typeof value === "number") return canonicalNumber(value);
  if (field.is !== "list") return inside();
  if (field.sorted === "by-text") return sortedByText(inside() as readonly Json[]);
  const list = inside() as readonly { readonly name: string }[];
  return field.sorted === "by-name" ? list.toSorted((a, b) => byText(a.name, b.name)) : list;
};

/** JSON has no infinities, and writes -0 as 0: a literal type of either keeps its identity as text. */
export function canonicalNumber(value: number): number | string {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : Object.is(value, -0)
      ? "-0"
      : String(value);
}

/** JSON with sorted keys and no spaces: equal data, equal text, in every engine and locale. */
export function canonicalText(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return texts.get(value) ?? (isList(value) ? listText(value) : recordText(value));
}

/** Parts that are written to be sorted are not written again in the whole. Canonical data is never changed in place. */
const texts = new WeakMap<object, string>();

function listText(values: readonly Json[]): string {
  let text = "[";
  for (let at = 0; at < values.length; at++) {
    text += `${at === 0 ? "" : ","}${canonicalText(values[at] ?? null)}`;
  }
  return `${text}]`;
}

function recordText(record: { readonly [key: string]: Json | undefined }): string {
  let text = "{";
  for (const key of Object.keys(record).sort(byText)) {
    const part = record[key];
    if (part === undefined) continue;
    text += `${text === "{" ? "" : ","}${JSON.stringify(key)}:${canonicalText(part)}`;
  }
  return `${text}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** Each text is made once, not at every comparison. */
function sortedByText(values: readonly Json[]): Json {
  return values
    .map((value) => {
      const text = canonicalText(value);
      if (typeof value === "object" && value !== null) texts.set(value, text);
      return { value, text };
    })
    .sort((a, b) => byText(a.text, b.text))
    .map(({ value }) => value);
}
