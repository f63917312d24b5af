/**
 * Finds what a definition exports: the tree of its bindings, and what it says of scripts and their globals.
 */
import { nowhere } from "../../../model/contract.ts";
import type { DefinitionView } from "../frontend.ts";
import type { Classic, ts } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { fromPart } from "./part.ts";
import { globalsOf, scriptsOf } from "./scripts.ts";
import { rangeOf, resolved, type Session } from "./session.ts";

export function definitionOf(session: Session, file: ts.SourceFile | undefined): DefinitionView {
  const { ts, checker } = session;
  const module = file && checker.getSymbolAtLocation(file);
  const symbols = module ? checker.getExportsOfModule(module) : [];
  const find = (name: string): ts.Symbol | undefined => {
    const symbol = symbols.find((exported) => exported.name === name);
    return symbol && resolved(session, symbol);
  };
  const implementation = find("default");
  const bindings = find("Bindings");
  const isType =
    bindings !== undefined && (bindings.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0;
  const bindingsType = (symbol: ts.Symbol) => (): ts.Type => checker.getDeclaredTypeOfSymbol(symbol);
  return {
    implementation: implementation ? implementationPart(session, implementation) : null,
    contract: isType
      ? fromPart({
          expression: null,
          type: bindingsType(bindings),
          declarations: bindings.declarations ?? [],
        })
      : null,
    source: file ? rangeOf(session, file, 0, 0) : nowhere,
    scripts: scriptsOf(session, find, implementation ? expressionOf(ts, implementation) : null),
    globals: globalsOf(session, find, implementation ? expressionOf(ts, implementation) : null),
    doc: docOf(session, (implementation ?? (isType ? bindings : undefined))?.declarations ?? []),
    exports: symbols.map(({ name }) => name),
  };
}

function expressionOf(ts: Classic, symbol: ts.Symbol): ts.Expression | null {
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (declaration && ts.isExportAssignment(declaration)) return declaration.expression;
  return declaration && ts.isVariableDeclaration(declaration) && !declaration.type
    ? (declaration.initializer ?? null)
    : null;
}

function implementationPart(session: Session, symbol: ts.Symbol): ReturnType<typeof fromPart> {
  return fromPart({
    expression: expressionOf(session.ts, symbol),
    type: () => session.checker.getTypeOfSymbol(symbol),
    declarations: symbol.declarations ?? [],
  });
}
