/**
 * Tells the types that wait for a type argument, however deep inside it stands.
 */
import type { Classic, ts } from "./compiler.ts";

/** Types that are worked out when a type parameter is known. */
export function computing({ TypeFlags }: Classic): ts.TypeFlags {
  return TypeFlags.Index | TypeFlags.IndexedAccess | TypeFlags.Conditional | TypeFlags.Substitution;
}

export function isVariable(ts: Classic, type: ts.Type): boolean {
  if (type.flags & ts.TypeFlags.UnionOrIntersection)
    return (type as ts.UnionType).types.some((part) => isVariable(ts, part));
  if (type.flags & ts.TypeFlags.TemplateLiteral)
    return (type as ts.TemplateLiteralType).types.some((part) => isVariable(ts, part));
  if (type.flags & ts.TypeFlags.StringMapping) return isVariable(ts, (type as ts.StringMappingType).type);
  return (type.flags & (ts.TypeFlags.TypeParameter | computing(ts))) !== 0;
}
