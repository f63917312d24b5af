/**
 * Where the leaves that a profile lacks stand in its tree: in a namespace that it has, or in one that is gone with its
 * last leaf and is shown as empty but for them.
 */
import { emptyDoc, type Namespace } from "../../model/contract.ts";
import type { ExcludedLeaf } from "../../model/profile.ts";

export interface Excluded {
  /** Directly in the namespace. */
  readonly leaves: readonly ExcludedLeaf[];
  /** Namespaces that hold nothing but excluded leaves, without members. */
  readonly namespaces: readonly Namespace[];
}

export function excludedIn(
  { path, members, source }: Namespace,
  excluded: readonly ExcludedLeaf[],
): Excluded {
  const depth = path.length;
  const below = excluded.filter((leaf) => path.every((name, at) => leaf.path[at] === name));
  const present = new Set(members.map(({ name }) => name));
  const inner = below.filter((leaf) => leaf.path.length > depth + 1).map((leaf) => leaf.path[depth] ?? "");
  return {
    leaves: below.filter((leaf) => leaf.path.length === depth + 1),
    namespaces: [...new Set(inner)]
      .filter((name) => !present.has(name))
      .map((name) => ({
        kind: "namespace",
        name,
        path: [...path, name],
        doc: emptyDoc,
        members: [],
        source,
      })),
  };
}
