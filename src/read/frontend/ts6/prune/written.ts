/**
 * Finds the code whose type is written down, so that nothing is inferred from what stands inside. It is cut out of the file,
 * and with it every name it mentions.
 *
 * `async (sql: string): Promise<Row[]> => pool.query(sql)` -> `async (sql: string): Promise<Row[]> => 0`
 */
import { ts } from "../compiler.ts";
import type { Cut } from "./blank.ts";

export interface WrittenCut extends Cut {
  /** The node that goes: what it mentions is not needed. */
  readonly node: ts.Node;
}

/** What can be cut out of this very node. */
export function writtenCut(node: ts.Node, file: ts.SourceFile): WrittenCut | null {
  if (ts.isFunctionLike(node)) {
    const { body } = node as ts.FunctionLikeDeclaration;
    return body && isTyped(node) ? bodyCut(body, file) : null;
  }
  if (ts.isParameter(node)) {
    // That there is a default makes the parameter optional; which one it is does not matter.
    return node.type && node.initializer ? expressionCut(node.initializer, file) : null;
  }
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) {
    const { type, initializer, name } = node;
    // A pattern without its initializer would not parse.
    const isPattern = ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name);
    return type && initializer && !isPattern
      ? { start: type.end, end: initializer.end, instead: "", node: initializer }
      : null;
  }
  return null;
}

function isTyped(node: ts.SignatureDeclaration): boolean {
  if (ts.isSetAccessor(node)) return true;
  if (ts.isConstructorDeclaration(node)) return infersNothing(node.parent);
  return node.type !== undefined;
}

/** A field without a type gets it from the constructor's assignments. */
function infersNothing(parent: ts.Node): boolean {
  return (
    ts.isClassLike(parent) &&
    parent.members.every(
      (member) =>
        !ts.isPropertyDeclaration(member) || member.type !== undefined || member.initializer !== undefined,
    )
  );
}

function bodyCut(body: ts.ConciseBody, file: ts.SourceFile): WrittenCut {
  if (!ts.isBlock(body)) return expressionCut(body, file);
  return { start: body.getStart(file) + 1, end: body.end - 1, instead: "", node: body };
}

function expressionCut(expression: ts.Expression, file: ts.SourceFile): WrittenCut {
  return { start: expression.getStart(file), end: expression.end, instead: "0", node: expression };
}
