/**
 * Lists the properties and index signatures of an object type, in the author's order.
 */
import { byText } from "../../../model/by-text.ts";
import type { IndexView, PropertyView, TypeHandle } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { linksOf, sourceOf, toType, use, type Session } from "./session.ts";

export function propertiesOf(session: Session, handle: TypeHandle): readonly PropertyView[] {
  return orderedProperties(session, toType(handle))
    .filter(({ escapedName }) => !isPrivateName(String(escapedName)))
    .map((symbol) => propertyView(session, symbol));
}

export function orderedProperties(session: Session, type: ts.Type): readonly ts.Symbol[] {
  const { ts } = session;
  return inAuthorOrder(ts, type, session.checker.getPropertiesOfType(type));
}

/** `#name`: not reachable from outside, and never cloned. */
function isPrivateName(name: string): boolean {
  return /^__#\d+@/.test(name);
}

function propertyView(session: Session, symbol: ts.Symbol): PropertyView {
  const { ts } = session;
  const declaration = declarationOf(symbol);
  const key = /^__@(.+)@\d+$/.exec(symbol.name);
  const modifiers = session.modifiersOf(symbol);
  return {
    name: key?.[1] ?? ts.unescapeLeadingUnderscores(symbol.escapedName),
    symbol: key !== null,
    symbolId: key && symbol.name,
    // Most questions about an object are about its keys, and the type of a property may be a whole package.
    get use() {
      return use(session.checker.getTypeOfSymbol(symbol), declaration ? typeNodeOf(ts, declaration) : null);
    },
    optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
    readonly: isReadonly(ts, symbol, modifiers),
    onPrototype: isOnPrototype(ts, symbol, declaration) || isKeptFromClass(session, symbol, declaration),
    get isKept() {
      return isKeptFromClass(session, symbol, declaration);
    },
    hidden: (modifiers & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0,
    get doc() {
      return docOf(session, symbol.declarations ?? []);
    },
    source: declaration ? sourceOf(session, ts.getNameOfDeclaration(declaration) ?? declaration) : null,
  };
}

export function typeNodeOf(ts: Classic, declaration: ts.Node): ts.TypeNode | null {
  const isTyped =
    ts.isPropertySignature(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isVariableDeclaration(declaration) ||
    ts.isGetAccessorDeclaration(declaration);
  return isTyped ? (declaration.type ?? null) : null;
}

/** The compiler's mark on properties it made itself, such as those of `Readonly<T>`. */
const checkFlagsReadonly = 8;

function isReadonly(ts: Classic, symbol: ts.Symbol, modifiers: ts.ModifierFlags): boolean {
  return (
    (linksOf(symbol).checkFlags & checkFlagsReadonly) !== 0 ||
    (modifiers & ts.ModifierFlags.Readonly) !== 0 ||
    ((symbol.flags & ts.SymbolFlags.GetAccessor) !== 0 && !(symbol.flags & ts.SymbolFlags.SetAccessor))
  );
}

function isOnPrototype(ts: Classic, symbol: ts.Symbol, declaration: ts.Declaration | undefined): boolean {
  if (symbol.flags & ts.SymbolFlags.Method) return true;
  return (
    (symbol.flags & ts.SymbolFlags.Accessor) !== 0 &&
    declaration !== undefined &&
    ts.isClassLike(declaration.parent)
  );
}

/**
 * A method or accessor of a class in a `Partial<T>` or `Pick<T, K>` of it: still what the class has on its prototype, unless the
 * mapping made something else of it, as `{ [K in keyof T]: boolean }`.
 */
function isKeptFromClass(
  { ts, checker }: Session,
  symbol: ts.Symbol,
  declaration: ts.Declaration | undefined,
): boolean {
  if (!declaration || !ts.isClassLike(declaration.parent)) return false;
  if (!ts.isMethodDeclaration(declaration) && !ts.isAccessor(declaration)) return false;
  const origin = linksOf(symbol).syntheticOrigin;
  if (!origin) return false;
  const held = (from: ts.Symbol): ts.Type => checker.getNonNullableType(checker.getTypeOfSymbol(from));
  return held(symbol) === held(origin);
}

/**
 * A mapped type lists its properties in the order of its keys, which is the compiler's numbering. Where they come from
 * declarations, the order of those is the author's; the others follow by name. An intersection follows its parts.
 */
function inAuthorOrder(ts: Classic, type: ts.Type, symbols: readonly ts.Symbol[]): readonly ts.Symbol[] {
  if (type.flags & ts.TypeFlags.Intersection) {
    const parts = (type as ts.IntersectionType).types.filter(({ flags }) => flags & ts.TypeFlags.Object);
    const names = parts.flatMap((part) =>
      inAuthorOrder(ts, part, part.getProperties()).map(({ name }) => name),
    );
    const places = new Map(names.toReversed().map((name, at) => [name, names.length - at]));
    return symbols.toSorted((a, b) => (places.get(a.name) ?? 0) - (places.get(b.name) ?? 0));
  }
  if (!((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped)) return symbols;
  const places = new Map(symbols.map((symbol) => [symbol, placeOf(symbol)]));
  return symbols.toSorted((a, b) => {
    const [left, right] = [places.get(a), places.get(b)];
    if (left && right) return byText(left.file, right.file) || left.at - right.at || byText(a.name, b.name);
    return left ? -1 : right ? 1 : byText(a.name, b.name);
  });
}

/** Of a property that a mapped type has renamed, that of the property it comes from. */
function declarationOf(symbol: ts.Symbol): ts.Declaration | undefined {
  let at: ts.Symbol | undefined = symbol;
  while (at && !at.declarations) at = linksOf(at).syntheticOrigin;
  return at?.valueDeclaration ?? at?.declarations?.[0];
}

function placeOf(symbol: ts.Symbol): { file: string; at: number } | null {
  const declaration = declarationOf(symbol);
  return declaration ? { file: declaration.getSourceFile().fileName, at: declaration.pos } : null;
}

export function indexesOf(session: Session, handle: TypeHandle): readonly IndexView[] {
  const { ts } = session;
  return session.checker.getIndexInfosOfType(toType(handle)).map((info) => ({
    key:
      info.keyType.flags & ts.TypeFlags.String
        ? "string"
        : info.keyType.flags & ts.TypeFlags.Number
          ? "number"
          : info.keyType.flags & ts.TypeFlags.ESSymbol
            ? "symbol"
            : use(info.keyType, null),
    value: use(info.type, info.declaration?.type),
    readonly: info.isReadonly,
  }));
}
