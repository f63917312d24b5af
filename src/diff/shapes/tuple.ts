/**
 * Compares two tuples, element by element. Tuples with elements behind a rest are left to assignability.
 */
import type { TupleElement, TupleShape } from "../../model/shape.ts";
import { below, type Comparison, type Spot } from "./comparison.ts";
import { compareWhole } from "./whole.ts";

export function compareTuples(
  comparison: Comparison,
  before: TupleShape,
  after: TupleShape,
  spot: Spot,
): void {
  if (hasTail(before) || hasTail(after)) return compareWhole(comparison, before, after, spot);
  const length = Math.max(before.elements.length, after.elements.length);
  for (let index = 0; index < length; index += 1) {
    compareElements(comparison, before.elements[index], after.elements[index], below(spot, `[${index}]`));
  }
}

function compareElements(
  comparison: Comparison,
  before: TupleElement | undefined,
  after: TupleElement | undefined,
  spot: Spot,
): void {
  if (before === undefined && after !== undefined) {
    // A tuple of a result has its length in its type; an argument may leave an optional element out.
    const isFree = comparison.position === "argument" && after.quantity !== "one";
    if (isFree) comparison.reportKind("argument-element-optional-added", spot, null, after.shape);
    else comparison.report("element-added", spot, null, after.shape);
  } else if (before !== undefined && after === undefined) {
    comparison.report("element-removed", spot, before.shape, null);
  } else if (before !== undefined && after !== undefined) {
    if (before.quantity === "rest" && after.quantity !== "rest") {
      comparison.report("element-removed", spot, before.shape, null);
    } else if (before.quantity !== "rest" && after.quantity === "rest") {
      comparison.report("element-made-optional", spot, before.shape, after.shape);
    } else if (before.quantity !== after.quantity) {
      const suffix = after.quantity === "optional" ? "element-made-optional" : "element-made-required";
      comparison.report(suffix, spot, before.shape, after.shape);
    }
    if (before.label !== after.label && before.label !== null && after.label !== null) {
      comparison.reportKind("element-renamed", spot, null, null, `${before.label} → ${after.label}`);
    }
    comparison.compare(before.shape, after.shape, spot);
  }
}

function hasTail(tuple: TupleShape): boolean {
  const rest = tuple.elements.findIndex((element) => element.quantity === "rest");
  return rest >= 0 && rest < tuple.elements.length - 1;
}
