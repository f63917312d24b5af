/**
 * Compares two objects: properties by name, index signatures by key.
 */
import { isIdentifier } from "../../model/names.ts";
import type { IndexSignature, ObjectShape, Property, Shape } from "../../model/shape.ts";
import { unionOf } from "../relation/scope.ts";
import { below, type Comparison, type Spot } from "./comparison.ts";
import { structureKey } from "../shape-key.ts";

export function compareObjects(
  comparison: Comparison,
  before: ObjectShape,
  after: ObjectShape,
  spot: Spot,
): void {
  const now = new Map(after.properties.map((property) => [property.name, property]));
  const old = new Set(before.properties.map((property) => property.name));
  for (const property of before.properties) {
    const other = now.get(property.name);
    if (other) compareProperties(comparison, property, other, spot);
    else compareGone(comparison, property, after, spot);
  }
  for (const property of after.properties) {
    if (!old.has(property.name)) reportAdded(comparison, property, spot);
  }
  compareIndexes(comparison, before, after, spot);
}

function compareProperties(comparison: Comparison, before: Property, after: Property, spot: Spot): void {
  const place = at(spot, before);
  const name = before.name;
  if (before.optional !== after.optional) {
    const suffix = after.optional ? "property-made-optional" : "property-made-required";
    comparison.report(suffix, place, before.shape, after.shape, name);
  }
  if (before.readonly !== after.readonly) {
    const suffix = after.readonly ? "property-readonly-added" : "property-readonly-removed";
    comparison.report(suffix, place, before.shape, after.shape, name);
  }
  const old = splitUndefined(comparison.expandBefore(before.shape), before.shape);
  const now = splitUndefined(comparison.expandAfter(after.shape), after.shape);
  if (old.undefined !== now.undefined && old.rest !== null && now.rest !== null) {
    const suffix = now.undefined ? "property-undefined-added" : "property-undefined-removed";
    comparison.report(suffix, place, before.shape, after.shape, name);
    comparison.compare(old.rest, now.rest, place);
  } else comparison.compare(before.shape, after.shape, place);
}

/** `string | undefined` → `string` and "with undefined"; a shape that is nothing but undefined has no rest. */
function splitUndefined(expanded: Shape, shape: Shape): { rest: Shape | null; undefined: boolean } {
  if (expanded.kind === "undefined") return { rest: null, undefined: true };
  if (expanded.kind !== "union") return { rest: shape, undefined: false };
  const rest = expanded.members.filter((member) => member.kind !== "undefined");
  if (rest.length === expanded.members.length) return { rest: shape, undefined: false };
  return { rest: unionOf(rest), undefined: true };
}

function compareGone(comparison: Comparison, property: Property, after: ObjectShape, spot: Spot): void {
  const place = at(spot, property);
  // `{ a: string }` became `Record<string, string>`: an argument still fits, a result's property may be missing.
  const index = after.index.find((entry) => entry.key === "string");
  if (comparison.position === "argument" && index)
    return comparison.compare(property.shape, index.value, place);
  comparison.report("property-removed", place, property.shape, null, property.name);
}

function reportAdded(comparison: Comparison, property: Property, spot: Spot): void {
  const place = at(spot, property);
  const kind =
    comparison.position === "result"
      ? "result-property-added"
      : property.optional
        ? "argument-property-optional-added"
        : "argument-property-required-added";
  comparison.reportKind(kind, place, null, property.shape, property.name);
}

function compareIndexes(comparison: Comparison, before: ObjectShape, after: ObjectShape, spot: Spot): void {
  const keyOf = (entry: IndexSignature): string => structureKey(entry.key);
  const asObject = (entry: IndexSignature): ObjectShape => ({
    kind: "object",
    properties: [],
    index: [entry],
  });
  for (const entry of before.index) {
    const other = after.index.find((candidate) => keyOf(candidate) === keyOf(entry));
    if (!other) {
      comparison.report("index-signature-removed", spot, asObject(entry), null);
      continue;
    }
    const place = below(spot, "[key]");
    if (entry.readonly !== other.readonly) {
      const suffix = other.readonly ? "property-readonly-added" : "property-readonly-removed";
      comparison.report(suffix, place, entry.value, other.value, "[key]");
    }
    comparison.compare(entry.value, other.value, place);
  }
  for (const entry of after.index) {
    const isNew = !before.index.some((candidate) => keyOf(candidate) === keyOf(entry));
    if (isNew) comparison.report("index-signature-added", spot, null, asObject(entry));
  }
}

function at(spot: Spot, property: Property): Spot {
  return below(
    spot,
    isIdentifier(property.name) ? `.${property.name}` : `[${JSON.stringify(property.name)}]`,
  );
}
