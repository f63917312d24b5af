/**
 * Compares the profiles that leaves belong to. A leaf that leaves one is gone for the scripts of that profile, though the
 * whole contract still has it.
 */
import type { Contract, Leaf } from "../model/contract.ts";
import { memberships, type Membership } from "../model/profile.ts";
import type { Finding } from "./change.ts";

/** `leaves`: those to compare, before and after. */
export function compareProfiles(
  before: Contract,
  after: Contract,
  leaves: readonly (readonly [Leaf, Leaf])[],
): Finding[] {
  // In the part of one profile a leaf is there or not, and that is found by its name.
  if (before.profile !== undefined || after.profile !== undefined) return [];
  const old = memberships(before.root);
  const now = memberships(after.root);
  return leaves.flatMap(([oldLeaf, leaf]): Finding[] => {
    const [was, is] = [old.get(oldLeaf) ?? null, now.get(leaf) ?? null];
    if (textOf(was) === textOf(is)) return [];
    const hasLeft = is !== null && (was === null || was.some((name) => !is.includes(name)));
    const kind = hasLeft ? "profile-narrowed" : "profile-widened";
    return [{ kind, path: leaf.path, where: "@profile", before: textOf(was), after: textOf(is) }];
  });
}

function textOf(membership: Membership): string {
  return membership === null ? "every profile" : membership.join(", ");
}
