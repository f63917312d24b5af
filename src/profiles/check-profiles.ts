/**
 * Checks `@profile` tags. A tag that cannot be read, or that names a profile by mistake, would grant or take powers without a
 * word, so both are findings.
 */
import type { Contract, DocTag, Leaf, Namespace } from "../model/contract.ts";
import { dottedName } from "../model/names.ts";
import { isProfileName, memberships, namesInTag, profileTag } from "../model/profile.ts";
import { walkLeaves, walkNamespaces } from "../model/walk.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { didYouMean, nearest } from "../model/suggest.ts";

/** `listed`: the only names there are, when the config lists them. */
export function checkProfiles(contract: Contract, listed?: readonly string[]): readonly Diagnostic[] {
  const nodes = [...walkNamespaces(contract.root), ...walkLeaves(contract.root)];
  // A tag of an interface reaches all of its members, and is one mistake.
  const seen = new Set<string>();
  const isNew = ({ source }: DocTag): boolean => {
    const place = source === undefined ? "" : `${source.file}:${source.line}:${source.column}`;
    return place === "" || (!seen.has(place) && seen.add(place).has(place));
  };
  const findings = nodes.flatMap((node) =>
    node.doc.tags
      .filter(isNew)
      .flatMap((tag) =>
        tag.name === profileTag
          ? tagProblems(tag, listed).map(({ reason, help }) => problem(node, tag, reason, help))
          : misspelt(node, tag),
      ),
  );
  // With a tag that cannot be read, it is not known which profiles its leaves belong to.
  return findings.length > 0 ? findings : homeless(contract);
}

interface Problem {
  readonly reason: string;
  readonly help: string;
}

function tagProblems(tag: DocTag, listed: readonly string[] | undefined): readonly Problem[] {
  if (tag.text.trim() === "") {
    return [
      {
        reason: "names no profile",
        help: "Write the profiles that have it, for example `@profile admin, pro`, or remove the tag.",
      },
    ];
  }
  return namesInTag(tag).flatMap((name): Problem[] => {
    if (!isProfileName(name)) {
      return [
        {
          reason:
            name === ""
              ? "has a comma without a name"
              : `holds \`${name.replace(/\s+/gu, " ")}\`, which is not the name of a profile`,
          help: "Write names of lowercase letters, digits and `-`, with commas between them and nothing behind them, for example `@profile admin, pro`.",
        },
      ];
    }
    if (listed === undefined || listed.includes(name)) return [];
    const list = listed.map((one) => `\`${one}\``).join(", ");
    return [
      {
        reason: `names \`${name}\`, which is not among the profiles of the config`,
        help: `The config has ${list || "none"}.${didYouMean(name, listed)}`,
      },
    ];
  });
}

/** A misspelt tag would leave its leaves to every profile. */
function misspelt(node: Namespace | Leaf, tag: DocTag): readonly Diagnostic[] {
  if (nearest(tag.name, [profileTag]) === null) return [];
  return [problem(node, tag, "is not a tag that isobind knows", `Did you mean \`@${profileTag}\`?`)];
}

/** Leaves that, by the tags above them, no profile has. */
function homeless(contract: Contract): readonly Diagnostic[] {
  return [...memberships(contract.root)].flatMap(([leaf, membership]) => {
    if (membership === null || membership.length > 0) return [];
    const tag = leaf.doc.tags.find(({ name }) => name === profileTag);
    const data = {
      name: dottedName(leaf.path),
      tag: tag === undefined ? `@${profileTag}` : `@${profileTag} ${tag.text}`.trim(),
      reason:
        "leaves it in no profile, because the tags of a leaf and of the namespaces around it must all agree",
      help: "Name at least one profile that all of them name.",
    };
    return [report("policy-invalid", data, tag?.source ?? leaf.source, leaf.path)];
  });
}

function problem(node: Namespace | Leaf, tag: DocTag, reason: string, help: string): Diagnostic {
  const data = {
    name: dottedName(node.path) || "the root",
    tag: `@${tag.name} ${tag.text}`.trim(),
    reason,
    help,
  };
  return report("policy-invalid", data, tag.source ?? node.source, node.path);
}
