/**
 * Contracts written by hand, in a few words: what tests of the emitter and of validators start from.
 */
import {
  emptyDoc,
  type Contract,
  type Declaration,
  type Doc,
  type Leaf,
  type Mode,
  type Namespace,
  type Parameter,
  type Signature,
  type Source,
  type ThrownError,
  type TreeNode,
  type TypeParameter,
} from "../../src/model/contract.ts";
import type { Policy } from "../../src/model/policy.ts";
import type { Casing, IndexSignature, Property, Shape, TupleElement } from "../../src/model/shape.ts";

export const source: Source = { file: "bindings.ts", line: 1, column: 1, endLine: 1, endColumn: 2 };

export const any: Shape = { kind: "any" };
export const unknown: Shape = { kind: "unknown" };
export const never: Shape = { kind: "never" };
export const nothing: Shape = { kind: "void" };
export const undef: Shape = { kind: "undefined" };
export const nil: Shape = { kind: "null" };
export const boolean: Shape = { kind: "boolean" };
export const number: Shape = { kind: "number" };
export const string: Shape = { kind: "string" };
export const bigint: Shape = { kind: "bigint" };
export const nonprimitive: Shape = { kind: "nonprimitive" };
export const date: Shape = { kind: "builtin", name: "Date" };
export const bytes: Shape = { kind: "builtin", name: "Uint8Array" };

export function literal(value: string | number | boolean | bigint): Shape {
  if (typeof value === "bigint") return { kind: "literal", type: "bigint", value: String(value) };
  if (typeof value === "string") return { kind: "literal", type: "string", value };
  if (typeof value === "number") return { kind: "literal", type: "number", value };
  return { kind: "literal", type: "boolean", value };
}

export function union(...members: Shape[]): Shape {
  return { kind: "union", members };
}

export function all(...members: Shape[]): Shape {
  return { kind: "intersection", members };
}

export function array(element: Shape, readonly = false): Shape {
  return { kind: "array", element, readonly };
}

export function tuple(...elements: (Shape | TupleElement)[]): Shape {
  return {
    kind: "tuple",
    readonly: false,
    elements: elements.map((element) =>
      "quantity" in element ? element : { label: null, shape: element, quantity: "one" },
    ),
  };
}

export function element(shape: Shape, quantity: TupleElement["quantity"], label: string | null = null) {
  return { label, shape, quantity } as const;
}

/** `{ id: string, "name?": optional(string) }`: a key that ends in `?` is optional. */
export function object(
  properties: Readonly<Record<string, Shape>>,
  index: readonly IndexSignature[] = [],
): Extract<Shape, { kind: "object" }> {
  return { kind: "object", properties: propertiesOf(properties), index };
}

export function propertiesOf(properties: Readonly<Record<string, Shape>>): Property[] {
  return Object.entries(properties).map(([key, shape]) => ({
    name: key.replace(/\?$/u, ""),
    shape,
    optional: key.endsWith("?"),
    readonly: false,
  }));
}

export function index(key: IndexSignature["key"], value: Shape): IndexSignature {
  return { key, value, readonly: false };
}

export function record(value: Shape): Shape {
  return object({}, [index("string", value)]);
}

export function map(key: Shape, value: Shape): Shape {
  return { kind: "map", key, value, readonly: false };
}

export function set(element: Shape): Shape {
  return { kind: "set", element, readonly: false };
}

export function template(texts: readonly string[], ...slots: Shape[]): Extract<Shape, { kind: "template" }> {
  return { kind: "template", texts, slots };
}

export function cased(casings: readonly Casing[], base: Shape): Shape {
  return { kind: "cased", casings, base };
}

export function ref(name: string, ...typeArguments: Shape[]): Shape {
  return { kind: "reference", name, typeArguments };
}

export function parameterOf(name: string): Shape {
  return { kind: "parameter", name };
}

