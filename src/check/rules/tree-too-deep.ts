/**
 * A tree has at most so many levels. One finding per branch: its first node beyond the limit, not all below it.
 */
import type { TreeNode } from "../../model/contract.ts";
import { dottedName } from "../../model/names.ts";
import { walkNodes } from "../../model/walk.ts";
import { report } from "../../diagnostics/report.ts";
import { freePlaces } from "../free-place.ts";
import type { Rule } from "../rule.ts";

export const treeTooDeep: Rule = ({ root }, { maxDepth }) => {
  const freePlace = freePlaces(root);
  return [...walkNodes(root)].flatMap((node) => {
    const { name, path, source } = node;
    if (path.length !== maxDepth + 1) return [];
    // So far up that what lies below it is not too deep either.
    const parent = path.slice(0, Math.max(0, maxDepth - 1 - levelsBelow(node)));
    const suggestion = freePlace(path, [...parent, name]);
    const data = { name: dottedName(path), depth: path.length, limit: maxDepth, suggestion };
    return [report("tree-too-deep", data, source, path)];
  });
};

function levelsBelow(node: TreeNode): number {
  if (node.kind !== "namespace") return 0;
  return Math.max(0, ...node.members.map((member) => 1 + levelsBelow(member)));
}
