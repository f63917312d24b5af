/**
 * Finds the name a type is known by: an interface, a class, an enum or an alias. The compiler remembers an alias only on
 * types the alias itself created; where a type is written as an alias of something else (`type User = z.infer<…>`, `type
 * UserId = string`), the syntax says so.
 */
import type { NamedView, TypeParameterView, TypeUse } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { isPackageFile } from "./compiler.ts";
import { bareNode, libraryOf, resolved, sourceOf, toNode, toType, use, type Session } from "./session.ts";
import { instanceArguments, isInstance, typeArgumentUses } from "./view.ts";

export function namedOf(session: Session, instance: TypeUse): NamedView | null {
  const { ts } = session;
  const type = toType(instance.type);
  const node = bareNode(ts, instance.node === null ? null : toNode(instance.node));
  if (type.aliasSymbol) {
    if (type.aliasSymbol.flags & ts.SymbolFlags.Enum)
      return view(session, type.aliasSymbol, "enum", type, [], node);
    if (libraryOf(session, type.aliasSymbol) !== "es") {
      return view(session, type.aliasSymbol, "alias", type, type.aliasTypeArguments ?? [], node);
    }
  }
  const { symbol } = type;
  if (type.flags & ts.TypeFlags.Union && symbol && symbol.flags & ts.SymbolFlags.Enum) {
    return view(session, symbol, "enum", type, [], node);
  }
  if (type.flags & ts.TypeFlags.Object && symbol && isInstance(ts, type as ts.ObjectType)) {
    const kind = kindOf(ts, symbol);
    if (kind === "class" || kind === "interface")
      return view(session, symbol, kind, type, instanceArguments(session, type as ts.ObjectType), node);
  }
  return writtenAlias(session, type, node);
}

function kindOf(ts: Classic, { flags }: ts.Symbol): NamedView["kind"] | null {
  if (flags & ts.SymbolFlags.Enum) return "enum";
  if (flags & ts.SymbolFlags.TypeAlias) return "alias";
  if (flags & ts.SymbolFlags.Class) return "class";
  return flags & ts.SymbolFlags.Interface ? "interface" : null;
}

/** The alias that `node` writes, when it means exactly this type. */
function writtenAlias(session: Session, type: ts.Type, node: ts.Node | null): NamedView | null {
  const { ts } = session;
  if (!node || !ts.isTypeReferenceNode(node)) return null;
  const mentioned = session.checker.getSymbolAtLocation(node.typeName);
  const symbol = mentioned && resolved(session, mentioned);
  if (!symbol || !(symbol.flags & ts.SymbolFlags.TypeAlias) || libraryOf(session, symbol) === "es")
    return null;
  const declaration = symbol.declarations?.find(ts.isTypeAliasDeclaration);
  if (!declaration) return null;
  if (!declaration.typeParameters) {
    const declared = session.checker.getDeclaredTypeOfSymbol(symbol);
    return declared === type ? view(session, symbol, "alias", type, [], node) : null;
  }
  // A package's own machinery (`z.infer<…>`) is no name the author gave.
  if (isPackageFile(declaration.getSourceFile().fileName)) return null;
  // `DeepReadonly<User>`: worth a name when it comes to an object; `Unwrap<Promise<string>>` is just a string.
  if (!(type.flags & ts.TypeFlags.Object) || session.checker.getTypeFromTypeNode(node) !== type) return null;
  if (session.checker.isArrayType(type) || session.checker.isTupleType(type)) return null;
  const typeArguments = (node.typeArguments ?? []).map((argument) =>
    session.checker.getTypeFromTypeNode(argument),
  );
  return view(session, symbol, "alias", type, typeArguments, node);
}

/** A declaration by its symbol, with its own type parameters as arguments. */
export function namedSymbol(session: Session, symbol: ts.Symbol): NamedView | null {
  const { ts } = session;
  const kind = kindOf(ts, symbol);
  if (!kind) return null;
  const declared = session.checker.getDeclaredTypeOfSymbol(symbol);
  return view(session, symbol, kind, declared, parametersOf(session, symbol, kind), null);
}

