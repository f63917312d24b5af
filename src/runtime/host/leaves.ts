/**
 * Makes what both sides of a run are told about the leaves of a registry: the guest gets names and byte limits, the host run
 * gets everything. The position in the list is the leaf's id on the wire.
 */
import type { Registry, RegistryLeaf } from "../../model/registry.ts";
import { remembered } from "../../model/remembered.ts";
import { limitsOf, type LimitsOf } from "../limits.ts";
import type { GuestLeaf, GuestSetup } from "../seam.ts";

/** The setup of an isolate for this registry. */
export function guestSetup(registry: Registry, limits: LimitsOf<"guest">): GuestSetup {
  return {
    leaves: registry.leaves.map((leaf): GuestLeaf => ({
      path: leaf.path,
      mode: leaf.mode,
      maxPayloadBytes: payloadLimit(leaf, limits.payloadBytes),
    })),
    namespaces: registry.namespaces,
    ...(registry.excluded !== undefined && { excluded: registry.excluded }),
    limits: limitsOf("guest", limits),
  };
}

/** Bytes one crossing of this leaf may have: the smaller of the run's limit and `@maxPayload`. */
export function payloadLimit(leaf: RegistryLeaf, payloadBytes: number): number {
  return Math.min(payloadBytes, leaf.policy.maxPayloadBytes ?? payloadBytes);
}

/**
 * True when every signature declares `void`. TypeScript lets such a function return anything, and authors do
 * (`set: (key, value) => void cache.set(…)` without the `void`); the script is promised nothing, so nothing crosses.
 */
export function returnsNothing(leaf: RegistryLeaf): boolean {
  const signatures = leaf.contract?.signatures;
  if (signatures === undefined) return false;
  for (const { result } of signatures) if (result.kind !== "void") return false;
  return signatures.length > 0;
}

/** What runs ask of leaves, by their numbers. */
export interface Leaves {
  readonly leaves: readonly RegistryLeaf[];
  /** Whether a leaf returns nothing. */
  readonly silent: readonly boolean[];
}

const known = new WeakMap<Registry, Leaves>();

/** The same for all runs of a registry, which never changes. */
export function leavesOf(registry: Registry): Leaves {
  return remembered(known, registry, () => {
    // A copy, because V8 reads a frozen array several times slower, and every call reads this one.
    const leaves = registry.leaves.slice();
    return { leaves, silent: leaves.map(returnsNothing) };
  });
}
