/** Documentation as elements: paragraphs, lists, code, emphasis. What it does not know stays text, HTML above all. */
import { h } from "./dom.ts";

/** Blocks of a text in Markdown. Links keep their words alone: the page leads nowhere. */
export function markdown(text: string): HTMLElement {
  const element = h("div", { class: "prose" });
  const parts = text.split(/```[^\n]*\n([\s\S]*?)(?:```|$)/u);
  parts.forEach((part, index) => {
    if (index % 2 === 1) element.append(h("pre", { attrs: { tabindex: 0 } }, h("code", {}, part.trimEnd())));
    else
      for (const block of part.split(/\n\s*\n/u))
        if (block.trim() !== "") element.append(blockOf(block.trim()));
  });
  return element;
}

function blockOf(text: string): HTMLElement {
  const lines = text.split("\n");
  if (lines.every((line) => /^\s*[-*] /u.test(line)))
    return h(
      "ul",
      {},
      lines.map((line) => h("li", {}, inline(line.replace(/^\s*[-*] /u, "")))),
    );
  return h("p", {}, inline(text.replace(/^#+ /u, "").replaceAll("\n", " ")));
}

const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)|\{@link ([^}\s|]+)[^}]*\}/gu;

function inline(text: string): (Node | string)[] {
  const found: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    found.push(text.slice(end, match.index));
    const [whole, code, strong, words, link] = match;
    const said = code ?? link;
    found.push(
      said !== undefined
        ? h("code", {}, said)
        : strong !== undefined
          ? h("strong", {}, strong)
          : (words ?? ""),
    );
    end = match.index + whole.length;
  }
  return [...found, text.slice(end)];
}
