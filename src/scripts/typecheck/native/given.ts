/**
 * Tells from the syntax of a script whether it may change what the host gave. The rule that says so is `rules/given`, which knows types and scopes; this one knows names
 * alone, and leaves to it every script with a change of whatever has such a name.
 */
import type { Ast, TypeScript7 } from "../../../read/frontend/native/typescript.ts";
import {
  copyMethods,
  elementMethods,
  elementParameter,
  listMethods,
  objectMethods,
} from "../given-methods.ts";

/** `given`: names of the globals that the host gives. */
export function mayChange(
  source: Ast.SourceFile,
  { ast, is }: TypeScript7,
  given: ReadonlySet<string>,
): boolean {
  const { SyntaxKind } = ast;
  const names = new Set(given);

  /** `input` of `(input.rows as Row[])[0]!.id` */
  function isGiven(node: Ast.Node): boolean {
    if (is.isIdentifier(node)) return names.has(node.text);
    const list = receiverOf(node, elementMethods);
    return list === null ? isPart(node) && isGiven(node.expression) : hasGiven(list);
  }

  /** Whether a list is given, or made of the elements of one that is. */
  function hasGiven(list: Ast.Node): boolean {
    const from = receiverOf(list, copyMethods);
    if (from !== null) return hasGiven(from);
    return isGiven(list) || (isPart(list) && hasGiven(list.expression));
  }

  /** `input.rows` of `input.rows.at(0)`, where the method is one of these. */
  function receiverOf(node: Ast.Node, methods: ReadonlySet<string>): Ast.Node | null {
    if (!is.isCallExpression(node) || !is.isPropertyAccessExpression(node.expression)) return null;
    return methods.has(node.expression.name.text) ? node.expression.expression : null;
  }

  const isPart = (node: Ast.Node): node is Ast.Node & { readonly expression: Ast.Node } =>
    is.isPropertyAccessExpression(node) ||
    is.isElementAccessExpression(node) ||
    is.isParenthesizedExpression(node) ||
    is.isNonNullExpression(node) ||
    is.isAsExpression(node) ||
    is.isSatisfiesExpression(node) ||
    is.isTypeAssertion(node);

  /** Every name in a pattern. */
  function learn(node: Ast.Node): void {
    if (is.isIdentifier(node)) names.add(node.text);
    else node.forEachChild(learn);
  }

  function follow(node: Ast.Node): void {
    if (is.isVariableDeclaration(node)) {
      const { name, initializer, parent } = node;
      const of = parent.parent as Ast.Node | undefined;
      const isElement = of !== undefined && is.isForOfStatement(of);
      if (isElement ? hasGiven(of.expression) : initializer !== undefined && isGiven(initializer))
        learn(name);
    } else if (is.isCallExpression(node)) {
      const { expression, arguments: args } = node;
      const [callback] = args;
      if (
        callback !== undefined &&
        is.isPropertyAccessExpression(expression) &&
        elementParameter.has(expression.name.text) &&
        (is.isArrowFunction(callback) || is.isFunctionExpression(callback)) &&
        hasGiven(expression.expression)
      )
        for (const { name } of callback.parameters) learn(name);
    }
    node.forEachChild(follow);
  }

  /** Whether a target is a part of what was given, or a pattern has one in it. */
  function isTarget(node: Ast.Node): boolean {
    return isPart(node) ? isGiven(node) : node.forEachChild((child) => isTarget(child) || undefined) === true;
  }

  function isChange(node: Ast.Node): boolean {
    if (is.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment && isTarget(node.left);
    }
    if (is.isPrefixUnaryExpression(node) || is.isPostfixUnaryExpression(node))
      return isStep(node.operator) && isTarget(node.operand);
    if (is.isDeleteExpression(node)) return isTarget(node.expression);
    if (is.isForOfStatement(node) || is.isForInStatement(node))
      return !is.isVariableDeclarationList(node.initializer) && isTarget(node.initializer);
    if (!is.isCallExpression(node) || !is.isPropertyAccessExpression(node.expression)) return false;
    const { name, expression } = node.expression;
    const [first] = node.arguments;
    if (listMethods.has(name.text)) return isGiven(expression);
    return first !== undefined && objectMethods.has(`Object.${name.text}`) && isGiven(first);
  }
  const isStep = (kind: Ast.SyntaxKind): boolean =>
    kind === SyntaxKind.PlusPlusToken || kind === SyntaxKind.MinusMinusToken;

  const hasChange = (node: Ast.Node): boolean =>
    isChange(node) || node.forEachChild((child) => hasChange(child) || undefined) === true;

  // A function may stand before the constant that it uses.
  for (let known = 0; known < names.size;) {
    known = names.size;
    follow(source);
  }
  return hasChange(source);
}
