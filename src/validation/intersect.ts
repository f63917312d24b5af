/**
 * Turns bound shapes that must all hold into one core.
 *
 * Before: `(A | B) & { id: string } & Record<string, unknown>`. After: the union of `A & …` and `B & …`, each one
 * object whose keys are judged over all its members, as TypeScript does.
 */
import type { IndexSignature, Keyword, Property, Shape, Structure } from "../model/shape.ts";
import type { Core, CoreIndex, CoreObject, CoreProperty } from "./core.ts";
import type { Bound, Scope, Type, Types } from "./types.ts";

/** Members a distributed union may have; beyond, each part of the intersection is checked by itself. */
const maxAlternatives = 64;

/** A shape that says itself what it demands, without a look at a name, a base or other members. */
export type PlainShape = Extract<
  Shape,
  {
    readonly kind:
      Keyword | "literal" | "template" | "cased" | "builtin" | "unsupported" | "union" | Structure;
  }
>;

export type PlainBound = Bound & { readonly shape: PlainShape };

export function intersect(types: Types, bounds: readonly PlainBound[]): Core {
  const [first] = bounds;
  if (first === undefined) return { kind: "never" };
  if (bounds.length === 1) return single(types, first);
  const unions = bounds.filter(({ shape }) => shape.kind === "union");
  const count = unions.reduce((product, { shape }) => product * membersOf(shape).length, 1);
  if (unions.length > 0 && count <= maxAlternatives) {
    return { kind: "union", members: alternatives(types, bounds).map((members) => types.all(members)) };
  }
  const cores = bounds.map((bound) => single(types, bound)).filter(({ kind }) => kind !== "anything");
  if (cores.some(({ kind }) => kind === "never")) return { kind: "never" };
  const objects = cores.filter((core) => core.kind === "object");
  const others = cores.filter((core) => core.kind !== "object");
  if (objects.length === 0) return combine(others);
  const merged = objects.reduce((one, other) => merge(types, one, other));
  return combine(others.every(({ kind }) => kind === "nonprimitive") ? [merged] : [...others, merged]);
}

function combine(cores: readonly Core[]): Core {
  const [first] = cores;
  if (first === undefined) return { kind: "anything" };
  return cores.length === 1 ? first : { kind: "every", members: cores };
}

function alternatives(types: Types, bounds: readonly PlainBound[]): Bound[][] {
  return bounds.reduce<Bound[][]>(
    (rows, bound) =>
      rows.flatMap((row) =>
        bound.shape.kind === "union"
          ? membersOf(bound.shape).map((member) => [...row, ...types.of(member, bound.scope).bounds])
          : [[...row, bound]],
      ),
    [[]],
  );
}

function membersOf(shape: Shape): readonly Shape[] {
  return shape.kind === "union" ? shape.members : [];
}

function merge(types: Types, one: CoreObject, other: CoreObject): CoreObject {
  const properties = new Map(one.properties.map((property) => [property.name, property]));
  for (const property of other.properties) {
    const known = properties.get(property.name);
    properties.set(
      property.name,
      known === undefined
        ? property
        : {
            name: property.name,
            type: types.all([...known.type.bounds, ...property.type.bounds]),
            optional: known.optional && property.optional,
          },
    );
  }
  return { kind: "object", properties: [...properties.values()], index: [...one.index, ...other.index] };
}

/** The core of one shape by itself. */
function single(types: Types, { shape, scope }: PlainBound): Core {
  const of = (part: Shape): Type => types.of(part, scope);
  switch (shape.kind) {
    case "any":
    case "unknown":
      return { kind: "anything" };
    case "never":
    case "unsupported":
      return { kind: "never" };
    case "void":
      return { kind: "primitive", name: "undefined" };
    case "undefined":
    case "null":
    case "boolean":
    case "number":
    case "string":
    case "bigint":
      return { kind: "primitive", name: shape.kind };
    case "nonprimitive":
      return { kind: "nonprimitive" };
    case "literal":
      return shape;
    case "builtin":
      return { kind: "builtin", name: shape.name };
    case "template":
      return { kind: "template", texts: shape.texts, slots: shape.slots.map(of) };
    case "cased":
      return { kind: "cased", casings: shape.casings, base: of(shape.base) };
    case "array":
      return { kind: "array", element: of(shape.element) };
    case "tuple":
      return {
        kind: "tuple",
        elements: shape.elements.map((element) => ({ type: of(element.shape), quantity: element.quantity })),
      };
    case "object":
      return objectCore(types, shape.properties, shape.index, scope);
    case "error":
      return {
        kind: "error",
        name: shape.name,
        properties: shape.properties.map((property) => coreProperty(types, property, scope)),
      };
    case "map":
      return { kind: "map", key: of(shape.key), value: of(shape.value) };
    case "set":
      return { kind: "set", element: of(shape.element) };
    case "union":
      return { kind: "union", members: shape.members.map(of) };
  }
}

function objectCore(
  types: Types,
  properties: readonly Property[],
  index: readonly IndexSignature[],
  scope: Scope,
): Core {
  // An own `__proto__` never crosses, so no value fits a type that requires one.
  const proto = properties.find(({ name }) => name === "__proto__");
  if (proto !== undefined && !proto.optional) return { kind: "never" };
  return {
    kind: "object",
    properties: properties
      .filter((property) => property !== proto)
      .map((property) => coreProperty(types, property, scope)),
    index: index.map(({ key, value }): CoreIndex => ({
      key:
        typeof key === "string"
          ? key
          : { texts: key.texts, slots: key.slots.map((slot) => types.of(slot, scope)) },
      type: types.of(value, scope),
    })),
  };
}

function coreProperty(types: Types, { name, shape, optional }: Property, scope: Scope): CoreProperty {
  return { name, type: types.of(shape, scope), optional };
}
