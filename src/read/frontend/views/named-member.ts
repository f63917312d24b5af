/**
 * Finds the member that another one is said to be: of `pay: Payments["pay"]` the member `pay` of `Payments`, of `pay: typeof bank.pay` that of `bank`. It is the same
 * function under a name of this tree, so what was written beside it there is said of it here.
 */
import type { ts } from "./compiler.ts";
import { resolved, type Session } from "./session.ts";

/** That member, and the one it is said to be itself, to the last; none twice, where they are said to be each other. */
export function namedMembers(
  session: Session,
  declarations: readonly ts.Node[] | undefined,
): readonly ts.Symbol[] {
  const found = new Set<ts.Symbol>();
  let next = namedMember(session, declarations);
  while (next !== undefined && !found.has(next)) {
    found.add(next);
    next = namedMember(session, next.declarations);
  }
  return [...found];
}

function namedMember(session: Session, declarations: readonly ts.Node[] = []): ts.Symbol | undefined {
  const { ts } = session;
  for (const declaration of declarations)
    if (ts.isPropertySignature(declaration) && declaration.type !== undefined)
      return namedBy(session, declaration.type, new Set());
  return undefined;
}

/** What a type names: in parentheses, or by the name of an alias, too. */
function namedBy(session: Session, type: ts.TypeNode, seen: Set<ts.TypeNode>): ts.Symbol | undefined {
  const { ts, checker } = session;
  if (seen.has(type)) return undefined;
  seen.add(type);
  if (ts.isParenthesizedTypeNode(type)) return namedBy(session, type.type, seen);
  if (ts.isTypeQueryNode(type)) return original(session, type.exprName);
  if (ts.isTypeReferenceNode(type)) {
    const alias = original(session, type.typeName)?.declarations?.find(ts.isTypeAliasDeclaration);
    return alias === undefined ? undefined : namedBy(session, alias.type, seen);
  }
  if (!ts.isIndexedAccessTypeNode(type)) return undefined;
  const key = checker.getTypeFromTypeNode(type.indexType);
  if (!(key.flags & ts.TypeFlags.StringLiteral)) return undefined;
  return checker.getTypeFromTypeNode(type.objectType).getProperty((key as ts.StringLiteralType).value);
}

/** What a name means where it was declared. */
function original(session: Session, name: ts.Node): ts.Symbol | undefined {
  const symbol = session.checker.getSymbolAtLocation(name);
  return symbol && resolved(session, symbol);
}
