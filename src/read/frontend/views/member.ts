/** Reads a member of a namespace that is known by its type only: what it is called, and the part it holds or why it can hold none. */
import { nowhere } from "../../../model/contract.ts";
import type { TreeMember } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import { initializerOf } from "./expression.ts";
import { docOfMember } from "./inherited-tags.ts";
import { fromPart } from "./part.ts";
import { sourceOf, type Session } from "./session.ts";

export function member(session: Session, symbol: ts.Symbol): TreeMember {
  const { ts } = session;
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  const head = {
    name: ts.unescapeLeadingUnderscores(symbol.escapedName),
    doc: docOfMember(session, symbol),
    source: declaration ? sourceOf(session, ts.getNameOfDeclaration(declaration) ?? declaration) : nowhere,
  };
  if (/^__@/.test(symbol.name)) {
    return {
      ...head,
      name: /^__@(.+)@\d+$/.exec(symbol.name)?.[1] ?? symbol.name,
      kind: "invalid",
      code: "tree-not-static",
      reason: "is keyed by a symbol, which scripts cannot reach",
      help: "Give it a name.",
    };
  }
  if (symbol.flags & ts.SymbolFlags.Optional) return { ...head, ...optional };
  const part = fromPart({
    expression: declaration ? initializerOf(ts, declaration) : null,
    type: () => session.checker.getTypeOfSymbol(symbol),
    declarations: symbol.declarations ?? [],
  });
  return { ...head, kind: "part", part };
}

const optional = {
  kind: "invalid",
  code: "leaf-optional",
  reason: "is optional, so it may be missing when a script calls it",
  help: "Remove the `?`: always provide it, and let it throw or return `null` when it has nothing to do.",
} as const;
