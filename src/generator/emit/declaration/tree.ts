/**
 * The binding tree as a type. `Readonly<…>` on every level, because TypeScript has no read-only methods.
 */
import type { Namespace, TreeNode } from "../../../contract/contract.ts";
import { propertyName } from "../escape/property-name.ts";
import { hardline, indent, type Doc } from "../print/doc.ts";
import { commentDoc } from "./comment.ts";
import type { NameScope } from "./scope.ts";
import { leafDocs } from "./signature.ts";

export function treeDoc(namespace: Namespace, scope: NameScope): Doc {
  const members = namespace.members.flatMap((member) => memberDocs(member, scope));
  if (members.length === 0) return [scope.builtin("Readonly"), "<{}>"];
  return [
    scope.builtin("Readonly"),
    "<{",
    indent(members.map((member): Doc => [hardline, member, ";"])),
    hardline,
    "}>",
  ];
}

function memberDocs(node: TreeNode, scope: NameScope): Doc[] {
  switch (node.kind) {
    case "leaf":
      return leafDocs(node, scope);
    case "namespace":
      return [[commentDoc(node.doc), `${propertyName(node.name)}: `, treeDoc(node, scope)]];
    case "invalid":
      throw new Error(`\`${node.path.join(".")}\` reached the emitter, and is no binding.`);
  }
}
