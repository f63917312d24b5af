/**
 * A tree has at most so many levels. One finding per branch: its first node beyond the limit, not all below it.
 */
import { dottedName } from "../../model/names.ts";
import { walkNodes } from "../../model/walk.ts";
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";

export const treeTooDeep: Rule = ({ root }, { maxDepth }) =>
  [...walkNodes(root)].flatMap(({ name, path, source }) => {
    if (path.length !== maxDepth + 1) return [];
    const suggestion = dottedName([...path.slice(0, maxDepth - 1), name]);
    const data = { name: dottedName(path), depth: path.length, limit: maxDepth, suggestion };
    return [report("tree-too-deep", data, source, path)];
  });
