/**
 * Takes apart a mapped type that waits for a type argument (`Pick<T, K>`, `Partial<T>`, `Record<K, V>`): where its keys and
 * values come from. The compiler gives it no constraint of its own.
 */
import type { MappedView } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { libraryOf, use, type Session } from "./session.ts";

export function mappedOf(session: Session, type: ts.Type): MappedView | null {
  const { ts, checker } = session;
  if (!((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped)) return null;
  const parts = session.mappedParts(type as ts.ObjectType);
  if (!parts) return null;
  const { declaration, constraintType, modifiersType } = parts;
  const hasSource = modifiersType !== undefined && !(modifiersType.flags & ts.TypeFlags.Unknown);
  const keys = checker.getBaseConstraintOfType(constraintType);
  return {
    source: hasSource ? use(modifiersType, null) : null,
    isWhole: (constraintType.flags & ts.TypeFlags.Index) !== 0,
    keys: keys ? use(keys, null) : null,
    values: isOfSource(ts, declaration) ? "source" : valuesOf(session, type),
    addsOptional: declaration.questionToken !== undefined && !/^-/.test(declaration.questionToken.getText()),
    renames: declaration.nameType !== undefined,
  };
}

/** `{ [P in …]: T[P] }`. */
function isOfSource(ts: Classic, { type, typeParameter }: ts.MappedTypeNode): boolean {
  return (
    type !== undefined &&
    ts.isIndexedAccessTypeNode(type) &&
    ts.isTypeReferenceNode(type.indexType) &&
    ts.isIdentifier(type.indexType.typeName) &&
    type.indexType.typeName.text === typeParameter.name.text
  );
}

/** Of `Record<K, V>` the `V`; what another mapped type computes is known only when its key is. */
function valuesOf(session: Session, { aliasSymbol, aliasTypeArguments }: ts.Type): MappedView["values"] {
  const value = aliasTypeArguments?.[1];
  return aliasSymbol?.name === "Record" && libraryOf(session, aliasSymbol) === "es" && value
    ? use(value, null)
    : null;
}
