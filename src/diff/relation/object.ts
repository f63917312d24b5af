/**
 * Decides whether an object is assignable to another: properties, index signatures, and the compiler's check of "weak" types. Pure; the
 * question about the parts is asked of the relation it is given.
 */
import type { IndexSignature, ObjectShape, Property, Shape } from "../../model/shape.ts";
import type { Relation } from "./assignable.ts";
import { matchesTemplate } from "./template.ts";
import { structureKey } from "../shape-key.ts";

/** `fromInterface`: a type named by an interface has no implicit index signature. */
export function areObjectsAssignable(
  from: ObjectShape,
  to: ObjectShape,
  fromInterface: boolean,
  relate: Relation,
): boolean {
  const given = new Map(from.properties.map((property) => [property.name, property]));
  const wanted = to.properties.every((property) => {
    const other = given.get(property.name);
    // A string index never proves that a property is there, and one that lies about an optional property is refused.
    if (!other) return property.optional && from.index.every((entry) => relate(entry.value, property.shape));
    if (other.optional && !property.optional) return false;
    return relate(other.shape, property.shape);
  });
  return (
    wanted && !isStranger(from, to) && to.index.every((entry) => hasIndex(from, entry, fromInterface, relate))
  );
}

/** A type of optional properties only takes no object that shares none of them: it would be a misspelling. */
function isStranger(from: ObjectShape, to: ObjectShape): boolean {
  if (to.index.length > 0 || to.properties.length === 0) return false;
  if (to.properties.some((property) => !property.optional)) return false;
  const names = new Set(to.properties.map((property) => property.name));
  const some = from.properties.length > 0 || from.index.length > 0;
  return some && !from.properties.some((property) => names.has(property.name));
}

function hasIndex(
  from: ObjectShape,
  wanted: IndexSignature,
  fromInterface: boolean,
  relate: Relation,
): boolean {
  if (wanted.key === "string" && wanted.value.kind === "any") return true;
  const own = from.index.find((entry) => covers(entry.key, wanted.key));
  if (own) return relate(own.value, wanted.value);
  if (fromInterface) return false;
  const fits = (shape: Shape): boolean => relate(shape, wanted.value);
  return (
    from.properties
      .filter((property) => isKey(property, wanted.key))
      .every((property) => fits(property.shape)) && from.index.every((entry) => fits(entry.value))
  );
}

function covers(own: IndexSignature["key"], wanted: IndexSignature["key"]): boolean {
  return own === "string" || structureKey(own) === structureKey(wanted);
}

function isKey(property: Property, key: IndexSignature["key"]): boolean {
  if (key === "string") return true;
  if (key === "number") return String(Number(property.name)) === property.name;
  return matchesTemplate(property.name, key);
}
