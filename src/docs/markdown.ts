/**
 * Prints the page of a contract as Markdown, for a repository or a site generator.
 */
import { visible } from "../model/names.ts";
import { anchorOf, resolveLinks, typeAnchor } from "./links.ts";
import type { GlobalEntry, LeafEntry, Named, Page, ScriptEntry, TypeEntry } from "./page.ts";

/** Ends with a line end. */
export function formatMarkdownPage(page: Page): string {
  const blocks = [
    `# ${plain(page.title)}`,
    page.profile === null ? "" : `Profile \`${page.profile}\`.`,
    prose(page.text, page),
    ...newsBlocks(page),
    ...page.namespaces.flatMap(({ path, text, leaves }) => [
      ...(path === "" ? [] : [heading(2, path, anchorOf(path)), prose(text, page)]),
      ...leaves.flatMap((leaf) => leafBlocks(leaf, page)),
    ]),
    ...(page.scripts.length === 0
      ? []
      : ["## Scripts", ...page.scripts.flatMap((script) => scriptBlocks(script, page))]),
    ...(page.globals.length === 0
      ? []
      : ["## Globals", ...page.globals.flatMap((global) => globalBlocks(global, page))]),
    ...(page.types.length === 0 ? [] : ["## Types", ...page.types.flatMap((type) => typeBlocks(type, page))]),
    `<sub>Contract ${page.digest}</sub>`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function newsBlocks({ news }: Page): readonly string[] {
  if (news === null) return [];
  if (news.changes.length === 0) return [`Nothing has changed since ${code(news.since)}.`];
  const lines = news.changes.map(({ class: kind, message }) => `- ${kind}: ${message}`);
  return [`## Changes since ${code(news.since)}`, lines.join("\n")];
}

function leafBlocks(leaf: LeafEntry, page: Page): readonly string[] {
  return [
    heading(3, leaf.path, anchorOf(leaf.path)),
    leaf.deprecated === null ? "" : `**Deprecated.** ${prose(leaf.deprecated, page)}`,
    fence(leaf.signatures.join("\n")),
    prose(leaf.text, page),
    namedBlock("Parameters", leaf.parameters, page),
    leaf.returns === "" ? "" : `**Returns** ${prose(leaf.returns, page)}`,
    namedBlock("Throws", leaf.throws, page),
    leaf.policy.length === 0 ? "" : `**Limits** ${leaf.policy.map(code).join(", ")}`,
    ...leaf.notes.map(({ name, text }) => `**${plain(name)}** ${prose(text, page)}`),
    ...leaf.examples.flatMap((example) => [
      "**Example**",
      isMarkdown(example) ? prose(example, page) : fence(example),
    ]),
    ...leaf.changes.map(
      ({ class: kind, message }) => `> ${kind} since ${code(page.news?.since ?? "")}: ${message}`,
    ),
  ];
}

function scriptBlocks({ kind, text, declaration }: ScriptEntry, page: Page): readonly string[] {
  const head =
    kind === null ? "Scripts that name no kind:" : `Scripts that begin with ${code(`// @script ${kind}`)}:`;
  return [head, prose(text, page), fence(declaration)];
}

function globalBlocks({ text, declaration }: GlobalEntry, page: Page): readonly string[] {
  return [fence(declaration), prose(text, page)];
}

function typeBlocks({ name, text, declaration }: TypeEntry, page: Page): readonly string[] {
  return [heading(3, name, typeAnchor(name)), prose(text, page), fence(declaration)];
}

function namedBlock(title: string, list: readonly Named[], page: Page): string {
  if (list.length === 0) return "";
  const items = list.map(({ name, text }) => {
    const said = prose(text, page).replaceAll("\n", "\n  ");
    return said === "" ? `- ${code(name)}` : `- ${code(name)}: ${said}`;
  });
  return `**${title}**\n\n${items.join("\n")}`;
}

function heading(level: number, name: string, anchor: string): string {
  return `${"#".repeat(level)} <a id="${anchor}"></a>${code(name)}`;
}

/** True for an example that says itself what of it is code. */
export function isMarkdown(example: string): boolean {
  return /^\s*(?:```|~~~)/mu.test(example);
}

function prose(text: string, page: Page): string {
  return resolveLinks(text, page).trim();
}

/** The fence is longer than any in the text. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/gu)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}ts\n${text.trim()}\n${ticks}`;
}

function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${ticks}${space}${visible(text)}${space}${ticks}`;
}

function plain(text: string): string {
  return visible(text).replaceAll(/[\\`*_[\]<>#|]/gu, "\\$&");
}
