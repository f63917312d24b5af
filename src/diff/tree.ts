/**
 * Matches the two trees: which leaves and namespaces are the same, new, gone, renamed or moved.
 */
import type { Contract, Leaf, Namespace, Signature } from "../model/contract.ts";
import { walkLeaves, walkNamespaces } from "../model/walk.ts";
import type { Finding } from "./change.ts";
import { structureKey } from "./shape-key.ts";
import { signatureText } from "./shape-text.ts";

export interface TreeMatch {
  /** Leaves to compare, before and after; a renamed leaf is among them. */
  readonly leaves: readonly (readonly [Leaf, Leaf])[];
  readonly namespaces: readonly (readonly [Namespace, Namespace])[];
  readonly findings: readonly Finding[];
}

export function matchTrees(before: Contract, after: Contract): TreeMatch {
  const old = index(walkLeaves(before.root));
  const now = index(walkLeaves(after.root));
  const oldSpaces = index(walkNamespaces(before.root));
  const nowSpaces = index(walkNamespaces(after.root));
  const gone = [...old.values()].filter((leaf) => !now.has(nameOf(leaf)));
  const added = [...now.values()].filter((leaf) => !old.has(nameOf(leaf)));
  const findings: Finding[] = [];
  const leaves: [Leaf, Leaf][] = [];
  for (const leaf of gone) {
    // A leaf in the place of a namespace is that, not the leaf that was in the namespace.
    const free = added.filter((candidate) => !oldSpaces.has(nameOf(candidate)));
    const twin = twinOf(leaf, gone, free);
    if (nowSpaces.has(nameOf(leaf))) findings.push({ kind: "leaf-to-namespace", path: leaf.path, where: "" });
    else if (twin) {
      added.splice(added.indexOf(twin), 1);
      leaves.push([leaf, twin]);
      const isRename = leaf.path.slice(0, -1).join(".") === twin.path.slice(0, -1).join(".");
      const kind = isRename ? "leaf-renamed" : "leaf-moved";
      findings.push({ kind, path: leaf.path, where: "", before: nameOf(leaf), after: nameOf(twin) });
    } else findings.push({ kind: "leaf-removed", path: leaf.path, where: "", before: textOf(leaf) });
  }
  for (const leaf of added) {
    const kind = oldSpaces.has(nameOf(leaf)) ? "namespace-to-leaf" : "leaf-added";
    findings.push({ kind, path: leaf.path, where: "", after: textOf(leaf) });
  }
  const namespaces: [Namespace, Namespace][] = [];
  for (const [name, space] of oldSpaces) {
    const other = nowSpaces.get(name);
    if (!other) {
      if (!now.has(name)) findings.push({ kind: "namespace-removed", path: space.path, where: "" });
      continue;
    }
    namespaces.push([space, other]);
    findings.push(...compareOrder(space, other));
  }
  for (const [name, space] of nowSpaces) {
    if (!oldSpaces.has(name) && !old.has(name)) {
      findings.push({ kind: "namespace-added", path: space.path, where: "" });
    }
  }
  for (const [name, leaf] of old) {
    const other = now.get(name);
    if (other) leaves.push([leaf, other]);
  }
  return { leaves, namespaces, findings };
}

const nameOf = (node: Leaf | Namespace): string => node.path.join(".");

const index = <N extends Leaf | Namespace>(nodes: Iterable<N>): Map<string, N> =>
  new Map([...nodes].map((node) => [nameOf(node), node]));

const textOf = (leaf: Leaf): string => leaf.signatures.map(signatureText).join(" & ");

/**
 * The one new leaf that must be this one under another name. With several of the same signature, the one with the same
 * last name (moved); else it cannot be known, and both are reported: one gone, one new.
 */
function twinOf(leaf: Leaf, gone: readonly Leaf[], added: readonly Leaf[]): Leaf | null {
  const signature = signatureKey(leaf);
  const twins = added.filter((candidate) => signatureKey(candidate) === signature);
  const rivals = gone.filter((candidate) => signatureKey(candidate) === signature);
  const namesake = twins.filter((candidate) => candidate.name === leaf.name);
  if (namesake.length === 1) return namesake[0] ?? null;
  return twins.length === 1 && rivals.length === 1 ? (twins[0] ?? null) : null;
}

/** Structure without parameter names, documentation and places. */
function signatureKey(leaf: Leaf): string {
  const plain = (signature: Signature): unknown => [
    signature.typeParameters,
    signature.parameters.map((parameter) => [parameter.shape, parameter.quantity]),
    signature.result,
    signature.mode,
  ];
  return structureKey(leaf.signatures.map(plain));
}

function compareOrder(before: Namespace, after: Namespace): Finding[] {
  const now = after.members.map((member) => member.name);
  const old = before.members.map((member) => member.name);
  const kept = old.filter((name) => now.includes(name));
  const order = now.filter((name) => old.includes(name));
  if (kept.join() === order.join()) return [];
  return [
    { kind: "tree-reordered", path: after.path, where: "", before: kept.join(", "), after: order.join(", ") },
  ];
}
