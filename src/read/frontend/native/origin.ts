/**
 * Finds the named unions inside a union: `SqlValue | undefined` and not its eight members. TypeScript 7 remembers them when it prints
 * the union, and says so nowhere else; which unions have the printed names is found among those that have been met.
 */
import type { Compiler, ts } from "../views/compiler.ts";
import { regroup } from "../views/union.ts";
import type { NativeType, World } from "./objects.ts";
import type { Ast } from "./typescript.ts";
import { Unsayable } from "./unsayable.ts";

export function originOf(
  world: World,
  compiler: Pick<Compiler, "ts" | "checker">,
  union: NativeType,
): readonly ts.Type[] | null {
  const { ast, sync, project } = world;
  const { InTypeAlias, NoTruncation } = sync.NodeBuilderFlags;
  const members = union.types as unknown as readonly ts.Type[];
  // A union inside has two members itself.
  if (members.length <= 2) return null;
  const node = project.checker.typeToTypeNode(union.raw, undefined, InTypeAlias | NoTruncation);
  if (node?.kind !== ast.SyntaxKind.UnionType) return null;
  const printed = [...(node as Ast.UnionTypeNode).types];
  if (printed.length === regroup(compiler, members).length) return null;

  const parts: NativeType[] = [];
  const covered = new Set<ts.Type>();
  for (const name of printed.flatMap((one) => nameIn(world, one))) {
    const part = world
      .unionsNamed(name)
      .find((one) => one !== union && one.types.every((member) => union.types.includes(member)));
    if (!part) continue;
    parts.push(part);
    for (const member of part.types) covered.add(member as unknown as ts.Type);
  }
  const others = members.filter((member) => !covered.has(member));
  if (parts.length + regroup(compiler, others).length !== printed.length) {
    throw new Unsayable("which unions with a name a union is made of");
  }
  return [...others, ...(parts as unknown as readonly ts.Type[])];
}

function nameIn({ ast }: World, node: Ast.TypeNode): readonly string[] {
  if (node.kind !== ast.SyntaxKind.TypeReference) return [];
  const { typeName } = node as Ast.TypeReferenceNode;
  return typeName.kind === ast.SyntaxKind.Identifier ? [(typeName as Ast.Identifier).text] : [];
}
