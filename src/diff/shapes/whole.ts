/**
 * Compares two shapes that have no structure in common: assignability alone says whether one holds the other.
 */
import type { Shape } from "../../model/shape.ts";
import type { Comparison, Spot } from "./comparison.ts";

/** Two shapes without common structure: does one hold the other? */
export function compareWhole(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  if (before.kind === "any" || after.kind === "any") return compareAny(comparison, before, after, spot);
  const safe = comparison.isSafe(before, after);
  const back = comparison.isSafeBackwards(before, after);
  if (safe && back) return;
  const isArgument = comparison.position === "argument";
  if (before.kind === "builtin" && after.kind === "builtin")
    comparison.report("builtin-changed", spot, before, after);
  // An array that became a tuple fits, but its length is a type now: `rows[5]` no longer compiles.
  else if (!isArgument && before.kind === "array" && after.kind === "tuple") {
    comparison.report("type-changed", spot, before, after);
  } else if (safe)
    comparison.reportKind(isArgument ? "argument-widened" : "result-narrowed", spot, before, after);
  else if (back)
    comparison.reportKind(isArgument ? "argument-narrowed" : "result-widened", spot, before, after);
  else comparison.report("type-changed", spot, before, after);
}

/** `any` is assignable both ways, so assignability cannot tell what has changed: `any` promised and took everything. */
function compareAny(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  if (before.kind === after.kind) return;
  const isArgument = comparison.position === "argument";
  if (after.kind === "any") {
    comparison.reportKind(isArgument ? "argument-widened" : "result-widened", spot, before, after);
  } else if (!isArgument) comparison.reportKind("result-any-replaced", spot, before, after);
  else if (after.kind !== "unknown") comparison.reportKind("argument-narrowed", spot, before, after);
}
