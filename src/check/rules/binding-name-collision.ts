/**
 * Two keys of one namespace that a reader takes for the same name: equal after NFKC and without invisible characters.
 */
import type { TreeNode } from "../../model/contract.ts";
import { dottedName, normalizedKey, visible } from "../../model/names.ts";
import { walkNamespaces } from "../../model/walk.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";

export const bindingNameCollision: Rule = ({ root }) =>
  [...walkNamespaces(root)].flatMap(({ members }) => {
    const first = new Map<string, TreeNode>();
    return members.flatMap((member): Diagnostic[] => {
      const key = normalizedKey(member.name);
      const other = first.get(key);
      if (other !== undefined) return [collision(member, other, key)];
      first.set(key, member);
      return [];
    });
  });

function collision(node: TreeNode, other: TreeNode, key: string): Diagnostic {
  const data = {
    name: dottedName(node.path),
    other: dottedName(other.path),
    otherPlace: `${other.source.file}:${other.source.line}:${other.source.column}`,
    reason:
      node.name === other.name
        ? "both are written the same"
        : `both read \`${visible(key)}\` once their characters are put in Unicode's compatible form (NFKC)`,
  };
  return report("binding-name-collision", data, node.source, node.path);
}
