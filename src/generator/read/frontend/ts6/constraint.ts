/**
 * The bound of a computing type that holds for every type argument a caller may choose. The compiler's own constraint is
 * too narrow for that where the key is open too: of `T[K]` it knows only the properties `T` must have.
 */
import type { TypeUse } from "../frontend.ts";
import { ts } from "./compiler.ts";
import { use, type Session } from "./session.ts";

const { TypeFlags } = ts;

export function constraintOf(session: Session, type: ts.Type): TypeUse | null {
  // Of keys, of what stands under keys, and of `NoInfer<T>`, which is a `T`.
  if (!(type.flags & (TypeFlags.Index | TypeFlags.IndexedAccess | TypeFlags.Substitution))) return null;
  if (type.flags & TypeFlags.IndexedAccess) {
    const { objectType, indexType } = type as ts.IndexedAccessType;
    if (objectType.flags & TypeFlags.Instantiable && indexType.flags & TypeFlags.Instantiable) return null;
  }
  const bound = session.checker.getBaseConstraintOfType(type);
  return bound && bound !== type ? use(bound, null) : null;
}
