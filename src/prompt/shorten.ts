/**
 * Shortens documentation by its structure: whole examples, whole paragraphs and whole sentences go, so that no word, no code and no type is
 * ever cut in the middle.
 */
import { emptyDoc, type Doc, type DocTag } from "../model/contract.ts";

/** How much is said, the most first. */
export const details = [
  "everything",
  "no examples",
  "first paragraphs",
  "first sentences",
  "nothing",
] as const;

export type Detail = (typeof details)[number];

/** What is still said of a call when there is little room. */
const short: ReadonlySet<string> = new Set(["param", "returns", "throws", "deprecated"]);

export function shortenDoc(doc: Doc, detail: Detail): Doc {
  const without = (names: (tag: DocTag) => boolean, text: (full: string) => string): Doc => ({
    text: text(doc.text),
    tags: doc.tags.filter(names).map((tag) => ({ ...tag, text: text(tag.text) })),
  });
  switch (detail) {
    case "everything":
      return doc;
    case "no examples":
      return without(
        ({ name }) => name !== "example",
        (text) => text,
      );
    case "first paragraphs":
      return without(({ name }) => short.has(name), firstParagraph);
    case "first sentences":
      return without(({ name }) => name === "deprecated", firstSentence);
    case "nothing":
      return emptyDoc;
  }
}

/**
 * The first block of text that is no code.
 *
 * @example
 * firstParagraph("Runs a query.\n\nSlow ones are logged."); // "Runs a query."
 */
export function firstParagraph(text: string): string {
  const block: string[] = [];
  let isCode = false;
  for (const line of text.split("\n")) {
    const isFence = /^\s*(?:```|~~~)/u.test(line);
    if (isFence) isCode = !isCode;
    const isEnd = isFence || line.trim() === "";
    if (isEnd && block.length > 0) break;
    if (!isEnd && !isCode) block.push(line);
  }
  return block.join("\n").trim();
}

const sentences = new Intl.Segmenter("en", { granularity: "sentence" });

/**
 * The first sentence of the first paragraph, on one line.
 *
 * @example
 * firstSentence("Runs `a. B` and waits.\nThen it ends."); // "Runs `a. B` and waits."
 */
export function firstSentence(text: string): string {
  let found = "";
  for (const { segment } of sentences.segment(firstParagraph(text).replace(/\s*\n\s*/gu, " "))) {
    found += segment;
    if (isWhole(found)) break;
  }
  return found.trim();
}

/** Abbreviations that a capital letter may follow. */
const abbreviation = /\b(?:e\.g|i\.e|cf|vs|approx|etc|no)\.$/iu;

/** False inside code, a link or brackets. */
function isWhole(text: string): boolean {
  const ticks = text.split("`").length - 1;
  const open = (opening: string, closing: string): boolean =>
    text.split(opening).length > text.split(closing).length;
  return ticks % 2 === 0 && !open("{", "}") && !open("(", ")") && !abbreviation.test(text.trim());
}
