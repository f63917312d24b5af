/**
 * Walks over a contract: its nodes, its leaves, and every shape a value can take on its way across. Pure, in the
 * author's order, and blind to what the visitor wants.
 */
import {
  placeOr,
  type Contract,
  type Declaration,
  type Leaf,
  type Namespace,
  type Parameter,
  type Signature,
  type Source,
  type TreeNode,
} from "./contract.ts";
import { isIdentifier } from "./names.ts";
import type { Shape } from "./shape.ts";

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
  let sites = shapes.get(contract);
  if (sites === undefined) {
    sites = [...everyShape(contract)];
    shapes.set(contract, sites);
  }
  return sites;
}

/** Every rule about types walks the same way. Contracts are never changed in place. */
const shapes = new WeakMap<Contract, readonly ShapeSite[]>();

function* everyShape(contract: Contract): Generator<ShapeSite> {
  for (const leaf of walkLeaves(contract.root)) yield* leafShapes(leaf);
  const users = declarationUsers(contract);
  for (const declaration of contract.declarations) {
    const owner: ShapeOwner = {
      kind: "declaration",
      declaration,
      usedBy: users.get(declaration.name) ?? null,
    };
    const source = placeOr(declaration.source, owner.usedBy?.source ?? declaration.source);
    for (const parameter of declaration.typeParameters) {
      for (const shape of [parameter.constraint, parameter.default]) {
        if (shape !== null) yield* sites(owner, shape, "", source);
      }
    }
    yield* sites(owner, declaration.shape, "", source);
  }
}

function* leafShapes(leaf: Leaf): Generator<ShapeSite> {
  for (const signature of leaf.signatures) {
    const source = placeOr(signature.source, leaf.source);
    for (const { name, constraint } of signature.typeParameters) {
      if (constraint !== null)
        yield* sites({ kind: "constraint", leaf, signature, name }, constraint, "", source);
    }
    for (const parameter of signature.parameters) {
      const owner = { kind: "argument", leaf, signature, parameter } as const;
      yield* sites(owner, parameter.shape, "", placeOr(parameter.source, source));
    }
    yield* sites({ kind: "result", leaf, signature }, signature.result, "", source);
  }
  for (const { name, shape } of leaf.throws)
    yield* sites({ kind: "error", leaf, name }, shape, "", leaf.source);
}

function* sites(owner: ShapeOwner, shape: Shape, at: string, source: Source): Generator<ShapeSite> {
  yield { owner, shape, at, source };
  for (const part of partsOf(shape))
    yield* sites(owner, part.shape, at + part.step, placeOr(part.source, source));
}

export interface Part {
  readonly shape: Shape;
  /** From the whole to this part: `.id`, `[]`, `[0]`; empty when both are the same value. */
  readonly step: string;
  readonly source?: Source;
}

/** The shapes directly inside a shape. A reference's declaration is not inside it; its type arguments are. */
export function partsOf(shape: Shape): readonly Part[] {
  switch (shape.kind) {
    case "array":
      return [{ shape: shape.element, step: "[]" }];
    case "tuple":
      return shape.elements.map(({ shape, quantity }, at) => ({
        shape,
        step: quantity === "rest" ? "[]" : `[${at}]`,
      }));
    case "object":
      return [
        ...shape.properties.map(propertyPart),
        ...shape.index.map(({ value }) => ({ shape: value, step: "[key]" })),
      ];
    case "error":
      return shape.properties.map(propertyPart);
    case "map":
      return [
        { shape: shape.key, step: ".keys()" },
        { shape: shape.value, step: ".values()" },
      ];
    case "set":
      return [{ shape: shape.element, step: ".values()" }];
    case "union":
    case "intersection":
      return shape.members.map((member) => ({ shape: member, step: "" }));
    case "brand":
      return [{ shape: shape.base, step: "" }];
    case "reference":
      return shape.typeArguments.map((argument, at) => ({ shape: argument, step: `<${at}>` }));
    case "deferred":
      return [{ shape: shape.constraint, step: "" }];
    case "cased":
      return [{ shape: shape.base, step: "" }];
    case "template":
      return shape.slots.map((slot) => ({ shape: slot, step: "" }));
    case "any":
    case "unknown":
    case "never":
    case "void":
    case "undefined":
    case "null":
    case "boolean":
    case "number":
    case "string":
    case "bigint":
    case "nonprimitive":
    case "literal":
    case "builtin":
    case "parameter":
    case "unsupported":
      return [];
    default:
      return unknownKind(shape);
  }
}

function propertyPart({ name, shape, source }: { name: string; shape: Shape; source?: Source }): Part {
  const step = isIdentifier(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return source === undefined ? { shape, step } : { shape, step, source };
}

/** Names of the declarations a shape mentions, its parts included. */
export function referencesOf(shape: Shape): readonly string[] {
  let names = references.get(shape);
  if (names === undefined) {
    names = [
      ...(shape.kind === "reference" ? [shape.name] : []),
      ...(shape.kind === "deferred" ? shape.references : []),
      ...(shape.kind === "brand" ? referencesOf(shape.tag) : []),
      ...partsOf(shape).flatMap((part) => referencesOf(part.shape)),
    ];
    references.set(shape, names);
  }
  return names;
}

/** Every leaf asks it of every declaration it reaches. Shapes are never changed in place. */
const references = new WeakMap<Shape, readonly string[]>();

/** Every declaration that the types of one leaf drag in, directly or through other declarations. */
export function declarationsOf(leaf: Leaf, contract: Contract): ReadonlySet<string> {
  const byName = declarationsByName(contract);
  const found = new Set<string>();
  const pending = outermostShapes(leaf).flatMap((shape) => [...referencesOf(shape)]);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const declaration = byName.get(name);
    if (declaration === undefined || found.has(name)) continue;
    found.add(name);
    pending.push(...referencesOf(declaration.shape));
    for (const { constraint, default: fallback } of declaration.typeParameters) {
      if (constraint !== null) pending.push(...referencesOf(constraint));
      if (fallback !== null) pending.push(...referencesOf(fallback));
    }
  }
  return found;
}

function outermostShapes({ signatures, throws }: Leaf): readonly Shape[] {
  return [
    ...signatures.flatMap(({ typeParameters, parameters, result }) => [
      ...typeParameters.flatMap(({ constraint }) => constraint ?? []),
      ...parameters.map(({ shape }) => shape),
      result,
    ]),
    ...throws.map(({ shape }) => shape),
  ];
}

function declarationsByName(contract: Contract): ReadonlyMap<string, Declaration> {
  let names = byNames.get(contract);
  if (names === undefined) {
    names = new Map(contract.declarations.map((declaration) => [declaration.name, declaration]));
    byNames.set(contract, names);
  }
  return names;
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

function unknownKind(shape: never): never {
  throw new Error(`A shape of a kind that walk.ts does not know: ${JSON.stringify(shape)}`);
}
