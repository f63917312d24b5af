/**
 * Compares one argument or result before and after a change, part by part, and says for each part what it means
 * for scripts. Where the structure gives no better word, assignability decides.
 */
import type { Indirect, Keyword, Shape } from "../../model/shape.ts";
import type { Finding } from "../change.ts";
import { kinds } from "../kinds.ts";
import { dataOf } from "../relation/assignable.ts";
import { structureKey } from "../shape-key.ts";
import { below, type Comparison, createComparison, type Spot, type Use } from "./comparison.ts";
import { compareObjects } from "./object.ts";
import { compareTuples } from "./tuple.ts";
import { compareUnions } from "./union.ts";
import { compareWhole } from "./whole.ts";

export function compareShapes(before: Shape, after: Shape, use: Use): Finding[] {
  const found: Finding[] = [];
  const comparison = createComparison(use, found, createWalk());
  const spot = { where: use.where, root: null };
  comparison.compare(before, after, spot);
  // The last word is assignability's: what no rule above explained is still breaking.
  const isExplained = found.some((finding) => kinds[finding.kind].class === "breaking");
  if (!isExplained && !comparison.isSafe(before, after))
    comparison.report("type-changed", spot, before, after);
  return found;
}

/** Instantiations of recursive generics are endless; nobody writes data by hand that is deeper than this. */
const maxDepth = 40;

/** Each pair of named types is followed once per use: a recursive type would never end, a repeated one says it twice. */
function createWalk(): (comparison: Comparison, before: Shape, after: Shape, spot: Spot) => void {
  const visited = new Set<string>();
  let depth = 0;
  return (comparison, before, after, spot) => {
    let { root } = spot;
    if (before.kind === "reference" || after.kind === "reference") {
      const key = structureKey([before, after]);
      if (visited.has(key) || depth >= maxDepth) return;
      visited.add(key);
      if (before.kind === "reference" && after.kind === "reference") root = after.name;
    }
    depth += 1;
    compareExpanded(comparison, comparison.expandBefore(before), comparison.expandAfter(after), {
      where: spot.where,
      root,
    });
    depth -= 1;
  };
}

function compareExpanded(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  if (before.kind === "union" || after.kind === "union")
    return compareUnions(comparison, before, after, spot);
  if (before.kind === "brand" || after.kind === "brand")
    return compareBrands(comparison, before, after, spot);
  if ("readonly" in before && "readonly" in after && before.kind === after.kind) {
    const kind = after.readonly ? "readonly-added" : "readonly-removed";
    if (before.readonly !== after.readonly) comparison.report(kind, spot, before, after);
  }
  switch (before.kind) {
    case "object":
      if (after.kind === "object") return compareObjects(comparison, before, after, spot);
      break;
    case "array":
      if (after.kind === "array") return comparison.compare(before.element, after.element, below(spot, "[]"));
      break;
    case "set":
      if (after.kind !== "set") break;
      return comparison.compare(before.element, after.element, below(spot, ".values()"));
    case "map":
      if (after.kind !== "map") break;
      comparison.compare(before.key, after.key, below(spot, ".keys()"));
      return comparison.compare(before.value, after.value, below(spot, ".values()"));
    case "tuple":
      if (after.kind === "tuple") return compareTuples(comparison, before, after, spot);
      break;
    case "error":
      if (after.kind !== "error" || before.name !== after.name) break;
      return compareObjects(comparison, dataOf(before.properties), dataOf(after.properties), spot);
    case "deferred":
      if (after.kind !== "deferred" || before.text !== after.text) break;
      return comparison.compare(before.constraint, after.constraint, spot);
    default:
      before.kind satisfies
        Keyword | "literal" | "template" | "cased" | "builtin" | "unsupported" | "intersection" | Indirect;
  }
  compareWhole(comparison, before, after, spot);
}

function compareBrands(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  if (before.kind === "brand" && after.kind === "brand") {
    const isSame =
      comparison.isSafe(before.tag, after.tag) && comparison.isSafeBackwards(before.tag, after.tag);
    if (!isSame) return comparison.report("type-changed", spot, before, after);
    return comparison.compare(before.base, after.base, spot);
  }
  if (
    after.kind === "brand" &&
    comparison.isSafeBackwards(before, after.base) &&
    comparison.isSafe(before, after.base)
  ) {
    return comparison.report("brand-added", spot, before, after);
  }
  if (
    before.kind === "brand" &&
    comparison.isSafeBackwards(before.base, after) &&
    comparison.isSafe(before.base, after)
  ) {
    return comparison.report("brand-removed", spot, before, after);
  }
  compareWhole(comparison, before, after, spot);
}
