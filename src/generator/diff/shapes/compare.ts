/**
 * Compares one argument or result before and after a change, part by part, and says for each part what it means
 * for scripts. Where the structure gives no better word, assignability decides.
 */
import type { Shape } from "../../../contract/shape.ts";
import type { Finding } from "../change.ts";
import { kinds } from "../kinds.ts";
import type { Scope } from "../relation/scope.ts";
import { structureKey } from "../shape-key.ts";
import { below, type Comparison, createComparison, type Position, type Spot } from "./comparison.ts";
import { compareObjects } from "./object.ts";
import { compareTuples } from "./tuple.ts";
import { compareUnions } from "./union.ts";
import { compareWhole } from "./whole.ts";

export interface Use {
  readonly position: Position;
  readonly path: readonly string[];
  /** `argument sql`, `result`. */
  readonly where: string;
  readonly before: Scope;
  readonly after: Scope;
}

export function compareShapes(before: Shape, after: Shape, use: Use): Finding[] {
  const found: Finding[] = [];
  const comparison = createComparison(use.position, use.path, use.before, use.after, found, createWalk());
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
  if (before.kind === "object" && after.kind === "object")
    return compareObjects(comparison, before, after, spot);
  if (before.kind === "array" && after.kind === "array") {
    compareReadonly(comparison, before, after, spot);
    return comparison.compare(before.element, after.element, below(spot, "[]"));
  }
  if (before.kind === "set" && after.kind === "set") {
    compareReadonly(comparison, before, after, spot);
    return comparison.compare(before.element, after.element, below(spot, ".values()"));
  }
  if (before.kind === "map" && after.kind === "map") {
    compareReadonly(comparison, before, after, spot);
    comparison.compare(before.key, after.key, below(spot, ".keys()"));
    return comparison.compare(before.value, after.value, below(spot, ".values()"));
  }
  if (before.kind === "tuple" && after.kind === "tuple") {
    compareReadonly(comparison, before, after, spot);
    return compareTuples(comparison, before, after, spot);
  }
  if (before.kind === "error" && after.kind === "error" && before.name === after.name) {
    const data = (properties: typeof before.properties) => ({
      kind: "object" as const,
      properties,
      index: [],
    });
    return compareObjects(comparison, data(before.properties), data(after.properties), spot);
  }
  if (before.kind === "deferred" && after.kind === "deferred" && before.text === after.text) {
    return comparison.compare(before.constraint, after.constraint, spot);
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

function compareReadonly<S extends Shape & { readonly readonly: boolean }>(
  comparison: Comparison,
  before: S,
  after: S,
  spot: Spot,
): void {
  if (before.readonly === after.readonly) return;
  comparison.report(after.readonly ? "readonly-added" : "readonly-removed", spot, before, after);
}
