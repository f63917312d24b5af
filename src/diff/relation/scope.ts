/**
 * Holds the names that a shape may mention, and looks through them. The two sides of a comparison have a scope each, because
 * `User` before a change and `User` after it are different types with one name.
 */
import type { Contract, Declaration, TypeParameter } from "../../model/contract.ts";
import { mapParts } from "../../model/parts.ts";
import type { ObjectShape, Property, ReferenceShape, Shape } from "../../model/shape.ts";
import { structureKey } from "../shape-key.ts";

export interface Scope {
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Constraints of the type parameters of the signature being compared. */
  readonly constraints: ReadonlyMap<string, Shape | null>;
}

/** The scope of a contract's declarations, with the type parameters of one signature. */
export function scopeOf(
  contract: Pick<Contract, "declarations">,
  typeParameters: readonly TypeParameter[] = [],
): Scope {
  return withTypeParameters(
    {
      declarations: new Map(contract.declarations.map((declaration) => [declaration.name, declaration])),
      constraints: new Map(),
    },
    typeParameters,
  );
}

export function withTypeParameters(scope: Scope, typeParameters: readonly TypeParameter[]): Scope {
  return {
    declarations: scope.declarations,
    constraints: new Map(typeParameters.map((parameter) => [parameter.name, parameter.constraint])),
  };
}

/**
 * Looks through references and merges intersections of objects, until the shape says itself what it is.
 *
 * `Page<User>` → `{ items: User[] }`, `{ a: string } & { b: string }` → `{ a: string; b: string }`
 */
export function expand(shape: Shape, scope: Scope): Shape {
  let current = shape;
  // An alias chain is as long as the author wrote it; an alias of itself is an error of TypeScript, so 100 is "never".
  for (let step = 0; step < 100; step += 1) {
    if (current.kind === "reference") {
      const body = bodyOf(current, scope);
      if (body === null) return current;
      current = body;
    } else if (current.kind === "intersection") {
      const merged = mergeObjects(current.members, scope);
      if (merged === null) return current;
      current = merged;
    } else if (current.kind === "union") {
      const flat = flatten(current, scope, new Set());
      // `never | User` is a union of one.
      if (flat.kind === "union") return flat;
      current = flat;
    } else return current;
  }
  return current;
}

/** Opens the members of a union that are names of unions: `Id | null` → `string | number | null`. */
function flatten(shape: Shape, scope: Scope, open: ReadonlySet<string>): Shape {
  if (shape.kind === "union") return unionOf(shape.members.map((member) => flatten(member, scope, open)));
  if (shape.kind !== "reference") return shape;
  const key = structureKey(shape);
  if (open.has(key)) return shape;
  const body = bodyOf(shape, scope);
  if (body?.kind !== "union" && body?.kind !== "reference") return shape;
  const flat = flatten(body, scope, new Set([...open, key]));
  // A name of one thing keeps its name: it is what pairs it with the same name on the other side.
  return flat.kind === "union" ? flat : shape;
}

/** The body of a declaration with the reference's type arguments filled in; `null` for an unknown name. */
function bodyOf(reference: ReferenceShape, scope: Scope): Shape | null {
  const declaration = scope.declarations.get(reference.name);
  if (!declaration) return null;
  if (declaration.typeParameters.length === 0) return declaration.shape;
  const replacements = new Map<string, Shape>();
  declaration.typeParameters.forEach((parameter, index) => {
    const argument = reference.typeArguments[index] ?? parameter.default ?? { kind: "unknown" as const };
    replacements.set(parameter.name, substitute(argument, replacements));
  });
  return substitute(declaration.shape, replacements);
}

/** True for a name that stands for an interface: such a type has no implicit index signature. */
export function isInterface(shape: Shape, scope: Scope): boolean {
  for (let current: Shape | null = shape; current?.kind === "reference"; current = bodyOf(current, scope)) {
    if (scope.declarations.get(current.name)?.kind === "interface") return true;
  }
  return false;
}

/** Builds a union that is flat and without members that are plainly the same. */
export function unionOf(members: readonly Shape[]): Shape {
  const flat = members.flatMap((member) => (member.kind === "union" ? member.members : [member]));
  const unique = new Map(flat.filter((member) => member.kind !== "never").map((m) => [structureKey(m), m]));
  const [first, ...rest] = unique.values();
  if (first === undefined) return { kind: "never" };
  return rest.length === 0 ? first : { kind: "union", members: [first, ...rest] };
}

/** Replaces type parameters by shapes, everywhere in a shape. */
export function substitute(shape: Shape, replacements: ReadonlyMap<string, Shape>): Shape {
  if (replacements.size === 0) return shape;
  if (shape.kind === "parameter") return replacements.get(shape.name) ?? shape;
  const whole = mapParts(shape, (part) => substitute(part, replacements));
  return whole.kind === "union" ? unionOf(whole.members) : whole;
}

function mergeObjects(members: readonly Shape[], scope: Scope): ObjectShape | null {
  const properties = new Map<string, Property>();
  const index = new Map<string, ObjectShape["index"][number]>();
  for (const member of members) {
    const part = expand(member, scope);
    if (part.kind !== "object") return null;
    for (const property of part.properties) {
      const other = properties.get(property.name);
      properties.set(property.name, other ? meet(other, property) : property);
    }
    for (const entry of part.index) index.set(structureKey(entry.key), entry);
  }
  return { kind: "object", properties: [...properties.values()], index: [...index.values()] };
}

function meet(a: Property, b: Property): Property {
  const same = structureKey(a.shape) === structureKey(b.shape);
  return {
    ...a,
    shape: same ? a.shape : { kind: "intersection", members: [a.shape, b.shape] },
    optional: a.optional && b.optional,
    readonly: a.readonly && b.readonly,
  };
}
