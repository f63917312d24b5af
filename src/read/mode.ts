/**
 * Tells whether a leaf answers at once, with a promise, or either way, and what the answer is once every promise around it
 * has settled.
 *
 * `Promise<Promise<T>>` -> async `T`; `T | Promise<T>` -> maybe `T`
 */
import type { Mode } from "../model/contract.ts";
import type { Shape } from "../model/shape.ts";
import type { Frontend, TypeUse } from "./frontend/frontend.ts";
import { lower, type Lowering, type Scope } from "./lowering.ts";
import { canonicalUnion } from "./shape/union.ts";

/** Promises of promises; more is a type that resolves to itself. */
const maxNesting = 16;

export function lowerResult(
  lowering: Lowering,
  result: TypeUse,
  scope: Scope,
): { mode: Mode; result: Shape } {
  const { frontend } = lowering;
  const settled = settle(frontend, result);
  if (settled) return { mode: "async", result: lowerSettled(lowering, settled, scope) };
  const view = frontend.view(result);
  const members = view.kind === "union" ? view.members : [];
  const promises = members.map(({ use }) => settle(frontend, use));
  if (promises.every((promise) => promise === null))
    return { mode: "sync", result: lower(lowering, result, scope) };
  const parts = members.map(({ use, order }, at) => ({
    shape: lower(lowering, promises[at] ?? use, scope),
    order,
  }));
  return {
    mode: promises.includes(null) ? "maybe" : "async",
    result: canonicalUnion(parts, lowering.declarations.drafts),
  };
}

/** A promise may settle with a union of which some members are promises again. */
function lowerSettled(lowering: Lowering, settled: TypeUse, scope: Scope): Shape {
  const view = lowering.frontend.view(settled);
  const hasPromise = view.kind === "union" && view.members.some(({ use }) => settle(lowering.frontend, use));
  return hasPromise ? lowerResult(lowering, settled, scope).result : lower(lowering, settled, scope);
}

/** What is inside all promises around a type; `null` when the type is no promise. */
function settle(frontend: Frontend, use: TypeUse): TypeUse | null {
  let inner = frontend.settled(use);
  for (let nesting = 0; inner && nesting < maxNesting; nesting++) {
    const next = frontend.settled(inner);
    if (!next) break;
    inner = next;
  }
  return inner;
}
