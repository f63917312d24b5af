/**
 * An author's TSDoc as data: the text, and each tag with what stands behind it as it was written. Read from the comment's own
 * text, because TypeScript keeps only parts of some tags and cuts `{@link}` out of others. Comments in packages are left
 * out: most are not even parsed (see `host.ts`).
 */
import { emptyDoc, type Doc, type DocTag } from "../../../../contract/contract.ts";
import { splitComment, type Block } from "./comment.ts";
import { ts } from "./compiler.ts";
import { isPackageFile } from "./host.ts";
import { rangeOf, type Session } from "./session.ts";

/** The comment of the first declaration that has one. */
export function docOf(session: Session, declarations: readonly ts.Node[]): Doc {
  for (const declaration of declarations) {
    if (isPackageFile(declaration.getSourceFile().fileName)) continue;
    const comment = commentOf(declaration);
    if (comment) return readComment(session, comment);
  }
  return emptyDoc;
}

/** The comment nearest to a declaration; others before it belong to nothing. */
function commentOf(declaration: ts.Node): ts.JSDoc | undefined {
  return ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc).at(-1);
}

function readComment(session: Session, comment: ts.JSDoc): Doc {
  const file = comment.getSourceFile();
  const start = comment.getStart(file);
  const [text, ...blocks] = splitComment(file.text.slice(start, comment.end));
  return { text: text.text, tags: blocks.map((block) => readTag(session, file, start, block)) };
}

function readTag(session: Session, file: ts.SourceFile, start: number, { name, text, at }: Block): DocTag {
  const source = rangeOf(session, file, start + at, start + at + 1 + name.length);
  if (name === "param" || name === "arg" || name === "argument") {
    const match =
      /^(?:\{[^}]*\}\s*)?\[?([\p{ID_Start}$_][\p{ID_Continue}$.]*)(?:\s*=[^\]]*)?\]?\s*(?:-\s*)?/u.exec(text);
    const parameter = match?.[1];
    if (match && parameter !== undefined) {
      return { name: "param", text: text.slice(match[0].length), parameter, source };
    }
  }
  if (name === "throws" || name === "exception") {
    const match = /^\{(?:@link\s+)?([\p{ID_Start}$_][\p{ID_Continue}$.]*)(?:[\s|][^}]*)?\}\s*(?:-\s*)?/u.exec(
      text,
    );
    const type = match?.[1];
    if (match && type !== undefined)
      return { name: "throws", text: text.slice(match[0].length), type, source };
  }
  if (name === "return") return { name: "returns", text, source };
  return { name, text, source };
}
