/**
 * Finds the doc comments of a declaration: those in front of it, and of what is written around its name, as `const` is around the
 * function it holds. TypeScript 7 attaches comments to nodes as the classic API does, and has no function that gathers them.
 */
import type { ts } from "../views/compiler.ts";
import type { Ast } from "./typescript.ts";

interface Commented extends ts.Node {
  readonly jsDoc?: readonly ts.JSDoc[];
}

/** The nearest comes first; each node's own in the order they are written. */
export function attachedComments(ast: typeof Ast, declaration: ts.Node): readonly ts.JSDoc[] {
  const comments: ts.JSDoc[] = [];
  const { initializer } = declaration as { initializer?: Commented };
  if (initializer) comments.push(...(initializer.jsDoc ?? []));
  for (let at: Commented | undefined = declaration; at; at = around(ast, at)) {
    // What a function says of a parameter by `@param` is read from the function.
    comments.push(...(at.jsDoc ?? []));
  }
  return comments;
}

/** The node whose comment is about this one as well. */
function around({ SyntaxKind }: typeof Ast, node: ts.Node): Commented | undefined {
  const is = (at: ts.Node | undefined, ...kinds: readonly number[]): boolean =>
    at !== undefined && kinds.includes(at.kind);
  if (is(node, SyntaxKind.Parameter, SyntaxKind.TypeParameter)) return undefined;
  const parent = node.parent as ts.Node | undefined;
  if (
    is(
      parent,
      SyntaxKind.PropertyAssignment,
      SyntaxKind.ExportAssignment,
      SyntaxKind.PropertyDeclaration,
      SyntaxKind.ReturnStatement,
    )
  ) {
    return parent;
  }
  const isOnly = (list: ts.Node | undefined, at: ts.Node): boolean =>
    is(list, SyntaxKind.VariableDeclarationList) &&
    (list as ts.VariableDeclarationList).declarations.length === 1 &&
    (list as ts.VariableDeclarationList).declarations[0] === at;
  // `const greet = …` of one declaration: its statement.
  const statementOf = (at: ts.Node): ts.Node | undefined =>
    isOnly(at.parent, at) && is(at.parent.parent, SyntaxKind.VariableStatement)
      ? at.parent.parent
      : undefined;
  if (is(node, SyntaxKind.VariableDeclaration)) return statementOf(node);
  const isHeld =
    is(parent, SyntaxKind.VariableDeclaration) && (parent as ts.VariableDeclaration).initializer === node;
  return isHeld && parent ? statementOf(parent) : undefined;
}
