/**
 * A tree has at most so many leaves: each is a power granted to untrusted code, and a reviewer must be able to read
 * them all.
 */
import { dottedName } from "../../model/names.ts";
import { walkLeaves } from "../../model/walk.ts";
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";

export const treeTooLarge: Rule = ({ root }, { maxLeaves }) => {
  const leaves = [...walkLeaves(root)];
  const first = leaves[maxLeaves];
  if (first === undefined) return [];
  const data = { name: dottedName(first.path), leaves: leaves.length, limit: maxLeaves };
  return [report("tree-too-large", data, first.source, first.path)];
};
