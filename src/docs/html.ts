/**
 * Prints the page of a contract as one HTML file that needs nothing else: its style and its script are in it, named by their hashes in a
 * policy that allows nothing more.
 */
import { createHash } from "node:crypto";
import MarkdownIt from "markdown-it";
import { anchorFor, anchorOf, resolveLinks, typeAnchor } from "./links.ts";
import { isMarkdown } from "./markdown.ts";
import type { LeafEntry, Named, NamespaceEntry, Page, ScriptEntry, TypeEntry } from "./page.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

/** Ends with a line end. */
export function formatHtmlPage(page: Page): string {
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
${side(page)}
<main id="content" tabindex="-1">
<h1>${escape(page.title)}</h1>
${page.profile === null ? "" : `<p class="dim">Profile <code>${escape(page.profile)}</code></p>`}
${prose(page.text, page)}
${news(page)}
${page.namespaces.map((namespace) => section(namespace, page)).join("\n")}
${page.scripts.length === 0 ? "" : `<section><h2 id="scripts">Scripts</h2>${page.scripts.map((script) => scriptBlock(script, page)).join("\n")}</section>`}
${page.globals.length === 0 ? "" : `<section><h2 id="globals">Globals</h2>${page.globals.map(({ declaration, text }) => `${codeBlock(declaration, page)}${prose(text, page)}`).join("\n")}</section>`}
${page.types.length === 0 ? "" : `<section data-group><h2 id="types">Types</h2>${page.types.map((type) => typeArticle(type, page)).join("\n")}</section>`}
<footer><p>Contract <code>${escape(page.digest)}</code></p></footer>
</main>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function side({ namespaces, types }: Page): string {
  const list = (
    title: string,
    entries: readonly { anchor: string; name: string; words: string }[],
  ): string =>
    entries.length === 0
      ? ""
      : `<div data-group>${title === "" ? "" : `<h2>${escape(title)}</h2>`}<ul>${entries
          .map(
            ({ anchor, name, words }) =>
              `<li data-entry="${escape(words)}"><a href="#${escape(anchor)}">${escape(name)}</a></li>`,
          )
          .join("")}</ul></div>`;
  const groups = namespaces.map(({ path, leaves }) =>
    list(
      path,
      leaves.map((leaf) => ({
        anchor: anchorOf(leaf.path),
        name: leaf.path.slice(path === "" ? 0 : path.length + 1),
        words: wordsOfLeaf(leaf),
      })),
    ),
  );
  const named = list(
    "Types",
    types.map((type) => ({ anchor: typeAnchor(type.name), name: type.name, words: wordsOfType(type) })),
  );
  return `<div class="side">
<div class="tools" id="tools" role="search" hidden><input id="search" type="search" aria-label="Search bindings and types" placeholder="Search ( / )" autocomplete="off" spellcheck="false"><button id="theme" type="button" hidden></button></div>
<p class="dim" id="said" role="status"></p>
<nav aria-label="Bindings and types">${groups.join("")}${named}</nav>
</div>`;
}

function news({ news: found }: Page): string {
  if (found === null) return "";
  const since = `<code>${escape(found.since)}</code>`;
  if (found.changes.length === 0) return `<p class="dim">Nothing has changed since ${since}.</p>`;
  const items = found.changes.map(
    ({ class: kind, message }) => `<li><strong class="${kind}">${kind}</strong>: ${inline(message)}</li>`,
  );
  return `<section><h2 id="changes">Changes since ${since}</h2><ul>${items.join("")}</ul></section>`;
}

function section({ path, text, leaves }: NamespaceEntry, page: Page): string {
  const head =
    path === ""
      ? ""
      : `<h2 id="${escape(anchorOf(path))}"><code>${escape(path)}</code></h2>${prose(text, page)}`;
  return `<section data-group>${head}${leaves.map((leaf) => leafArticle(leaf, page)).join("\n")}</section>`;
}

function leafArticle(leaf: LeafEntry, page: Page): string {
  const parts = [
    `<h3><a href="#${escape(anchorOf(leaf.path))}"><code>${escape(leaf.path)}</code></a></h3>`,
    leaf.deprecated === null
      ? ""
      : `<div><strong class="breaking">Deprecated.</strong> ${prose(leaf.deprecated, page)}</div>`,
    codeBlock(leaf.signatures.join("\n"), page),
    prose(leaf.text, page),
    namedList("Parameters", leaf.parameters, page),
    leaf.returns === "" ? "" : `<dl><dt>Returns</dt><dd>${prose(leaf.returns, page)}</dd></dl>`,
    namedList("Throws", leaf.throws, page),
    leaf.policy.length === 0
      ? ""
      : `<p>Limits: ${leaf.policy.map((one) => `<code>${escape(one)}</code>`).join(", ")}</p>`,
    ...leaf.notes.map(({ name, text }) => `<dl><dt>${escape(name)}</dt><dd>${prose(text, page)}</dd></dl>`),
    ...leaf.examples.map(
      (one) => `<p class="dim">Example</p>${isMarkdown(one) ? prose(one, page) : codeBlock(one, page)}`,
    ),
    ...leaf.changes.map(
      ({ class: kind, message }) =>
        `<p><strong class="${kind}">${kind}</strong> since <code>${escape(page.news?.since ?? "")}</code>: ${inline(message)}</p>`,
    ),
  ];
  return article(anchorOf(leaf.path), wordsOfLeaf(leaf), parts);
}

function scriptBlock({ kind, text, declaration }: ScriptEntry, page: Page): string {
  const head =
    kind === null
      ? "Scripts that name no kind:"
      : `Scripts that begin with <code>// @script ${escape(kind)}</code>:`;
  return `<p>${head}</p>${prose(text, page)}${codeBlock(declaration, page)}`;
}

function typeArticle(type: TypeEntry, page: Page): string {
  const parts = [
    `<h3><code>${escape(type.name)}</code></h3>`,
    prose(type.text, page),
    codeBlock(type.declaration, page),
  ];
  return article(typeAnchor(type.name), wordsOfType(type), parts);
}

function article(anchor: string, words: string, parts: readonly string[]): string {
  return `<article id="${escape(anchor)}" data-entry="${escape(words)}">${parts.filter((part) => part !== "").join("\n")}</article>`;
}

function namedList(title: string, list: readonly Named[], page: Page): string {
  if (list.length === 0) return "";
  const items = list.map(({ name, text }) => {
    const anchor = anchorFor(name, page);
    const shown = `<code>${escape(name)}</code>`;
    return `<dt>${anchor === null ? shown : `<a href="#${escape(anchor)}">${shown}</a>`}</dt><dd>${prose(text, page)}</dd>`;
  });
  return `<p class="dim">${title}</p><dl>${items.join("")}</dl>`;
}

/** What the search looks in. */
function wordsOfLeaf({ path, text, signatures, parameters }: LeafEntry): string {
  return [path, text, ...signatures, ...parameters.map((one) => one.text)].join(" ").toLowerCase();
}

function wordsOfType({ name, text }: TypeEntry): string {
  return `${name} ${text}`.toLowerCase();
}

/** Code whose types are links. */
function codeBlock(code: string, { types }: Page): string {
  const names = new Map(types.map(({ name }) => [name, typeAnchor(name)]));
  const linked = escape(code.trim()).replaceAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu, (word) => {
    const anchor = names.get(word);
    return anchor === undefined ? word : `<a href="#${escape(anchor)}">${word}</a>`;
  });
  return `<pre tabindex="0"><code>${linked}</code></pre>`;
}

/** HTML in documentation is text, and a picture is a link: the page loads nothing. */
const markdown = new MarkdownIt({ html: false, linkify: false }).disable("image");

function prose(text: string, page: Page): string {
  return text.trim() === "" ? "" : markdown.render(resolveLinks(text, page)).trim();
}

function inline(text: string): string {
  return markdown.renderInline(text);
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (letter) => `&#${letter.codePointAt(0)};`);
}