export function error(
  name: Extract<Shape, { kind: "error" }>["name"] = "Error",
  properties: Readonly<Record<string, Shape>> = {},
): Shape {
  return { kind: "error", name, properties: propertiesOf(properties) };
}

export function brand(base: Shape, tag: Readonly<Record<string, Shape>>): Shape {
  return { kind: "brand", base, tag: object(tag) };
}

export function doc(text: string, ...tags: Doc["tags"]): Doc {
  return { text, tags };
}

export function interfaceOf(
  name: string,
  shape: Shape,
  typeParameters: readonly TypeParameter[] = [],
  documentation: Doc = emptyDoc,
): Declaration {
  return { name, kind: "interface", typeParameters, shape, doc: documentation, source };
}

export function alias(
  name: string,
  shape: Shape,
  typeParameters: readonly TypeParameter[] = [],
  documentation: Doc = emptyDoc,
): Declaration {
  return { name, kind: "alias", typeParameters, shape, doc: documentation, source };
}

export function typeParameter(
  name: string,
  constraint: Shape | null = null,
  fallback: Shape | null = null,
): TypeParameter {
  return { name, constraint, default: fallback };
}

export interface LeafOptions {
  readonly mode?: Mode;
  readonly doc?: Doc;
  readonly policy?: Policy;
  readonly throws?: readonly ThrownError[];
  readonly typeParameters?: readonly TypeParameter[];
}

export interface LeafInput extends LeafOptions {
  readonly signatures: readonly [Signature, ...Signature[]];
}

/** A leaf of one signature; parameters are called `a`, `b`, … */
export function leaf(
  parameters: readonly (Shape | Parameter)[],
  result: Shape,
  options: LeafOptions = {},
): LeafInput {
  return { ...options, signatures: [signature(parameters, result, options)] };
}

export function overloaded(first: LeafInput, ...others: LeafInput[]): LeafInput {
  return { ...first, signatures: [first.signatures[0], ...others.map(({ signatures }) => signatures[0])] };
}

export function signature(
  parameters: readonly (Shape | Parameter)[],
  result: Shape,
  { mode = "async", typeParameters = [] }: LeafOptions = {},
): Signature {
  return {
    typeParameters,
    parameters: parameters.map((given, at) =>
      "quantity" in given ? given : parameter(String.fromCharCode(97 + at), given),
    ),
    result,
    mode,
    source,
  };
}

export function parameter(name: string, shape: Shape, quantity: Parameter["quantity"] = "one"): Parameter {
  return { name, shape, quantity, source };
}

export interface Tree {
  readonly [name: string]: LeafInput | Tree;
}

export function contract(
  tree: Tree,
  declarations: readonly Declaration[] = [],
  style: Contract["style"] = "implementation",
  documentation: Doc = emptyDoc,
): Contract {
  return {
    style,
    root: { ...namespace(tree, []), doc: documentation },
    declarations: [...declarations].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function namespace(tree: Tree, path: readonly string[]): Namespace {
  return {
    kind: "namespace",
    name: path.at(-1) ?? "",
    path,
    doc: emptyDoc,
    source,
    members: Object.entries(tree).map(([name, node]): TreeNode => {
      const own = [...path, name];
      return isLeaf(node) ? leafOf(node, own) : namespace(node, own);
    }),
  };
}

function isLeaf(node: LeafInput | Tree): node is LeafInput {
  return Array.isArray((node as LeafInput).signatures);
}

function leafOf(input: LeafInput, path: readonly string[]): Leaf {
  return {
    kind: "leaf",
    name: path.at(-1) ?? "",
    path,
    doc: input.doc ?? emptyDoc,
    signatures: input.signatures,
    policy: input.policy ?? {},
    throws: input.throws ?? [],
    source,
  };
}

/** A contract with one leaf `f` that takes and returns one value of a shape. */
export function echo(shape: Shape, declarations: readonly Declaration[] = []): Contract {
  return contract({ f: leaf([shape], shape, { mode: "sync" }) }, declarations);
}
