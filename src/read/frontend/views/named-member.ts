/**
 * Finds the member that another one is said to be: of `pay: Payments["pay"]` the member `pay` of `Payments`. It is the same function
 * under a name of this tree, so what was written beside it there is said of it here.
 */
import type { ts } from "./compiler.ts";
import type { Session } from "./session.ts";

export function namedMember(session: Session, declarations: readonly ts.Node[]): ts.Symbol | undefined {
  const { ts, checker } = session;
  for (const declaration of declarations) {
    if (!ts.isPropertySignature(declaration) || declaration.type === undefined) continue;
    if (!ts.isIndexedAccessTypeNode(declaration.type)) continue;
    const { objectType, indexType } = declaration.type;
    const key = checker.getTypeFromTypeNode(indexType);
    if (!(key.flags & ts.TypeFlags.StringLiteral)) continue;
    return checker.getTypeFromTypeNode(objectType).getProperty((key as ts.StringLiteralType).value);
  }
  return undefined;
}
