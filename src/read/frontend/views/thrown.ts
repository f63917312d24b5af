/**
 * Finds the error classes named by `@throws {T}` and `@throws {@link T}`, resolved from where the comment stands: a name
 * that is in scope there, or one that the file exports. `export type { NotFoundError } from "./errors.ts"` is no import that
 * a linter calls unused.
 */
import type { ThrownView, TreeHandle } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { namedMembers } from "./named-member.ts";
import { toPart } from "./part.ts";
import { resolved, use, type Session } from "./session.ts";
import { isErrorType } from "./view.ts";

export function thrownBy(session: Session, handle: TreeHandle): readonly ThrownView[] {
  const { declarations } = toPart(handle);
  const all = [...ownThrown(session, declarations)];
  // What is said here counts before what is said there.
  for (const there of namedMembers(session, declarations)) {
    const names = new Set(all.map(({ name }) => name));
    all.push(...ownThrown(session, there.declarations ?? []).filter(({ name }) => !names.has(name)));
  }
  return all;
}

/** What the first comment says. */
function ownThrown(session: Session, declarations: readonly ts.Node[]): readonly ThrownView[] {
  for (const declaration of declarations) {
    const { text, tags } = docOf(session, [declaration]);
    if (text === "" && tags.length === 0) continue;
    return tags.flatMap(({ name, type, text: description }) =>
      name === "throws" && type !== undefined
        ? [{ name: type, use: typeNamed(session, type, declaration), description }]
        : [],
    );
  }
  return [];
}

function typeNamed(session: Session, name: string, place: ts.Node): ThrownView["use"] {
  const { ts, checker } = session;
  const [first = "", ...rest] = name.split(".");
  const meaning = ts.SymbolFlags.Type | ts.SymbolFlags.Namespace | ts.SymbolFlags.Alias;
  let symbol = checker.resolveName(first, place, meaning, false) ?? exported(session, first, place);
  for (const part of rest) {
    symbol = symbol && resolved(session, symbol).exports?.get(ts.escapeLeadingUnderscores(part));
  }
  const target = symbol && resolved(session, symbol);
  if (!target || !(target.flags & ts.SymbolFlags.Type)) return null;
  const type = checker.getDeclaredTypeOfSymbol(target);
  return isErrorType(ts, type) ? null : use(type, null);
}

function exported({ checker }: Session, name: string, place: ts.Node): ts.Symbol | undefined {
  const module = checker.getSymbolAtLocation(place.getSourceFile());
  return module && checker.getExportsOfModule(module).find((symbol) => symbol.name === name);
}
