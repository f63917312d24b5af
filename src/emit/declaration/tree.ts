/**
 * The binding tree as a type, read-only at every level. A leaf is a property of a function type and not a method, because
 * TypeScript has no read-only methods; and each property says `readonly` by itself, because the editor of TypeScript 7.0 shows no
 * documentation of what stands inside `Readonly<…>`.
 */
import type { Namespace, TreeNode } from "../../model/contract.ts";
import { explainExcluded, type ContractProfile } from "../../model/profile.ts";
import { quoted } from "../escape/string.ts";
import type { Doc } from "../print/doc.ts";
import { commentDoc } from "./comment.ts";
import { excludedIn } from "./excluded.ts";
import type { Layout } from "./layout.ts";
import { blockDoc, keyOf, leafDoc, membersDoc } from "./leaf.ts";

/** `columns`: how far the tree is indented. */
export function treeDoc(
  namespace: Namespace,
  layout: Layout,
  columns: number,
  profile?: ContractProfile,
): Doc {
  const members = [
    ...namespace.members.map((member) => memberDoc(member, layout, columns + 2, profile)),
    ...(profile === undefined ? [] : excludedDocs(namespace, layout, columns + 2, profile)),
  ];
  return blockDoc(members);
}

function memberDoc(
  node: TreeNode,
  layout: Layout,
  columns: number,
  profile: ContractProfile | undefined,
): Doc {
  switch (node.kind) {
    case "leaf":
      return layout(node, columns, (scope) => [leafDoc(node, scope), ";"]);
    case "namespace":
      return [commentDoc(node.doc), keyOf(node.name), treeDoc(node, layout, columns, profile), ";"];
    case "invalid":
      throw new Error(`\`${node.path.join(".")}\` reached the emitter, and is no binding.`);
  }
}

/**
 * What the profile lacks. An excluded leaf is a property that cannot be called, passed as a function or awaited for
 * anything: every error about it names its type, and its type is the explanation.
 */
function excludedDocs(
  namespace: Namespace,
  layout: Layout,
  columns: number,
  profile: ContractProfile,
): Doc[] {
  const { leaves, namespaces } = excludedIn(namespace, profile.excluded);
  return [
    ...leaves.map((leaf): Doc => {
      const text = explainExcluded(leaf, profile.name);
      return [
        commentDoc({ text: "", tags: [{ name: "deprecated", text }] }),
        keyOf(leaf.path.at(-1) ?? ""),
        membersDoc([`${quoted(text)}: never`]),
        ";",
      ];
    }),
    ...namespaces.map((inner): Doc => [keyOf(inner.name), treeDoc(inner, layout, columns, profile), ";"]),
  ];
}
