/**
 * A policy tag that cannot be read would be a limit that silently does not exist: wrong values, misspelt tags, and tags
 * where they have no effect.
 */
import type { DocTag, TreeNode } from "../../model/contract.ts";
import { dottedName } from "../../model/names.ts";
import { parsePolicy, policyTags } from "../../model/policy.ts";
import { walkNamespaces, walkLeaves } from "../../model/walk.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import { nearest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

export const policyInvalid: Rule = ({ root }) => [
  ...[...walkLeaves(root)].flatMap((leaf) => [
    ...parsePolicy(leaf.doc.tags).problems.map(({ tag, reason, help }) => problem(leaf, tag, reason, help)),
    ...leaf.doc.tags.flatMap((tag) => misspelt(leaf, tag)),
  ]),
  ...[...walkNamespaces(root)].flatMap((namespace) =>
    namespace.doc.tags
      .filter(({ name }) => policyTags.includes(name))
      .map((tag) =>
        problem(
          namespace,
          tag,
          "stands on a namespace, where it has no effect",
          "Write the tag beside each leaf that it is meant for.",
        ),
      ),
  ),
];

/** TSDoc and JSDoc tags that look like one of ours and are not. */
const otherTags: ReadonlySet<string> = new Set(["time", "memo", "maximum"]);

function misspelt(leaf: TreeNode & { kind: "leaf" }, tag: DocTag): Diagnostic[] {
  if (policyTags.includes(tag.name) || otherTags.has(tag.name)) return [];
  const meant = nearest(tag.name, policyTags);
  if (meant === null) return [];
  return [problem(leaf, tag, "is not a tag that isobind knows", `Did you mean \`@${meant}\`?`)];
}

function problem(
  node: { path: readonly string[]; source: TreeNode["source"] },
  tag: DocTag,
  reason: string,
  help: string,
): Diagnostic {
  const data = {
    name: dottedName(node.path) || "the root",
    tag: `@${tag.name} ${tag.text}`.trim(),
    reason,
    help,
  };
  return report("policy-invalid", data, tag.source ?? node.source, node.path);
}
