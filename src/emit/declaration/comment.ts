/**
 * An author's TSDoc as a comment of the declaration, tags included.
 *
 * Before: `{ text: "Run one statement.", tags: [{ name: "param", parameter: "sql", text: "The text." }] }`. After:
 *
 * ```
 * /**
 *  * Run one statement.
 *  *
 *  * @param sql The text.
 *  *\/
 * ```
 */
import type { Doc as AuthorDoc, DocTag } from "../../model/contract.ts";
import { commentLine, commentLines } from "../escape/comment.ts";
import { hardline, type Doc } from "../print/doc.ts";

/** The comment and the line end behind it; nothing when there is nothing to say. */
export function commentDoc(doc: AuthorDoc | undefined): Doc {
  if (doc === undefined) return "";
  const text = trimBlank(commentLines(doc.text));
  const tags = doc.tags.flatMap(tagLines);
  const lines = text.length > 0 && tags.length > 0 ? [...text, "", ...tags] : [...text, ...tags];
  const [only] = lines;
  if (only === undefined) return "";
  // A comment of one line that held `@ts-ignore` would speak to the compiler: tags always get lines of their own.
  if (lines.length === 1 && tags.length === 0) return [`/** ${only} */`, hardline];
  return [
    "/**",
    ...lines.map((line): Doc => [hardline, line === "" ? " *" : ` * ${line}`]),
    hardline,
    " */",
    hardline,
  ];
}

function tagLines(tag: DocTag): string[] {
  const head = [
    `@${commentLine(tag.name)}`,
    tag.type === undefined ? "" : `{${commentLine(tag.type)}}`,
    tag.parameter === undefined ? "" : commentLine(tag.parameter),
  ].filter((part) => part !== "");
  const [first = "", ...rest] = trimBlank(commentLines(tag.text));
  // An example of several lines reads as code only when it starts on a line of its own.
  if (tag.name === "example" && rest.length > 0) return [head.join(" "), first, ...rest];
  return [[...head, first.trimStart()].filter((part) => part !== "").join(" "), ...rest];
}

function trimBlank(lines: readonly string[]): string[] {
  const from = lines.findIndex((line) => line.trim() !== "");
  const to = lines.findLastIndex((line) => line.trim() !== "");
  return from < 0 ? [] : lines.slice(from, to + 1);
}
