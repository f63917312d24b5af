/**
 * The binding tree as a type. `Readonly<…>` on every level, because TypeScript has no read-only methods.
 */
import type { Namespace, TreeNode } from "../../../contract/contract.ts";
import { explainExcluded, type ContractProfile } from "../../../contract/profile.ts";
import { propertyName } from "../escape/property-name.ts";
import { quoted } from "../escape/string.ts";
import { hardline, indent, type Doc } from "../print/doc.ts";
import { commentDoc } from "./comment.ts";
import { excludedIn } from "./excluded.ts";
import type { NameScope } from "./scope.ts";
import { leafDocs } from "./signature.ts";

export function treeDoc(namespace: Namespace, scope: NameScope, profile?: ContractProfile): Doc {
  const members = [
    ...namespace.members.flatMap((member) => memberDocs(member, scope, profile)),
    ...(profile === undefined ? [] : excludedDocs(namespace, scope, profile)),
  ];
  if (members.length === 0) return [scope.builtin("Readonly"), "<{}>"];
  return [
    scope.builtin("Readonly"),
    "<{",
    indent(members.map((member): Doc => [hardline, member, ";"])),
    hardline,
    "}>",
  ];
}

function memberDocs(node: TreeNode, scope: NameScope, profile: ContractProfile | undefined): Doc[] {
  switch (node.kind) {
    case "leaf":
      return leafDocs(node, scope);
    case "namespace":
      return [[commentDoc(node.doc), `${propertyName(node.name)}: `, treeDoc(node, scope, profile)]];
    case "invalid":
      throw new Error(`\`${node.path.join(".")}\` reached the emitter, and is no binding.`);
  }
}

/**
 * What the profile lacks. An excluded leaf is a property that cannot be called, passed as a function or awaited for
 * anything: every error about it names its type, and its type is the explanation.
 */
function excludedDocs(namespace: Namespace, scope: NameScope, profile: ContractProfile): Doc[] {
  const { leaves, namespaces } = excludedIn(namespace, profile.excluded);
  return [
    ...leaves.map((leaf): Doc => {
      const text = explainExcluded(leaf, profile.name);
      return [
        commentDoc({ text: "", tags: [{ name: "deprecated", text }] }),
        `${propertyName(leaf.path.at(-1) ?? "")}: {`,
        indent([hardline, `${quoted(text)}: never;`]),
        hardline,
        "}",
      ];
    }),
    ...namespaces.map((inner): Doc => [`${propertyName(inner.name)}: `, treeDoc(inner, scope, profile)]),
  ];
}
