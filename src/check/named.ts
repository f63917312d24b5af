/**
 * Walks the nodes that have a name of their own. What stands for a computed key or a spread has none: its finding is that it is
 * not static, and rules about names would only repeat it.
 */
import type { Namespace, TreeNode } from "../model/contract.ts";
import { walkNodes } from "../model/walk.ts";

export function namedNodes(root: Namespace): readonly TreeNode[] {
  return [...walkNodes(root)].filter((node) => !(node.kind === "invalid" && isSourceText(node.name)));
}

/** `[prefix + "Query"]` or `...plugins`: the source of a member whose name is not known. */
function isSourceText(name: string): boolean {
  return name.startsWith("[") || name.startsWith("...");
}
