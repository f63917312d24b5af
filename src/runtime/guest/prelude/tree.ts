/**
 * Makes the frozen namespaces of `SecureExec.bindings`, with a leaf at each end. Self-contained: part of the prelude.
 */
import type { GuestExcluded } from "../../seam.ts";
import type { Bindings } from "./bindings.ts";
import type { Primordials } from "../../crossing/primordials.ts";

/** A leaf in few words, because a setup crosses into every isolate. */
export type TreeLeaf = readonly [path: readonly string[], isAsync: 0 | 1, maxBytes: number, length: number];

export interface Tree {
  readonly leaves: readonly TreeLeaf[];
  readonly namespaces: readonly (readonly string[])[];
  readonly excluded: readonly GuestExcluded[];
}

/** Namespaces have no prototype: what a guest reads of them is what the definition put there. */
interface Namespace {
  [key: string]: unknown;
}

export function buildTree(
  p: Primordials,
  bindings: Bindings,
  { leaves, namespaces, excluded }: Tree,
): object {
  const root = p.create(null) as Namespace;
  const made = p.list<Namespace>();
  made[0] = root;

  /** The namespace at the first `length` steps of a path, made when it is not there yet. */
  function namespaceAt(path: readonly string[], length: number): Namespace {
    let node = root;
    for (let i = 0; i < length; i++) {
      const key = path[i] as string;
      let next = node[key] as Namespace | undefined;
      if (next === undefined) {
        next = p.create(null) as Namespace;
        node[key] = next;
        made[made.length] = next;
      }
      node = next;
    }
    return node;
  }

  for (let i = 0; i < namespaces.length; i++) {
    const path = namespaces[i] as readonly string[];
    namespaceAt(path, path.length);
  }
  for (let i = 0; i < leaves.length; i++) {
    const leaf = leaves[i] as TreeLeaf;
    const path = leaf[0];
    const length = leaf[3];
    const last = path.length - 1;
    const key = path[last] as string;
    let name = "";
    for (let j = 0; j < last; j++) name += `${path[j] as string}.`;
    name += key;
    const made = (leaf[1] ? bindings.asyncLeaf : bindings.syncLeaf)(key, name, i, leaf[2]);
    // A function of rest parameters has length 0 by itself.
    if (length > 0) p.fix(made, "length", length);
    namespaceAt(path, last)[key] = p.freeze(made);
  }
  for (let i = 0; i < excluded.length; i++) {
    const leaf = excluded[i] as GuestExcluded;
    const last = leaf.path.length - 1;
    const key = leaf.path[last] as string;
    namespaceAt(leaf.path, last)[key] = p.freeze(bindings.excludedLeaf(key, leaf));
  }
  for (let i = 0; i < made.length; i++) p.freeze(made[i]);
  return root;
}