function view(
  session: Session,
  symbol: ts.Symbol,
  kind: NamedView["kind"],
  instance: ts.Type,
  typeArguments: readonly ts.Type[],
  node: ts.Node | null,
): NamedView | null {
  const { ts, checker } = session;
  if (session.filesOf(symbol).length === 0) return null;
  // Asked for where it matters: those of the language's own types are in its library.
  const declaration = (): ts.Declaration => {
    const all = symbol.declarations ?? [];
    const found = all.find((one) => isNamedDeclaration(ts, one)) ?? all[0];
    if (!found) throw new Error(`No declaration of ${symbol.name}.`);
    return found;
  };
  const name = nameParts(ts, symbol, declaration);
  if (!name) return null;
  const alias = kind === "alias" ? declaration() : null;
  const body = alias && ts.isTypeAliasDeclaration(alias) ? alias.type : null;
  return {
    key: symbol,
    kind,
    name,
    typeArguments: typeArgumentUses(session, typeArguments, node),
    get typeParameters() {
      return typeArguments.length === 0 ? [] : declaredParameters(session, symbol, kind);
    },
    get declared() {
      return use(checker.getDeclaredTypeOfSymbol(symbol), body);
    },
    instance: use(instance, body ?? node),
    // Asked for where the type is declared, and not at each mention of it.
    get doc() {
      return docOf(session, symbol.declarations ?? []);
    },
    get source() {
      const place = declaration();
      return sourceOf(session, ts.getNameOfDeclaration(place) ?? place);
    },
  };
}

function isNamedDeclaration(ts: Classic, node: ts.Node): node is ts.DeclarationStatement {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isClassLike(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node)
  );
}

/** `Geo.Point` -> `["Geo", "Point"]`; `null` for what has no name of its own. */
function nameParts(ts: Classic, symbol: ts.Symbol, declaration: () => ts.Declaration): string[] | null {
  const parts: string[] = [];
  for (let at: ts.Symbol | undefined = symbol; at; at = (at as { parent?: ts.Symbol }).parent) {
    if (at !== symbol && !(at.flags & ts.SymbolFlags.Namespace && !isFile(at))) break;
    const own = at === symbol ? ownName(ts, symbol, declaration) : at.name;
    if (own === null) return null;
    parts.unshift(own);
  }
  return parts;
}

function ownName(ts: Classic, symbol: ts.Symbol, declaration: () => ts.Declaration): string | null {
  if (!symbol.name.startsWith("__") && symbol.name !== "default") return symbol.name;
  const name = ts.getNameOfDeclaration(declaration());
  if (name && ts.isIdentifier(name)) return name.text;
  return symbol.name === "default" ? "Default" : null;
}

/** A module's own symbol is called by its quoted path, the global scope `__global`. */
function isFile(symbol: ts.Symbol): boolean {
  return /^["_]/.test(symbol.name);
}

function declaredParameters(
  session: Session,
  symbol: ts.Symbol,
  kind: NamedView["kind"],
): readonly TypeParameterView[] {
  return parametersOf(session, symbol, kind).map((parameter) => typeParameterView(session, parameter));
}

function parametersOf(
  { ts, checker }: Session,
  symbol: ts.Symbol,
  kind: NamedView["kind"],
): readonly ts.TypeParameter[] {
  const declared = checker.getDeclaredTypeOfSymbol(symbol);
  if (kind !== "alias") return (declared as ts.InterfaceType).typeParameters ?? [];
  if (declared.aliasSymbol === symbol && declared.aliasTypeArguments) {
    return declared.aliasTypeArguments as readonly ts.TypeParameter[];
  }
  const declaration = symbol.declarations?.find(ts.isTypeAliasDeclaration);
  return (declaration?.typeParameters ?? []).map(
    (parameter) => checker.getTypeAtLocation(parameter) as ts.TypeParameter,
  );
}

export function typeParameterView(session: Session, parameter: ts.TypeParameter): TypeParameterView {
  const { ts } = session;
  const declaration = parameter.symbol?.declarations?.find(ts.isTypeParameterDeclaration);
  // As it is written: the compiler's own answer has worked out `keyof T` already.
  const written = declaration?.constraint && session.checker.getTypeFromTypeNode(declaration.constraint);
  const constraint = written ?? parameter.getConstraint();
  const fallback = parameter.getDefault();
  return {
    parameter: use(parameter, null).type,
    name: parameter.symbol?.name ?? "T",
    isConst: declaration?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ConstKeyword) === true,
    constraint: constraint ? use(constraint, declaration?.constraint) : null,
    default: fallback ? use(fallback, declaration && writtenDefault(declaration)) : null,
  };
}

/** `= string` of `<T = string>`. TypeScript 7 has another name for it. */
export function writtenDefault(declaration: ts.TypeParameterDeclaration): ts.TypeNode | undefined {
  return declaration.default ?? (declaration as { defaultType?: ts.TypeNode }).defaultType;
}
