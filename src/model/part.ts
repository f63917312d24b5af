/**
 * Takes a part of a contract: the leaves somebody may call or is shown, and the types that these mention.
 *
 * ```
 * { db: { query, drop }, mail: { send } }, kept: db.query  →  { db: { query } }
 * ```
 */
import type { Contract, Leaf, Namespace, TreeNode } from "./contract.ts";
import { reachableDeclarations } from "./reach.ts";
import { contractShapesOf, walkLeaves } from "./walk.ts";

/** The contract with the leaves that `isKept` says. A type that only others mention says what they do, so it goes with them. */
export function partOf(contract: Contract, isKept: (leaf: Leaf) => boolean): Contract {
  const root = withLeaves(contract.root, isKept);
  const byName = new Map(contract.declarations.map((declaration) => [declaration.name, declaration]));
  const reached = reachableDeclarations(contractShapesOf({ ...contract, root }), byName);
  return {
    ...contract,
    root,
    declarations: contract.declarations.filter((declaration) => reached.has(declaration.name)),
  };
}

/** A namespace that lost its last leaf goes with it; one that was empty from the start is the author's wish. */
function withLeaves(namespace: Namespace, isKept: (leaf: Leaf) => boolean): Namespace {
  const members = namespace.members.flatMap((member): TreeNode[] => {
    if (member.kind === "leaf") return isKept(member) ? [member] : [];
    if (member.kind !== "namespace") return [member];
    const leaves = [...walkLeaves(member)];
    return leaves.length > 0 && !leaves.some(isKept) ? [] : [withLeaves(member, isKept)];
  });
  return { ...namespace, members };
}
