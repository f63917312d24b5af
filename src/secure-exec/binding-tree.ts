/**
 * Turns a registry into the tree of functions that the real secure-exec package takes. What its transport loses (anything JSON cannot
 * hold, concurrency, error classes) stays lost; arguments are still validated, and results are
 * what their types declare.
 */
import type { BindingFunction, BindingTree, Registry, RegistryLeaf } from "../model/registry.ts";
import { receive, sendMessage } from "../runtime/host/crossing.ts";
import { declaredResult } from "../runtime/host/declared-result.ts";
import { returnsNothing } from "../runtime/host/leaves.ts";
import { refuseArgumentsOrThrow } from "../runtime/host/validate.ts";

/**
 * The tree of a registry's functions, each validating its arguments.
 *
 * @example
 * new NodeExecutionDriver({ system, runtime: system.runtime, bindings: toBindingTree(registry) });
 */
export function toBindingTree(registry: Registry): BindingTree {
  const tree: Record<string, unknown> = {};
  for (const path of registry.namespaces) place(tree, path, () => ({}));
  for (const leaf of registry.leaves) place(tree, leaf.path, () => toFunction(leaf, registry));
  for (const { path, message } of registry.excluded ?? []) {
    place(tree, path, () => () => {
      throw Object.assign(new TypeError(message), { code: "ERR_BINDING_PROFILE" });
    });
  }
  return tree as BindingTree;
}

/** secure-exec takes a function for asynchronous only when it is written as one. */
function toFunction(leaf: RegistryLeaf, registry: Registry): BindingFunction {
  const call = (args: unknown[]): unknown => {
    refuseArgumentsOrThrow(leaf, args, registry);
    return Reflect.apply(leaf.call, undefined, args);
  };
  const isSilent = returnsNothing(leaf);
  const declared = (value: unknown): unknown => {
    if (isSilent) return undefined;
    const plan = declaredResult(value, leaf, registry);
    if (plan === undefined || value === null) return value;
    const sent = sendMessage(value, Number.MAX_SAFE_INTEGER, leaf.name, "result", plan);
    const copy = sent.ok ? receive(sent.value, Infinity, leaf.name, "result") : sent;
    if (copy.ok) return copy.value;
    const { message, code, data } = copy.refusal;
    throw Object.assign(new TypeError(message), { code }, data);
  };
  if (leaf.mode === "sync") return (...args: unknown[]) => declared(call(args));
  return async (...args: unknown[]) => declared(await call(args));
}

function place(tree: Record<string, unknown>, path: readonly string[], make: () => unknown): void {
  const name = path.at(-1);
  if (name === undefined) return; // The root's own path.
  let at = tree;
  for (const step of path.slice(0, -1)) {
    at[step] ??= {};
    at = at[step] as Record<string, unknown>;
  }
  at[name] ??= make();
}
