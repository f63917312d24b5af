/**
 * Reads from the syntax of a script what its types must answer: the expressions that our rules look at. `null` where the rules find something already, or would have to
 * look closer. The rules are those of `rules/promises`, `rules/exports`, `rules/given` and `rules/unsupported`; a test holds both to the same scripts.
 */
import type { EngineName } from "../../../config/engines.ts";
import type { Ast, TypeScript7 } from "../../../read/frontend/native/typescript.ts";
import { mayChange } from "./given.ts";

export interface Questions {
  /** Must be no promise. */
  readonly values: readonly Ast.Expression[];
  /** Must be neither a promise nor an array of them: nothing is done with the value. */
  readonly dropped: readonly Ast.Expression[];
  /** Functions that are given to others: must give no promise where none is wanted. `body`: what one without `async` gives. */
  readonly callbacks: readonly { readonly callback: Ast.Expression; readonly body: Ast.Expression | null }[];
  /** Must be able to leave the sandbox. */
  readonly leaving: readonly Ast.Node[];
  /** Where the expression ends that is exported as default, when a `satisfies` can be put behind it. */
  readonly heldAt: number | null;
}

/** `given`: names of the globals that a host gives. */
export function questionsOf(
  source: Ast.SourceFile,
  typescript: TypeScript7,
  { engine, given }: { readonly engine: EngineName; readonly given: ReadonlySet<string> },
): Questions | null {
  const { ast, is } = typescript;
  const { SyntaxKind } = ast;
  const values: Ast.Expression[] = [];
  const dropped: Ast.Expression[] = [];
  const callbacks: { callback: Ast.Expression; body: Ast.Expression | null }[] = [];
  const leaving: Ast.Node[] = [];
  const variables: { name: Ast.Identifier; initializer: Ast.Expression; isExported: boolean }[] = [];
  const declared = new Map<string, number>();
  const used = new Set<string>();
  let heldAt: number | null = null;
  let isPlain = true;

  /** The parts of a statement whose value is thrown away. */
  function drop(node: Ast.Expression): void {
    if (is.isParenthesizedExpression(node)) drop(node.expression);
    else if (is.isConditionalExpression(node)) {
      drop(node.whenTrue);
      drop(node.whenFalse);
    } else if (is.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === SyntaxKind.CommaToken) drop(node.left);
      if (passing.has(kind)) drop(node.right);
    } else if (!isSettled(node)) dropped.push(node);
  }
  const passing: ReadonlySet<Ast.SyntaxKind> = new Set([
    SyntaxKind.CommaToken,
    SyntaxKind.AmpersandAmpersandToken,
    SyntaxKind.BarBarToken,
    SyntaxKind.QuestionQuestionToken,
  ]);

  /** What is no promise whatever its types. */
  function isSettled(node: Ast.Expression): boolean {
    if (is.isParenthesizedExpression(node)) return isSettled(node.expression);
    return (
      is.isAwaitExpression(node) ||
      is.isVoidExpression(node) ||
      is.isPrefixUnaryExpression(node) ||
      is.isPostfixUnaryExpression(node) ||
      is.isDeleteExpression(node) ||
      is.isTypeOfExpression(node) ||
      is.isStringLiteral(node) ||
      is.isNumericLiteral(node) ||
      is.isTemplateExpression(node) ||
      is.isNoSubstitutionTemplateLiteral(node) ||
      is.isArrayLiteralExpression(node) ||
      is.isObjectLiteralExpression(node) ||
      is.isArrowFunction(node)
    );
  }

  const ask = (node: Ast.Expression): void => void (isSettled(node) || values.push(node));

  function visit(node: Ast.Node): void {
    if (is.isIdentifier(node)) count(node);
    else if (is.isExpressionStatement(node)) drop(node.expression);
    else if (is.isForStatement(node)) {
      for (const part of [node.incrementor, node.initializer] as readonly (Ast.Expression | undefined)[])
        if (part && !is.isVariableDeclarationList(part)) drop(part);
    } else if (is.isTemplateSpan(node)) ask(node.expression);
    else if (is.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.PlusToken) {
      for (const part of [node.left, node.right]) if (!isSum(part)) ask(part);
    } else if (is.isSpreadAssignment(node)) ask(node.expression);
    else if (is.isExportAssignment(node)) {
      const expression = node.expression as Ast.Expression;
      ask(expression);
      leaving.push(expression);
      if (isHeld(expression)) heldAt = expression.end;
    } else if (is.isVariableStatement(node)) {
      const isExported = hasModifier(node, SyntaxKind.ExportKeyword);
      for (const { name, initializer } of node.declarationList.declarations) {
        if (is.isIdentifier(name)) {
          if (isExported) leaving.push(name);
          if (initializer && !isSettled(initializer)) variables.push({ name, initializer, isExported });
        } else if (isExported) isPlain = false;
      }
    } else if (is.isVariableDeclaration(node)) visitInner(node);
    else if (is.isCallExpression(node)) node.arguments.forEach(visitArgument);
    else if (is.isRegularExpressionLiteral(node)) {
      if (engine === "node22" && node.text.includes("(?")) isPlain = false;
    } else if (isBeyond(node)) isPlain = false;
    node.forEachChild(visit);
  }

  /** One that is declared in a `for`. */
  function visitInner({ name, initializer, parent }: Ast.VariableDeclaration): void {
    if (parent.parent !== undefined && is.isVariableStatement(parent.parent)) return;
    if (initializer && is.isIdentifier(name) && !isSettled(initializer))
      variables.push({ name, initializer, isExported: false });
  }

  function visitArgument(argument: Ast.Expression): void {
    if (is.isArrowFunction(argument)) {
      const isAsync = hasModifier(argument, SyntaxKind.AsyncKeyword);
      const { body } = argument;
      if (isAsync) callbacks.push({ callback: argument, body: null });
      else if (!is.isBlock(body) && !isSettled(body as Ast.Expression))
        callbacks.push({ callback: argument, body: body as Ast.Expression });
    } else if (is.isFunctionExpression(argument) && hasModifier(argument, SyntaxKind.AsyncKeyword)) {
      callbacks.push({ callback: argument, body: null });
    }
  }

  /** Text or a number: what is asked are its parts. */
  function isSum(node: Ast.Expression): boolean {
    return is.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.PlusToken;
  }

  /** Binds as tightly as `satisfies` does, so that it can be put behind. */
  function isHeld(node: Ast.Expression): boolean {
    return !(
      is.isBinaryExpression(node) ||
      is.isArrowFunction(node) ||
      is.isConditionalExpression(node) ||
      is.isYieldExpression(node)
    );
  }

  /** Exports by name of what has no value to ask for, and what the engine does not have. */
  function isBeyond(node: Ast.Node): boolean {
    if (is.isExportDeclaration(node) || is.isDecorator(node) || is.isMetaProperty(node)) return true;
    return (
      (is.isFunctionDeclaration(node) || is.isClassDeclaration(node) || is.isEnumDeclaration(node)) &&
      hasModifier(node, SyntaxKind.ExportKeyword)
    );
  }

  function count(node: Ast.Identifier): void {
    const { text, parent } = node;
    const { name, propertyName, expression } = parent as Named;
    if (is.isTypeReferenceNode(parent)) return;
    if (is.isShorthandPropertyAssignment(parent)) used.add(text);
    else if (name === node) {
      if (!is.isPropertyAccessExpression(parent) && !is.isPropertyAssignment(parent))
        declared.set(text, (declared.get(text) ?? 0) + 1);
    } else if (propertyName !== node || expression === node) used.add(text);
  }

  visit(source);
  if (!isPlain || mayChange(source, typescript, given)) return null;
  for (const { name, initializer, isExported } of variables) {
    // A name that is declared twice may be used as the other.
    const isUsed = used.has(name.text) && declared.get(name.text) === 1;
    if (isExported || !isUsed) values.push(initializer);
  }
  return { values, dropped, callbacks, leaving, heldAt };
}

/** Parts that some nodes have. */
interface Named {
  readonly name?: Ast.Node;
  readonly propertyName?: Ast.Node;
  readonly expression?: Ast.Node;
}

function hasModifier(node: Ast.Node, kind: Ast.SyntaxKind): boolean {
  const { modifiers } = node as { modifiers?: Iterable<Ast.Node> };
  for (const modifier of modifiers ?? []) if (modifier.kind === kind) return true;
  return false;
}
