/**
 * Decides whether a shape is assignable to another, as strict TypeScript with `exactOptionalPropertyTypes` would. Pure.
 *
 * The relation is one-sided by intent: when it says yes, the compiler says yes. Where the compiler's rules lean on
 * members of built-in interfaces (`Uint8Array` to `{ length: number }`), it says no: a change is then reported as
 * breaking that is not, never the other way round.
 */
import { isObject } from "../../model/kinds.ts";
import type { BrandShape, ObjectShape, Property, Shape, TupleElement } from "../../model/shape.ts";
import { isCased } from "../../validation/casing.ts";
import { structureKey } from "../shape-key.ts";
import { expand, isInterface, type Scope } from "./scope.ts";
import { isSubTemplate, matchesTemplate } from "./template.ts";
import { areObjectsAssignable } from "./object.ts";
import { areTuplesAssignable } from "./tuple.ts";

export interface Env {
  readonly from: Scope;
  readonly to: Scope;
}

export type Relation = (from: Shape, to: Shape) => boolean;

/**
 * Whether every value of one shape may be used where the other is wanted.
 *
 * @example
 * isAssignable({ kind: "literal", type: "string", value: "a" }, { kind: "string" }, { from: scope, to: scope }); // true
 */
export function isAssignable(from: Shape, to: Shape, env: Env): boolean {
  return createRelation(env)(from, to);
}

/** How many instantiations of one pair of generic names are followed: `G<T> = { next: G<T[]> }` has no last one. */
const maxInstantiations = 4;

