/**
 * Finds what a definition says of scripts: the types `Script` and `Scripts` that it exports, and in the implementation style
 * the same in the second argument of `defineBindings`.
 *
 * `defineBindings({ … }, { script: {} as { input: Period; result: Report } })`
 */
import type { ScriptsView } from "../frontend.ts";
import { ts } from "./compiler.ts";
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
    const symbol = find(form);
    const isType = symbol && (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0;
    const type = isType ? session.checker.getDeclaredTypeOfSymbol(symbol) : null;
    return symbol && type ? view(session, form, "export", type, symbol) : [];
  });
  return [...exported, ...fromArgument(session, implementation)];
}

function fromArgument(session: Session, implementation: ts.Expression | null): readonly ScriptsView[] {
  const { checker } = session;
  const argument = implementation && defineBindingsCall(implementation)?.arguments[1];
  if (!argument) return [];
  const type = checker.getTypeAtLocation(argument);
  const forms = [
    ["script", "Script"],
    ["scripts", "Scripts"],
  ] as const;
  return forms.flatMap(([key, form]) => {
    const symbol = type.getProperty(key);
    return symbol ? view(session, form, "argument", checker.getTypeOfSymbol(symbol), symbol) : [];
  });
}

function view(
  session: Session,
  form: ScriptsView["form"],
  origin: ScriptsView["origin"],
  type: ts.Type,
  { declarations = [] }: ts.Symbol,
): ScriptsView[] {
  const [declaration] = declarations;
  if (!declaration) return [];
  const source = sourceOf(session, ts.getNameOfDeclaration(declaration) ?? declaration);
  return [{ form, origin, type: fromType(type), doc: docOf(session, declarations), source }];
}
