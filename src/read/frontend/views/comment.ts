/**
 * Splits a doc comment into blocks: the text before the first tag, then one block a tag. A tag begins where an `@` follows
 * white space, outside of `` `code` `` and ``` fences; the rule editors use too.
 */
export interface Block {
  /** Of the tag, without the `@`; empty for the text before. */
  readonly name: string;
  readonly text: string;
  /** Where the `@` stands in the comment. */
  readonly at: number;
}

export function splitComment(comment: string): readonly [Block, ...Block[]] {
  const lines = linesOf(comment);
  let current = { name: "", text: "", at: 0 };
  const blocks = [current];
  let isFenced = false;
  for (const line of lines) {
    if (/^\s*(```|~~~)/.test(line.text)) isFenced = !isFenced;
    let rest = line.text;
    let offset = line.at;
    for (let tag = isFenced ? null : nextTag(rest); tag; tag = nextTag(rest)) {
      current.text += rest.slice(0, tag.at);
      current = { name: tag.name, text: "", at: offset + tag.at };
      blocks.push(current);
      const length = tag.at + 1 + tag.name.length;
      rest = rest.slice(length);
      offset += length;
    }
    current.text += `${rest}\n`;
  }
  const [first, ...others] = blocks.map(({ name, text, at }) => ({ name, text: tidy(text), at }));
  if (!first) throw new Error("A comment without a first block.");
  return [first, ...others];
}

/** Lines without the comment's own marks: slashes, stars, one space. */
function linesOf(comment: string): { text: string; at: number }[] {
  const end = comment.endsWith("*/") ? comment.length - 2 : comment.length;
  const lines: { text: string; at: number }[] = [];
  let at = /^\/\*\*+/.exec(comment)?.[0].length ?? 0;
  for (const [index, line] of comment
    .slice(at, end)
    .split(/\r\n|\r|\n/)
    .entries()) {
    const mark = index === 0 ? /^[ \t]?/.exec(line) : /^[ \t]*\*?[ \t]?/.exec(line);
    const skipped = mark?.[0].length ?? 0;
    lines.push({ text: line.slice(skipped), at: at + skipped });
    at += line.length + lineBreakAt(comment, at + line.length);
  }
  return lines;
}

function lineBreakAt(text: string, at: number): number {
  return text.startsWith("\r\n", at) ? 2 : 1;
}

/** The first tag of a line that is not inside backticks or braces. */
function nextTag(line: string): { name: string; at: number } | null {
  const masked = line.replace(/`[^`]*`|\{[^}]*\}/g, (inside) => " ".repeat(inside.length).replace(/ $/, "."));
  const match = /(^|\s)@([A-Za-z][\w-]*)/.exec(masked);
  return match?.[2] === undefined ? null : { name: match[2], at: match.index + (match[1]?.length ?? 0) };
}

function tidy(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+/, "")
    .trim();
}
