/**
 * Finds the bound of a type that computes with type parameters: one that holds for every type argument a caller may choose.
 * The compiler's own constraint is too narrow for that where a key depends on the same parameter: of `T[keyof T]` it knows
 * only the properties `T` must have.
 */
import type { TypeUse } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { use, type Session } from "./session.ts";

export function constraintOf(session: Session, type: ts.Type): TypeUse | null {
  const { ts, checker } = session;
  const isTuple = checker.isTupleType(type);
  if (isTuple ? !hasCertainPlaces(session, type as ts.TupleTypeReference) : !(type.flags & bounded(ts)))
    return null;
  const bound =
    type.flags & ts.TypeFlags.IndexedAccess
      ? valueBound(session, type as ts.IndexedAccessType)
      : checker.getBaseConstraintOfType(type);
  return bound && bound !== type ? use(bound, null) : null;
}

/**
 * `T[K]`. What is written out as keys finds in `T` at least what its constraint says of them; any other key only what that says
 * of all keys, as `Record<string, number>` does.
 */
function valueBound({ ts, checker }: Session, type: ts.IndexedAccessType): ts.Type | undefined {
  const { objectType, indexType } = type;
  const isOpen = [objectType, indexType].every(({ flags }) => flags & ts.TypeFlags.Instantiable);
  const keys = checker.getBaseConstraintOfType(indexType);
  if (!isOpen || (keys && isListed(ts, keys))) return checker.getBaseConstraintOfType(type);
  const whole = checker.getBaseConstraintOfType(objectType);
  return whole && checker.getIndexTypeOfType(whole, ts.IndexKind.String);
}

function isListed(ts: Classic, keys: ts.Type): boolean {
  if (keys.flags & ts.TypeFlags.Union) return (keys as ts.UnionType).types.every((key) => isListed(ts, key));
  return (keys.flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)) !== 0;
}

/**
 * `[string, ...T]`. Where something follows the `T`, it must be as long as its constraint says, or of one kind at any length: else
 * nothing is known of the places behind it.
 */
function hasCertainPlaces({ ts, checker }: Session, type: ts.TupleTypeReference): boolean {
  const elements = checker.getTypeArguments(type);
  return type.target.elementFlags.every((flag, at) => {
    if (!(flag & ts.ElementFlags.Variadic) || at === elements.length - 1) return true;
    const bound = elements[at] && checker.getBaseConstraintOfType(elements[at]);
    if (!bound) return false;
    return checker.isTupleType(bound)
      ? (bound as ts.TupleTypeReference).target.elementFlags.every((one) => one & ts.ElementFlags.Required)
      : checker.isArrayType(bound);
  });
}

/** Keys, what stands under keys, texts made of others, and `NoInfer<T>`, which is a `T`. */
function bounded({ TypeFlags }: Classic): ts.TypeFlags {
  return (
    TypeFlags.Index |
    TypeFlags.IndexedAccess |
    TypeFlags.Substitution |
    TypeFlags.StringMapping |
    TypeFlags.TemplateLiteral
  );
}
