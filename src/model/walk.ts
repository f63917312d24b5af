/**
 * Walks over a contract: its nodes, its leaves, and every shape a value can take on its way across. Pure, in the
 * author's order, and blind to what the visitor wants.
 */
import {
  placeOr,
  type Contract,
  type ContractGlobals,
  type Declaration,
  type Leaf,
  type Namespace,
  type Parameter,
  type ScriptKind,
  type Signature,
  type Source,
  type TreeNode,
} from "./contract.ts";
import type { Shape } from "./shape.ts";
import { globalShapesOf, leafShapesOf, scriptShapesOf } from "./signatures.ts";
import { reachableDeclarations } from "./reach.ts";
import { remembered } from "./remembered.ts";
import { valuesOf, type Values } from "./values.ts";

/** Every node but the root, parents first. */
export function* walkNodes(root: Namespace): Generator<TreeNode> {
  for (const member of root.members) {
    yield member;
    if (member.kind === "namespace") yield* walkNodes(member);
  }
}

/** Every leaf, depth first: the order of the leaf table. */
export function* walkLeaves(root: Namespace): Generator<Leaf> {
  for (const node of walkNodes(root)) if (node.kind === "leaf") yield node;
}

/** Every namespace, the root first, parents before children. */
export function* walkNamespaces(root: Namespace): Generator<Namespace> {
  yield root;
  for (const node of walkNodes(root)) if (node.kind === "namespace") yield node;
}

/** The tree with each leaf changed. */
export function mapLeaves(namespace: Namespace, map: (leaf: Leaf) => Leaf): Namespace {
  const visit = (node: TreeNode): TreeNode => {
    if (node.kind === "leaf") return map(node);
    return node.kind === "namespace" ? mapLeaves(node, map) : node;
  };
  return { ...namespace, members: namespace.members.map(visit) };
}

/** What stands at the top of every value that crosses: of all leaves, then of scripts themselves and of globals. */
export function contractShapesOf({
  root,
  scripts = [],
  globals,
}: Pick<Contract, "root" | "scripts" | "globals">): readonly Shape[] {
  return [
    ...[...walkLeaves(root)].flatMap(leafShapesOf),
    ...scripts.flatMap(scriptShapesOf),
    ...(globals === undefined ? [] : globalShapesOf(globals)),
  ];
}

/** What a shape belongs to. A named type is walked once, as itself, however many leaves mention it. */
export type ShapeOwner =
  | {
      readonly kind: "argument";
      readonly leaf: Leaf;
      readonly signature: Signature;
      readonly parameter: Parameter;
    }
  | { readonly kind: "result"; readonly leaf: Leaf; readonly signature: Signature }
  | { readonly kind: "error"; readonly leaf: Leaf; readonly name: string }
  | { readonly kind: "constraint"; readonly leaf: Leaf; readonly signature: Signature; readonly name: string }
  | { readonly kind: "default"; readonly leaf: Leaf; readonly signature: Signature; readonly name: string }
  | { readonly kind: "script"; readonly script: ScriptKind; readonly part: "input" | "result" }
  | { readonly kind: "global"; readonly name: string }
  | { readonly kind: "declaration"; readonly declaration: Declaration; readonly usedBy: Leaf | null };

export interface ShapeSite {
  readonly owner: ShapeOwner;
  readonly shape: Shape;
  /** The way from the owner's value to this shape as a script would write it: `.rows[].id`; empty for the value itself. */
  readonly at: string;
  /** The nearest place on the way that has one. */
  readonly source: Source;
}

/** Every shape of a contract, with what it belongs to: leaves in order, then the declarations. */
export function walkShapes(contract: Contract): readonly ShapeSite[] {
  return remembered(shapes, contract, () => [...everyShape(contract)]);
}

/** Every rule about types walks the same way. Contracts are never changed in place. */
const shapes = new WeakMap<Contract, readonly ShapeSite[]>();

function* everyShape(contract: Contract): Generator<ShapeSite> {
  const leaves = [...walkLeaves(contract.root)];
  const values = valuesOf(declarationsByName(contract));
  for (const leaf of leaves) yield* leafShapes(values, leaf);
  for (const script of contract.scripts ?? []) yield* scriptShapes(values, script);
  if (contract.globals !== undefined) yield* globalShapes(values, contract.globals);
  const users = declarationUsers(contract);
  // What only bounds, defaults and tags mention has no values that cross.
  const held = values.reachedFrom(contractShapesOf(contract));
  for (const declaration of contract.declarations) {
    if (!held.has(declaration.name)) continue;
    const owner: ShapeOwner = {
      kind: "declaration",
      declaration,
      usedBy: users.get(declaration.name) ?? null,
    };
    const source = placeOr(declaration.source, owner.usedBy?.source ?? declaration.source);
    yield* sites(values, owner, declaration.shape, "", source);
  }
}

function* leafShapes(values: Values, leaf: Leaf): Generator<ShapeSite> {
  for (const signature of leaf.signatures) {
    const source = placeOr(signature.source, leaf.source);
    for (const { name, constraint, default: fallback } of signature.typeParameters) {
      if (constraint !== null)
        yield* sites(values, { kind: "constraint", leaf, signature, name }, constraint, "", source);
      if (fallback !== null)
        yield* sites(values, { kind: "default", leaf, signature, name }, fallback, "", source);
    }
    for (const parameter of signature.parameters) {
      const owner = { kind: "argument", leaf, signature, parameter } as const;
      yield* sites(values, owner, parameter.shape, "", placeOr(parameter.source, source));
    }
    yield* sites(values, { kind: "result", leaf, signature }, signature.result, "", source);
  }
  for (const { name, shape } of leaf.throws)
    yield* sites(values, { kind: "error", leaf, name }, shape, "", leaf.source);
}

function* scriptShapes(values: Values, script: ScriptKind): Generator<ShapeSite> {
  for (const part of ["input", "result"] as const) {
    const shape = script[part];
    if (shape !== null) yield* sites(values, { kind: "script", script, part }, shape, "", script.source);
  }
}

function* globalShapes(values: Values, { properties, source }: ContractGlobals): Generator<ShapeSite> {
  for (const { name, shape, source: own } of properties)
    yield* sites(values, { kind: "global", name }, shape, "", placeOr(own, source));
}

function* sites(
  values: Values,
  owner: ShapeOwner,
  shape: Shape,
  at: string,
  source: Source,
): Generator<ShapeSite> {
  yield { owner, shape, at, source };
  for (const part of values.partsOf(shape))
    yield* sites(values, owner, part.shape, at + part.step, placeOr(part.source, source));
}

/** Every declaration that the types of one leaf drag in, directly or through other declarations. */
export function declarationsOf(leaf: Leaf, contract: Contract): ReadonlySet<string> {
  return reachableDeclarations(leafShapesOf(leaf), declarationsByName(contract));
}

function declarationsByName(contract: Contract): ReadonlyMap<string, Declaration> {
  return remembered(
    byNames,
    contract,
    () => new Map(contract.declarations.map((declaration) => [declaration.name, declaration])),
  );
}

/** Asked for every leaf. */
const byNames = new WeakMap<Contract, ReadonlyMap<string, Declaration>>();

/** Declaration -> the first leaf whose types mention it. */
function declarationUsers(contract: Contract): ReadonlyMap<string, Leaf> {
  const users = new Map<string, Leaf>();
  for (const leaf of walkLeaves(contract.root)) {
    for (const name of declarationsOf(leaf, contract)) if (!users.has(name)) users.set(name, leaf);
  }
  return users;
}
