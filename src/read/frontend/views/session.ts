/**
 * Holds one program and what its views need. Handles of the frontend interface are the compiler's own objects under another
 * type; the casts live here and nowhere else.
 */
import { relative } from "node:path";
import { nowhere, type Doc, type Source } from "../../../model/contract.ts";
import { remembered } from "../../../model/remembered.ts";
import type { NodeHandle, TypeHandle, TypeUse } from "../frontend.ts";
import type { Classic, Compiler, ts } from "./compiler.ts";

export interface Session extends Compiler {
  /** Absolute; sources are relative to it. */
  readonly root: string;
  /** Documentation that has been read; `null` where there is none. */
  readonly docs: Map<ts.Node, Doc | null>;
  /** What files are called in sources. */
  readonly names: Map<ts.SourceFile, string>;
}

export const toType = (handle: TypeHandle): ts.Type => handle as unknown as ts.Type;
export const fromType = (type: ts.Type): TypeHandle => type as unknown as TypeHandle;
export const toNode = (handle: NodeHandle): ts.Node => handle as unknown as ts.Node;
const fromNode = (node: ts.Node): NodeHandle => node as unknown as NodeHandle;

/** A type and the type node it is written as, if any. */
export function use(type: ts.Type, node: ts.Node | null | undefined): TypeUse {
  return { type: fromType(type), node: node ? fromNode(node) : null };
}

/** A node's range, without the comments before it; `nowhere` in the language's own library, which no author can open. */
export function sourceOf(session: Session, node: ts.Node): Source {
  const file = node.getSourceFile();
  return rangeOf(session, file, node.getStart(file, false), node.getEnd());
}

export function rangeOf(session: Session, file: ts.SourceFile, start: number, end: number): Source {
  if (session.isLibraryFile(file.fileName)) return nowhere;
  const from = file.getLineAndCharacterOfPosition(start);
  const to = file.getLineAndCharacterOfPosition(end);
  return {
    file: nameOf(session, file),
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

function nameOf({ root, names }: Session, file: ts.SourceFile): string {
  return remembered(names, file, () => relative(root, file.fileName).replaceAll("\\", "/"));
}

/** What the compiler keeps of a symbol that it made itself, such as a property of `Readonly<T>`. */
interface Links {
  readonly checkFlags: number;
  /** The symbol it comes from. */
  readonly syntheticOrigin?: ts.Symbol;
}

const none: Links = { checkFlags: 0 };

export function linksOf(symbol: ts.Symbol): Links {
  return (symbol as { links?: Links }).links ?? none;
}

/** Who declares a symbol: the language, a host (Node, a browser), or anyone else. */
export function libraryOf(
  session: Pick<Compiler, "filesOf" | "isLibraryFile">,
  symbol: ts.Symbol | undefined,
): "es" | "host" | null {
  let host = false;
  for (const file of symbol === undefined ? [] : session.filesOf(symbol)) {
    if (session.isLibraryFile(file)) {
      if (!/\/lib\.(dom|webworker|scripthost)/.test(file)) return "es";
      host = true;
    } else if (/\/node_modules\/(@types\/node|undici-types|bun-types|@types\/bun)\//.test(file)) host = true;
  }
  return host ? "host" : null;
}

/** Parentheses and `readonly` say nothing about where the parts of a type are written. */
export function bareNode(ts: Classic, node: ts.Node | null): ts.Node | null {
  let bare = node;
  while (
    bare &&
    (ts.isParenthesizedTypeNode(bare) ||
      (ts.isTypeOperatorNode(bare) && bare.operator === ts.SyntaxKind.ReadonlyKeyword))
  ) {
    bare = bare.type;
  }
  return bare;
}

/** Follows imports and re-exports to the symbol that is meant. */
export function resolved(session: Session, symbol: ts.Symbol): ts.Symbol {
  const { ts } = session;
  return symbol.flags & ts.SymbolFlags.Alias ? session.checker.getAliasedSymbol(symbol) : symbol;
}
