/**
 * Answers from the syntax of the author's own interfaces and type literals what need not be asked: most of them have properties alone.
 */
import type { ts } from "../views/compiler.ts";
import type { NativeType, World } from "./objects.ts";

/** False where neither a call nor a construct signature is written; `null` where the syntax does not say. */
export function signaturesWritten(world: World, type: NativeType): boolean | null {
  const { CallSignature, ConstructSignature } = world.ast.SyntaxKind;
  return hasMember(world, type, CallSignature, ConstructSignature);
}

/** The same of index signatures. */
export function indexWritten(world: World, type: NativeType): boolean | null {
  return hasMember(world, type, world.ast.SyntaxKind.IndexSignature);
}

/** False where a class or interface extends nothing. */
export function basesWritten(world: World, type: NativeType): boolean | null {
  const declarations = authored(world, type);
  return declarations && declarations.some((node) => (node as Declared).heritageClauses !== undefined);
}

interface Declared extends ts.Node {
  readonly members?: readonly ts.Node[];
  readonly heritageClauses?: readonly ts.Node[];
}

function hasMember(world: World, type: NativeType, ...kinds: readonly number[]): boolean | null {
  const { InterfaceDeclaration, TypeLiteral } = world.ast.SyntaxKind;
  const declarations = authored(world, type);
  if (declarations === null) return null;
  for (const { kind, members = [], heritageClauses } of declarations as readonly Declared[]) {
    const isKnown = (kind as number) === InterfaceDeclaration || (kind as number) === TypeLiteral;
    if (!isKnown || heritageClauses !== undefined) return null;
    if (members.some((member) => kinds.includes(member.kind))) return true;
  }
  return false;
}

/** The declarations of an object type, when all are in the author's files. */
function authored({ sync, isAuthors }: World, type: NativeType): readonly ts.Node[] | null {
  const { TypeFlags, ObjectFlags } = sync;
  if (!(type.flags & TypeFlags.Object) || type.objectFlags & ObjectFlags.Mapped) return null;
  const { symbol } = type;
  if (symbol === undefined || symbol.raw.declarations.length === 0) return null;
  return symbol.raw.declarations.every(({ path }) => isAuthors(path)) ? (symbol.declarations ?? null) : null;
}
