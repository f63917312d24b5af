/**
 * Prints a type that computes with type parameters as TypeScript does, cut at the names that mean declarations: `Pick<User,
 * K>` -> `Pick<`, the declaration `User`, `, `, the parameter `K`, `>`. `null` when the text would mention what a
 * declaration file cannot have (`typeof x`, a host's types).
 */
import type { Piece } from "../frontend.ts";
import { ts } from "./compiler.ts";
import { namedSymbol } from "../views/named.ts";
import { fromType, libraryOf, type Session } from "../views/session.ts";

const { NodeBuilderFlags: Flags, SymbolFlags } = ts;

const flags =
  Flags.NoTruncation |
  Flags.UseAliasDefinedOutsideCurrentScope |
  Flags.UseStructuralFallback |
  Flags.GenerateNamesForShadowedTypeParams |
  Flags.IgnoreErrors;

export function piecesOf(session: Session, type: ts.Type, intoAlias: boolean): readonly Piece[] | null {
  const node = session.checker.typeToTypeNode(type, undefined, flags | (intoAlias ? Flags.InTypeAlias : 0));
  if (!node) return null;
  const names: Piece[] = [];
  let printable = true;

  /** The name replaced by a mark that is found again in the text. */
  const mark = (symbol: ts.Symbol): ts.Identifier | null => {
    const piece = pieceOf(session, symbol);
    if (!piece) return null;
    names.push(piece);
    return ts.factory.createIdentifier(`__isobind_${names.length - 1}__`);
  };

  const visit = (at: ts.Node): ts.Node => {
    if (ts.isTypeQueryNode(at)) printable = false;
    const reference = ts.isTypeReferenceNode(at)
      ? at.typeName
      : ts.isImportTypeNode(at) && !at.isTypeOf
        ? at.qualifier
        : undefined;
    if (ts.isImportTypeNode(at) && !reference) printable = false;
    if (reference && (ts.isTypeReferenceNode(at) || ts.isImportTypeNode(at))) {
      const symbol = symbolOf(reference);
      // Type parameters are printed without the symbol they mean; their name is theirs alone here.
      const staysAsIs = ts.isTypeReferenceNode(at) && (!symbol || libraryOf(session, symbol) === "es");
      const name = symbol && !staysAsIs ? mark(symbol) : null;
      if (!name && !staysAsIs) printable = false;
      const types = at.typeArguments && ts.visitNodes(at.typeArguments, visit, ts.isTypeNode);
      return ts.factory.createTypeReferenceNode(name ?? reference, types);
    }
    return ts.visitEachChild(at, visit, undefined);
  };
  const marked = visit(node);
  if (!printable) return null;
  const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });
  const file = ts.createSourceFile("type.ts", "", ts.ScriptTarget.ESNext);
  const text = printer.printNode(ts.EmitHint.Unspecified, marked, file);
  return text.split(/__isobind_(\d+)__/).flatMap((part, at): Piece[] => {
    if (at % 2 === 0) return part === "" ? [] : [{ kind: "text", text: part }];
    const piece = names[Number(part)];
    return piece ? [piece] : [];
  });
}

/** Names the compiler prints carry the symbol they mean. */
function symbolOf(name: ts.EntityName): ts.Symbol | undefined {
  const last = ts.isQualifiedName(name) ? name.right : name;
  return (last as { symbol?: ts.Symbol }).symbol;
}

function pieceOf(session: Session, symbol: ts.Symbol): Piece | null {
  if (symbol.flags & SymbolFlags.TypeParameter) {
    const parameter = session.checker.getDeclaredTypeOfSymbol(symbol);
    return { kind: "parameter", parameter: fromType(parameter), name: symbol.name };
  }
  if (libraryOf(session, symbol) !== null) return null;
  const named = namedSymbol(session, symbol);
  return named && { kind: "named", named };
}