/** A relation that keeps what it has learnt, for many questions about the same two scopes. */
export function createRelation(env: Env): Relation {
  // Recursive types are compared coinductively: a pair that is being asked about is taken to hold. A "no" under such
  // assumptions is final; every "yes" found while the assumption stood falls with it.
  const known = new Map<string, boolean>();
  const assumed: string[] = [];
  const depth = new Map<string, number>();

  const relate: Relation = (from, to) => {
    if (from.kind === "reference" || to.kind === "reference") return relateNamed(from, to);
    return relateShapes(from, to);
  };

  function relateNamed(from: Shape, to: Shape): boolean {
    const key = `${structureKey(from)} ${structureKey(to)}`;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const names = `${nameOf(from)} ${nameOf(to)}`;
    const level = depth.get(names) ?? 0;
    if (level >= maxInstantiations && isGeneric(from, to)) return true;
    depth.set(names, level + 1);
    known.set(key, true);
    const mark = assumed.push(key);
    const result = relateBodies(from, to);
    depth.set(names, level);
    if (!result) {
      for (const fallen of assumed.splice(mark - 1)) known.delete(fallen);
      known.set(key, false);
    }
    return result;
  }

  function relateBodies(from: Shape, to: Shape): boolean {
    const source = expand(from, env.from);
    const target = expand(to, env.to);
    // An unknown name is a type of its own.
    if (source.kind === "reference" || target.kind === "reference") {
      return source.kind === target.kind && structureKey(source) === structureKey(target);
    }
    const fromInterface = isInterface(from, env.from);
    // Asked member by member under its own name, so that each answer knows the source is an interface.
    if (fromInterface && target.kind === "union")
      return target.members.some((member) => relate(from, member));
    if (fromInterface && target.kind === "intersection") {
      return target.members.every((member) => relate(from, member));
    }
    return relateShapes(source, target, fromInterface);
  }

  /** All properties of a tag, each in whichever tag of a brand of brands has it. */
  function hasTag(from: BrandShape, tag: ObjectShape): boolean {
    const tags = tagsOf(from);
    return tag.properties.every((property) =>
      tags.some((one) => relate(one, { ...tag, properties: [property] })),
    );
  }

  function relateShapes(source: Shape, target: Shape, fromInterface = false): boolean {
    const from = source.kind === "intersection" ? expand(source, env.from) : source;
    const to = target.kind === "intersection" ? expand(target, env.to) : target;
    if (to.kind === "any" || to.kind === "unknown") return true;
    if (from.kind === "never") return true;
    if (from.kind === "any") return to.kind !== "never";
    if (from.kind === "unsupported" || to.kind === "unsupported") {
      return from.kind === "unsupported" && to.kind === "unsupported" && from.type === to.type;
    }
    if (from.kind === "union") return from.members.every((member) => relate(member, to));
    if (from.kind === "boolean" && to.kind !== "boolean")
      return booleans.every((part) => relateShapes(part, to));
    if (to.kind === "union") return to.members.some((member) => relate(from, member));
    if (to.kind === "intersection") return to.members.every((member) => relate(from, member));
    if (to.kind === "brand") {
      return from.kind === "brand" && relate(from, to.base) && hasTag(from, to.tag);
    }
    if (from.kind === "brand") return relate(from.base, to);
    if (from.kind === "intersection") return from.members.some((member) => relate(member, to));
    if (from.kind === "parameter" || to.kind === "parameter") {
      if (from.kind === "parameter" && to.kind === "parameter" && from.name === to.name) return true;
      const constraint = from.kind === "parameter" ? env.from.constraints.get(from.name) : null;
      return constraint != null && relate(constraint, to);
    }
    if (from.kind === "deferred" || to.kind === "deferred") {
      if (from.kind === "deferred" && to.kind === "deferred" && from.text === to.text) {
        return relate(from.constraint, to.constraint);
      }
      return from.kind === "deferred" && relate(from.constraint, to);
    }
    if (to.kind === "nonprimitive") return isObject(from);
    if (to.kind === "object") return relateToObject(from, to, fromInterface);
    switch (from.kind) {
      case "literal":
        if (to.kind === "literal") return from.type === to.type && from.value === to.value;
        if (to.kind === "template") return from.type === "string" && matchesTemplate(from.value, to);
        if (to.kind === "cased")
          return from.type === "string" && isCased(from.value, ...to.casings) && relate(from, to.base);
        return from.type === to.kind;
      case "template":
        return to.kind === "string" || (to.kind === "template" && isSubTemplate(from, to));
      case "cased":
        if (to.kind !== "cased") return relate(from.base, to);
        return from.casings.join() === to.casings.join() && relate(from.base, to.base);
      case "undefined":
        return to.kind === "undefined" || to.kind === "void";
      case "array":
        return to.kind === "array" && (to.readonly || !from.readonly) && relate(from.element, to.element);
      case "tuple":
        if (to.kind === "array") {
          return (
            (to.readonly || !from.readonly) && from.elements.every((part) => isElement(part, to.element))
          );
        }
        return to.kind === "tuple" && areTuplesAssignable(from, to, relate);
      case "map":
        return (
          to.kind === "map" &&
          (to.readonly || !from.readonly) &&
          relate(from.key, to.key) &&
          relate(from.value, to.value)
        );
      case "set":
        return to.kind === "set" && (to.readonly || !from.readonly) && relate(from.element, to.element);
      case "builtin":
        return to.kind === "builtin" && from.name === to.name;
      case "error":
        // The compiler sees no difference between a TypeError and a RangeError; a script's `instanceof` does.
        return (
          to.kind === "error" &&
          (to.name === from.name || to.name === "Error") &&
          areObjectsAssignable(dataOf(from.properties), dataOf(to.properties), false, relate)
        );
      case "unknown":
      case "void":
      case "null":
      case "boolean":
      case "number":
      case "string":
      case "bigint":
      case "nonprimitive":
      case "object":
      case "reference":
        return from.kind === to.kind;
    }
  }

  /** An optional element of a tuple reads as `undefined` where an array is wanted. */
  function isElement(element: TupleElement, wanted: Shape): boolean {
    if (element.quantity === "optional" && !relate({ kind: "undefined" }, wanted)) return false;
    return relate(element.shape, wanted);
  }

  function relateToObject(from: Shape, to: ObjectShape, fromInterface: boolean): boolean {
    if (from.kind === "object") return areObjectsAssignable(from, to, fromInterface, relate);
    if (from.kind === "error") {
      return areObjectsAssignable(dataOf([...errorProperties, ...from.properties]), to, true, relate);
    }
    if (to.index.length > 0) return false;
    // The compiler lets an `object` be any object without required properties; a list or a `Map` in its place is none.
    if (from.kind === "nonprimitive") return false;
    const nullish = from.kind === "null" || from.kind === "undefined" || from.kind === "void";
    return to.properties.length === 0 && !nullish && from.kind !== "unknown";
  }

  function isGeneric(from: Shape, to: Shape): boolean {
    return [from, to].some((shape) => shape.kind === "reference" && shape.typeArguments.length > 0);
  }

  return relate;
}

const booleans: readonly Shape[] = [
  { kind: "literal", type: "boolean", value: true },
  { kind: "literal", type: "boolean", value: false },
];

const plain = (name: string, shape: Shape, optional: boolean): Property => ({
  name,
  shape,
  optional,
  readonly: false,
});

const errorProperties: readonly Property[] = [
  plain("name", { kind: "string" }, false),
  plain("message", { kind: "string" }, false),
  plain("stack", { kind: "string" }, true),
  plain("cause", { kind: "unknown" }, true),
];

/** The own data of an error, as an object. */
export const dataOf = (properties: readonly Property[]): ObjectShape => ({
  kind: "object",
  properties,
  index: [],
});

/** Of a brand around others, the tags of all of them. */
function tagsOf({ base, tag }: BrandShape): readonly ObjectShape[] {
  return base.kind === "brand" ? [...tagsOf(base), tag] : [tag];
}

const nameOf = (shape: Shape): string => (shape.kind === "reference" ? shape.name : shape.kind);
