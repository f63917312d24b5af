/**
 * Lays out text with places where a line may end, in the manner of Wadler's pretty printer.
 * Lays lines out by the algorithm prettier uses, which is what makes emitted files prettier-stable. Knows nothing of
 * TypeScript.
 */
import { widthOf } from "./width.ts";

export type Doc =
  | string
  | readonly Doc[]
  | { readonly kind: "line"; readonly flat: string; readonly hard: boolean }
  | { readonly kind: "indent"; readonly content: Doc; readonly by: number }
  | { readonly kind: "group"; readonly content: Doc; readonly broken: boolean; readonly id?: number }
  | { readonly kind: "if-broken"; readonly broken: Doc; readonly flat: Doc }
  | { readonly kind: "fluid"; readonly content: Doc };

/** Columns of an emitted file. */
export const pageWidth = 80;

/** A space, or the end of a line when the group does not fit. */
export const line: Doc = { kind: "line", flat: " ", hard: false };
/** Nothing, or the end of a line. */
export const softline: Doc = { kind: "line", flat: "", hard: false };
/** The end of a line; every group around it is broken. */
export const hardline: Doc = { kind: "line", flat: "", hard: true };

export function indent(content: Doc, by = 2): Doc {
  return { kind: "indent", content, by };
}

const indentDoc = indent;

/** All lines of a group end, or none does; all do when it is `broken` or holds a hard line. */
export function group(content: Doc, broken = false): Doc {
  return { kind: "group", content, broken: broken || willBreak(content) };
}

/** A group whose breaking is reported by `print` under a number. */
export function numberedGroup(content: Doc, id: number, broken: boolean): Doc {
  return { kind: "group", content, broken: broken || willBreak(content), id };
}

export function ifBroken(broken: Doc, flat: Doc = ""): Doc {
  return { kind: "if-broken", broken, flat };
}

/**
 * What follows a `=`: after a space, or indented on a line of its own when not even its beginning, up to the first
 * place where it may be broken, fits.
 */
export function fluid(content: Doc): Doc {
  return { kind: "fluid", content };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.map((doc, at) => (at === 0 ? doc : [separator, doc]));
}

/** True when a doc holds a line that must end. */
export function willBreak(doc: Doc): boolean {
  if (typeof doc === "string") return false;
  if (Array.isArray(doc)) return doc.some(willBreak);
  switch ((doc as Exclude<Doc, string | readonly Doc[]>).kind) {
    case "line":
      return (doc as { hard: boolean }).hard;
    case "indent":
      return willBreak((doc as { content: Doc }).content);
    case "group":
      return (doc as { broken: boolean }).broken;
    case "if-broken":
      return willBreak((doc as { broken: Doc }).broken);
    case "fluid":
      return willBreak((doc as { content: Doc }).content);
  }
}

interface Command {
  readonly doc: Doc;
  readonly indent: number;
  readonly flat: boolean;
}

/**
 * Lays a doc out in lines of at most `width` columns where that is possible. Lines carry no trailing spaces. The numbers
 * of numbered groups that were broken are added to `broken`.
 */
export function print(doc: Doc, width = pageWidth, broken?: Set<number>): string {
  // Finished lines and the one being written, apart: to look at the end of one long string would flatten it each time.
  const lines: string[] = [];
  let out = "";
  let column = 0;
  const pending: Command[] = [{ doc, indent: 0, flat: false }];
  for (let command = pending.pop(); command !== undefined; command = pending.pop()) {
    const { doc, indent, flat } = command;
    if (typeof doc === "string") {
      out += doc;
      column += widthOf(doc);
    } else if (isList(doc)) {
      for (let at = doc.length - 1; at >= 0; at--) pending.push({ doc: doc[at] ?? "", indent, flat });
    } else if (doc.kind === "indent") {
      pending.push({ doc: doc.content, indent: indent + doc.by, flat });
    } else if (doc.kind === "if-broken") {
      pending.push({ doc: flat ? doc.flat : doc.broken, indent, flat });
    } else if (doc.kind === "group") {
      const next = { doc: doc.content, indent, flat: true };
      const fitsFlat = !doc.broken && (flat || fits(next, pending, width - column));
      if (!fitsFlat && doc.id !== undefined) broken?.add(doc.id);
      pending.push({ ...next, flat: fitsFlat });
    } else if (doc.kind === "fluid") {
      const stays = flat || fits({ doc: [" ", doc.content], indent, flat: false }, pending, width - column);
      pending.push({ doc: stays ? [" ", doc.content] : indentDoc([line, doc.content]), indent, flat });
    } else if (flat && !doc.hard) {
      out += doc.flat;
      column += doc.flat.length;
    } else {
      lines.push(trimEnd(out));
      out = " ".repeat(indent);
      column = indent;
    }
  }
  return [...lines, out].join("\n");
}

/** Without the spaces at the end; other white space may belong to a string. */
function trimEnd(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x20) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** Whether a flat command and what follows it, up to the next possible end of line, fit. */
function fits(next: Command, rest: readonly Command[], width: number): boolean {
  let left = width;
  let at = rest.length;
  const pending: Command[] = [next];
  while (left >= 0) {
    const command = pending.pop() ?? rest[--at];
    if (command === undefined) return true;
    const { doc, flat } = command;
    if (typeof doc === "string") left -= widthOf(doc);
    else if (isList(doc)) {
      for (let part = doc.length - 1; part >= 0; part--) pending.push({ ...command, doc: doc[part] ?? "" });
    } else if (doc.kind === "indent") pending.push({ ...command, doc: doc.content });
    else if (doc.kind === "if-broken") pending.push({ ...command, doc: flat ? doc.flat : doc.broken });
    else if (doc.kind === "group") pending.push({ ...command, doc: doc.content, flat: flat && !doc.broken });
    else if (doc.kind === "fluid") {
      if (!flat) return true;
      pending.push({ ...command, doc: [" ", doc.content] });
    } else if (!flat || doc.hard) return true;
    else left -= doc.flat.length;
  }
  return false;
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}
