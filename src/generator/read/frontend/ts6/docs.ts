/**
 * An author's TSDoc as data: the text, and each tag with what stands behind it as it was written. Comments in packages
 * are not parsed (see `host.ts`), so third-party types carry none.
 */
import { emptyDoc, type Doc, type DocTag } from "../../../../contract/contract.ts";
import { ts } from "./compiler.ts";
import { rangeOf, type Session } from "./session.ts";

/** The comment of the first declaration that has one. */
export function docOf(session: Session, declarations: readonly ts.Node[]): Doc {
  for (const declaration of declarations) {
    const comment = commentOf(declaration);
    if (comment) return readComment(session, comment);
  }
  return emptyDoc;
}

/** The comment nearest to a declaration; others before it belong to nothing. */
export function commentOf(declaration: ts.Node): ts.JSDoc | undefined {
  return ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc).at(-1);
}

function readComment(session: Session, comment: ts.JSDoc): Doc {
  const text = clean(ts.getTextOfJSDocComment(comment.comment) ?? "");
  return { text, tags: (comment.tags ?? []).map((tag) => readTag(session, tag)) };
}

function readTag(session: Session, tag: ts.JSDocTag): DocTag {
  const file = tag.getSourceFile();
  const source = rangeOf(session, file, tag.getStart(file), tag.tagName.getEnd());
  const comment = clean(ts.getTextOfJSDocComment(tag.comment) ?? "");
  const name = tag.tagName.text;
  if (ts.isJSDocParameterTag(tag)) {
    const text = comment.replace(/^-\s*/, "");
    return { name, text, parameter: tag.name.getText(file), source };
  }
  if (ts.isJSDocThrowsTag(tag) && tag.typeExpression) {
    return { name, text: comment.replace(/^-\s*/, ""), type: tag.typeExpression.type.getText(file), source };
  }
  if (ts.isJSDocReturnTag(tag)) return { name, text: comment, source };
  // Of other tags TypeScript keeps parts only (`@see`, `@template`): take what the author wrote.
  return { name, text: rawText(file.text.slice(tag.tagName.getEnd(), tag.getEnd())), source };
}

/** Without the comment's own `*` at the start of each line. */
function rawText(text: string): string {
  return clean(
    text
      .replace(/\*\/\s*$/, "")
      .split(/\r\n?|\n/)
      .map((line, at) => (at === 0 ? line : line.replace(/^[ \t]*\*? ?/, "")))
      .join("\n"),
  );
}

function clean(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}
