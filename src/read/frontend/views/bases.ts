/**
 * Finds the types that a class or interface extends. A base that does not resolve counts too: without it, the type would
 * have fewer properties than its author wrote, and nobody would be told.
 */
import type { TypeHandle } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import { fromType, toType, type Session } from "./session.ts";
import { isErrorType } from "./view.ts";

export function basesOf(session: Session, handle: TypeHandle): readonly TypeHandle[] {
  const { ts, checker } = session;
  const type = toType(handle);
  const target = (type as ts.TypeReference).target ?? type;
  if (!target.isClassOrInterface()) return [];
  const written = (target.symbol?.declarations ?? [])
    .filter((node) => ts.isClassLike(node) || ts.isInterfaceDeclaration(node))
    .flatMap((node) => node.heritageClauses ?? [])
    .filter((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap((clause) => clause.types.map((base) => checker.getTypeAtLocation(base)));
  return [...checker.getBaseTypes(target), ...written.filter((base) => isErrorType(ts, base))].map(fromType);
}
