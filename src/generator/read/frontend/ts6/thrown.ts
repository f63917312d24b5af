/**
 * The error classes named by `@throws {T}` and `@throws {@link T}`, resolved from where the comment stands.
 */
import type { ThrownView, TreeHandle } from "../frontend.ts";
import { ts } from "./compiler.ts";
import { commentOf } from "./docs.ts";
import { toPart } from "./part.ts";
import { resolved, use, type Session } from "./session.ts";
import { isErrorType } from "./view.ts";

export function thrownBy(session: Session, handle: TreeHandle): readonly ThrownView[] {
  for (const declaration of toPart(handle).declarations) {
    const comment = commentOf(declaration);
    if (comment) return (comment.tags ?? []).flatMap((tag) => thrownByTag(session, tag, declaration));
  }
  return [];
}

function thrownByTag(session: Session, tag: ts.JSDocTag, place: ts.Node): ThrownView[] {
  if (!/^(throws|exception)$/.test(tag.tagName.text)) return [];
  const text = ts.getTextOfJSDocComment(tag.comment) ?? "";
  const written = ts.isJSDocThrowsTag(tag) ? tag.typeExpression?.type.getText() : undefined;
  const linked = /^\s*\{@link\s+([\w$.]+)[^}]*\}/.exec(text);
  const name = written ?? linked?.[1];
  if (name === undefined) return [];
  const description = (written === undefined ? text.slice(linked?.[0].length) : text)
    .trim()
    .replace(/^-\s*/, "");
  return [{ name, use: typeNamed(session, name, place), description }];
}

function typeNamed(session: Session, name: string, place: ts.Node): ThrownView["use"] {
  const checker = session.checker as ts.TypeChecker & {
    resolveName(
      name: string,
      location: ts.Node,
      meaning: ts.SymbolFlags,
      excludeGlobals: boolean,
    ): ts.Symbol | undefined;
  };
  const [first = "", ...rest] = name.split(".");
  const meaning = ts.SymbolFlags.Type | ts.SymbolFlags.Namespace | ts.SymbolFlags.Alias;
  let symbol = checker.resolveName(first, place, meaning, false);
  for (const part of rest) {
    symbol = symbol && resolved(session, symbol).exports?.get(ts.escapeLeadingUnderscores(part));
  }
  const target = symbol && resolved(session, symbol);
  if (!target || !(target.flags & ts.SymbolFlags.Type)) return null;
  const type = checker.getDeclaredTypeOfSymbol(target);
  return isErrorType(type) ? null : use(type, null);
}
