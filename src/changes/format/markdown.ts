/**
 * Prints changes as a comment on a pull request. What needs no action is folded away.
 */
import { counted } from "../../model/counted.ts";
import { visible } from "../../model/names.ts";
import type { Impact } from "../../scripts/impact/impact.ts";
import type { Change, ChangeClass } from "../../diff/change.ts";
import { groupChanges } from "../../diff/group.ts";
import { verdictOf } from "../../diff/verdict.ts";
import { brokenOf, summaryOf } from "./text.ts";

export interface MarkdownInput {
  /** Names the contract, when a project has several. */
  readonly name: string | null;
  /** What it was compared with, as the user wrote it. */
  readonly against: string;
  readonly changes: readonly Change[];
  readonly impact: Impact | null;
}

/** A comment of at most this many listed scripts: GitHub refuses more than 65,536 characters. */
const maxScripts = 50;
const maxGroups = 100;

/** The summary as Markdown that ends in a newline. */
export function formatMarkdown({ name, against, changes, impact }: MarkdownInput): string {
  const title = `## Contract${name === null ? "" : ` ${code(name)}`}: ${verdictOf(changes) === "none" ? "unchanged" : `**${verdictOf(changes)}**`}`;
  const parts = [
    title,
    `Compared with ${code(against)}: ${summaryOf(changes)}.`,
    ...section(changes, "breaking", "Breaking changes", false),
    ...(impact === null ? [] : impactSection(impact)),
    ...section(changes, "compatible", "Compatible changes", true),
    ...section(changes, "docs", "Documentation", true),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(changes: readonly Change[], name: ChangeClass, title: string, isFolded: boolean): string[] {
  const groups = groupChanges(changes.filter((change) => change.class === name));
  if (groups.length === 0) return [];
  const items = groups.slice(0, maxGroups).map(({ says, first, uses, root }) => {
    const places =
      root === null ? [] : uses.map(({ path, where }) => `  - ${code(path.join("."))}, ${code(where)}`);
    const help = name === "breaking" ? [`  ${text(first.help)}`] : [];
    return [`- ${text(says)}`, ...help, ...places].join("\n");
  });
  if (groups.length > maxGroups) items.push(`- … and ${groups.length - maxGroups} more`);
  const list = items.join("\n");
  if (!isFolded) return [`### ${title}`, list];
  return [`<details><summary>${title} (${groups.length})</summary>`, list, "</details>"];
}

function impactSection(impact: Impact): string[] {
  const { broken, brokenBefore } = impact;
  const before =
    brokenBefore.length === 0 ? "" : ` ${brokenBefore.length} did not fit the old contract either.`;
  const head = `### Scripts\n\n${brokenOf(impact)}.${before}`;
  const items = broken.slice(0, maxScripts).flatMap(({ breaks }) =>
    breaks.slice(0, 5).map(({ finding, cause }) => {
      const place = `${finding.file ?? ""}:${finding.line ?? 1}:${finding.column ?? 1}`;
      const because = cause === null ? "" : `\n  ${text(cause.message)}`;
      return `- ${code(place)} ${text(finding.message)}${because}`;
    }),
  );
  if (broken.length > maxScripts) items.push(`- … and ${counted(broken.length - maxScripts, "more script")}`);
  return items.length === 0 ? [head] : [head, items.join("\n")];
}

/** A code span around any text: the fence is longer than every run of backticks in it. */
function code(value: string): string {
  const shown = visible(value.replaceAll("\n", " "));
  const longest = Math.max(0, ...(shown.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Prose whose code spans are kept; everything else that Markdown or HTML would read is escaped. */
function text(value: string): string {
  return visible(value.replaceAll("\n", " "))
    .split(/(`[^`]*`)/u)
    .map((part) =>
      part.startsWith("`") && part.length > 1 ? part : part.replace(/[\\*_{}[\]<>#|`~@]/gu, "\\$&"),
    )
    .join("");
}
