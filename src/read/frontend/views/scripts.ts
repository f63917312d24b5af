/**
 * Finds what a definition says of scripts and their globals: the types `Script`, `Scripts` and `Globals` that it exports, and in the
 * implementation style the same in the second argument of `defineBindings`.
 *
 * `defineBindings({ … }, { script: {} as { input: Period; result: Report } })`
 */
import type { GlobalsView, ScriptsView } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { defineBindingsCall } from "./expression.ts";
import { fromType, sourceOf, type Session } from "./session.ts";

/** `find` gives an export by its name, `implementation` the expression that is exported as default. */
export function scriptsOf(
  session: Session,
  find: (name: string) => ts.Symbol | undefined,
  implementation: ts.Expression | null,
): readonly ScriptsView[] {
  const exported = (["Script", "Scripts"] as const).flatMap((form): ScriptsView[] => {
    return exportedType(session, find(form)).map((said) => ({ form, ...said }));
  });
  const forms = [
    ["script", "Script"],
    ["scripts", "Scripts"],
  ] as const;
  const argued = forms.flatMap(([key, form]) =>
    fromArgument(session, implementation, key).map((said): ScriptsView => ({ form, ...said })),
  );
  return [...exported, ...argued];
}

/** The same of the globals of scripts. */
export function globalsOf(
  session: Session,
  find: (name: string) => ts.Symbol | undefined,
  implementation: ts.Expression | null,
): readonly GlobalsView[] {
  return [...exportedType(session, find("Globals")), ...fromArgument(session, implementation, "globals")];
}

function exportedType(session: Session, symbol: ts.Symbol | undefined): readonly GlobalsView[] {
  const { ts } = session;
  const isType = symbol && (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0;
  return isType ? view(session, "export", session.checker.getDeclaredTypeOfSymbol(symbol), symbol) : [];
}

/** A property of the second argument. */
function fromArgument(
  session: Session,
  implementation: ts.Expression | null,
  key: string,
): readonly GlobalsView[] {
  const { ts, checker } = session;
  const argument = implementation && defineBindingsCall(ts, implementation)?.arguments[1];
  const symbol = argument && checker.getTypeAtLocation(argument).getProperty(key);
  return symbol ? view(session, "argument", checker.getTypeOfSymbol(symbol), symbol) : [];
}

function view(
  session: Session,
  origin: GlobalsView["origin"],
  type: ts.Type,
  { declarations = [] }: ts.Symbol,
): GlobalsView[] {
  const { ts } = session;
  const [declaration] = declarations;
  if (!declaration) return [];
  const source = sourceOf(session, ts.getNameOfDeclaration(declaration) ?? declaration);
  return [{ origin, type: fromType(type), doc: docOf(session, declarations), source }];
}
