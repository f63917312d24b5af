/**
 * Lists the members of a union, regrouped as their author thinks of them: `true | false` is `boolean`, all members of an
 * enum are the enum, an aliased union inside another one keeps its name. Each member carries its place in the source,
 * because the compiler's own order is the order in which types happened to be created.
 */
import type { TypeUse } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import { bareNode, resolved, use, type Session } from "./session.ts";

interface Member {
  readonly use: TypeUse;
  readonly order: number | null;
}

export function unionMembers(session: Session, type: ts.UnionType, node: ts.Node | null): readonly Member[] {
  const places = sourcePlaces(session, node);
  return regroup(session, partsOf(session, type)).map((member) => {
    const place = places.get(member);
    return { use: use(member, place?.node), order: place?.order ?? null };
  });
}

/** Before flattening where the compiler remembers it: `SqlValue | undefined` and not its eight members. */
function partsOf(session: Session, type: ts.UnionType): readonly ts.Type[] {
  const { ts } = session;
  const parts = session.originOf(type) ?? type.types;
  return parts.flatMap((part) =>
    part.flags & ts.TypeFlags.Union && !(part.flags & ts.TypeFlags.Boolean) && !part.aliasSymbol
      ? partsOf(session, part as ts.UnionType)
      : [part],
  );
}

export function regroup(session: Pick<Session, "ts" | "checker">, parts: readonly ts.Type[]): ts.Type[] {
  const { ts, checker } = session;
  const present = new Set(parts);
  const regrouped = new Set<ts.Type>();
  for (const part of parts) {
    const whole =
      part.flags & ts.TypeFlags.BooleanLiteral
        ? checker.getBooleanType()
        : part.flags & ts.TypeFlags.EnumLiteral
          ? enumOf(session, part)
          : null;
    const members = whole ? (whole as ts.UnionType).types : null;
    regrouped.add(whole && members?.every((member) => hasMember(present, member)) ? whole : part);
  }
  return [...regrouped];
}

/** Literals come fresh and regular; both are the same value. */
function hasMember(present: ReadonlySet<ts.Type>, member: ts.Type): boolean {
  const { freshType, regularType } = member as { freshType?: ts.Type; regularType?: ts.Type };
  return [member, freshType, regularType].some((type) => type !== undefined && present.has(type));
}

/** The enum of an enum member, when it has more than one. */
function enumOf(session: Pick<Session, "ts" | "checker">, member: ts.Type): ts.Type | null {
  const { ts } = session;
  const declaration = member.symbol?.declarations?.find(ts.isEnumMember);
  const symbol = declaration && session.checker.getSymbolAtLocation(declaration.parent.name);
  const whole = symbol && session.checker.getDeclaredTypeOfSymbol(symbol);
  return whole && whole.flags & ts.TypeFlags.Union ? whole : null;
}

function sourcePlaces(
  session: Session,
  node: ts.Node | null,
): Map<ts.Type, { order: number; node: ts.Node }> {
  const { ts } = session;
  const places = new Map<ts.Type, { order: number; node: ts.Node }>();
  const visit = (part: ts.Node | null): void => {
    const bare = bareNode(ts, part);
    if (!bare) return;
    if (ts.isUnionTypeNode(bare)) {
      for (const inner of bare.types) visit(inner);
      return;
    }
    if (!ts.isTypeNode(bare)) return;
    const type = session.checker.getTypeFromTypeNode(bare);
    const order = places.size;
    const put = (member: ts.Type): void => {
      if (!places.has(member)) places.set(member, { order, node: bare });
    };
    put(type);
    // A named union that the compiler has flattened: its members stand where the name stands.
    if (type.flags & ts.TypeFlags.Union) for (const member of (type as ts.UnionType).types) put(member);
  };
  const bare = bareNode(ts, node);
  visit(bare && ts.isTypeReferenceNode(bare) ? (aliasBody(session, bare) ?? bare) : bare);
  return places;
}

/** `Status` -> the union node of `type Status = …`. */
function aliasBody(session: Session, node: ts.TypeReferenceNode): ts.Node | null {
  const { ts } = session;
  const symbol = session.checker.getSymbolAtLocation(node.typeName);
  const declaration = symbol && resolved(session, symbol).declarations?.find(ts.isTypeAliasDeclaration);
  return declaration?.type ?? null;
}
