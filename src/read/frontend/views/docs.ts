/**
 * Reads an author's TSDoc as data: the text, and each tag with what stands behind it as it was written. It is read from the
 * comment's own text, because TypeScript keeps only parts of some tags and cuts `{@link}` out of others. Comments in
 * packages are left out: most are not even parsed (see `host.ts`).
 */
import { emptyDoc, type Doc, type DocTag } from "../../../model/contract.ts";
import { remembered } from "../../../model/remembered.ts";
import { splitComment, type Block } from "./comment.ts";
import type { ts, Classic } from "./compiler.ts";
import { isPackageFile } from "./compiler.ts";
import { rangeOf, type Session } from "./session.ts";

/** The comment of the first declaration that has one. */
export function docOf(session: Session, declarations: readonly ts.Node[]): Doc {
  for (const declaration of declarations) {
    if (isPackageFile(declaration.getSourceFile().fileName)) continue;
    const doc = ownDoc(session, declaration);
    if (doc !== null) return doc;
  }
  return emptyDoc;
}

/** Remembered, because a leaf's comment is read for the tree, for the tags it inherits and for what it throws. */
function ownDoc(session: Session, declaration: ts.Node): Doc | null {
  const { ts } = session;
  return remembered(session.docs, declaration, () => {
    const comment = commentOf(ts, declaration);
    return comment ? readComment(session, declaration.getSourceFile(), comment) : null;
  });
}

interface Comment {
  readonly start: number;
  readonly end: number;
}

/** The comment nearest to a declaration; others before it belong to nothing. */
function commentOf(ts: Classic, declaration: ts.Node): Comment | undefined {
  const attached = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc).at(-1);
  // A compiler may count the white space in front of it.
  if (attached)
    return { start: declaration.getSourceFile().text.indexOf("/**", attached.pos), end: attached.end };
  return sameLineComment(ts, declaration);
}

/**
 * `{ /** Runs. *\/ run(): void }` on one line: TypeScript takes a comment behind a brace for the brace's. A policy written
 * there would be lost without a word.
 */
function sameLineComment(ts: Classic, declaration: ts.Node): Comment | undefined {
  if (
    !ts.isTypeElement(declaration) &&
    !ts.isClassElement(declaration) &&
    !ts.isNamedTupleMember(declaration) &&
    !ts.isObjectLiteralElement(declaration)
  ) {
    return undefined;
  }
  const file = declaration.getSourceFile();
  const start = declaration.getStart(file, false);
  const comment = ts.getTrailingCommentRanges(file.text, declaration.pos)?.at(-1);
  if (!comment || !file.text.startsWith("/**", comment.pos)) return undefined;
  // Followed by a line break, it is about the member that stands before it, if there is one.
  const isOfOther =
    file.text[declaration.pos - 1] !== "{" && /[\r\n]/.test(file.text.slice(comment.end, start));
  return isOfOther ? undefined : { start: comment.pos, end: comment.end };
}

function readComment(session: Session, file: ts.SourceFile, { start, end }: Comment): Doc {
  const [text, ...blocks] = splitComment(file.text.slice(start, end));
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
