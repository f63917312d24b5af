/**
 * Finds promises of calls that are not awaited. A run may end before the call has answered, and a rejection would be lost; the compiler
 * itself finds only promises in conditions.
 *
 * `db.insert(row);` → "gives a promise, and nothing waits for it"
 */
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { report } from "../../../diagnostics/report.ts";
import { awaitIt, awaitOrVoid, callbackHelp, callbackIgnored, notWaitedFor } from "../../../model/way-out.ts";
import { calledBinding } from "../frontend/bindings.ts";
import { type CheckedScript, ts } from "../frontend/service.ts";
import { placeOf } from "../place.ts";

export function findFloatingPromises(checked: CheckedScript): Diagnostic[] {
  const checker = checked.program.getTypeChecker();
  const found: Diagnostic[] = [];
  const add = (node: ts.Node, problem: string, help: string): void => {
    const path = bindingIn(node, checker);
    const subject = path.length > 0 ? `\`${path.join(".")}\`` : "This expression";
    const place = placeOf(checked, node.getStart(), node.end);
    found.push(report("script-promise-floating", { subject, problem, help }, place, path));
  };
  const isPromise = (node: ts.Expression): boolean => mayBePromise(checker.getTypeAtLocation(node), checker);

  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node)) {
      for (const part of floatingParts(node.expression)) {
        if (isPromise(part) || isArrayOfPromises(part, checker))
          add(part, notWaitedFor(statementOf(part)), awaitOrVoid);
      }
    } else if (ts.isForStatement(node)) {
      for (const part of [node.incrementor, node.initializer]) {
        if (part && ts.isExpression(part) && isPromise(part) && !isHandled(part))
          add(part, notWaitedFor(statementOf(part)), awaitOrVoid);
      }
    } else if (ts.isTemplateSpan(node) && isPromise(node.expression)) {
      add(node.expression, "text made of it is `[object Promise]`", "Write `await` inside the braces.");
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
      for (const part of [node.left, node.right]) {
        if (isPromise(part)) add(part, "text made of it is `[object Promise]`", awaitIt);
      }
    } else if (ts.isSpreadAssignment(node) && isPromise(node.expression)) {
      add(node.expression, "spreading it copies nothing", awaitIt);
    } else if (ts.isExportAssignment(node) && isPromise(exportedIn(node))) {
      add(exportedIn(node), "a promise cannot leave the sandbox", "Write `export default await …`.");
    } else if (ts.isVariableDeclaration(node)) visitVariable(node);
    else if (ts.isCallExpression(node)) {
      for (const callback of asyncCallbacks(node, checker)) {
        add(callback, callbackIgnored, callbackHelp);
      }
    }
    ts.forEachChild(node, visit);
  };

  const visitVariable = (node: ts.VariableDeclaration): void => {
    const { initializer } = node;
    if (!initializer || !ts.isIdentifier(node.name) || !isPromise(initializer)) return;
    if (isExported(node)) {
      add(initializer, "a promise cannot leave the sandbox", awaitIt);
    } else if (!isUsed(node.name, checker, checked.source)) {
      add(initializer, notWaitedFor(statementOf(initializer)), awaitOrVoid);
    }
  };

  visit(checked.source);
  return found;
}

/** What the author exports: inside of what holds it to its type. */
function exportedIn({ expression }: ts.ExportAssignment): ts.Expression {
  return ts.isSatisfiesExpression(expression) ? expression.expression : expression;
}

/** The text of the statement that an expression is in: what a run names too. */
function statementOf(node: ts.Node): string {
  let statement = node;
  while (!ts.isStatement(statement) && !ts.isSourceFile(statement.parent)) statement = statement.parent;
  return statement.getText();
}

/** The parts of a statement whose value is thrown away: of `a && f(), g()` the calls `f()` and `g()`. */
function floatingParts(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return floatingParts(node.expression);
  if (ts.isConditionalExpression(node))
    return [...floatingParts(node.whenTrue), ...floatingParts(node.whenFalse)];
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    if (kind === ts.SyntaxKind.CommaToken) return [...floatingParts(node.left), ...floatingParts(node.right)];
    const isLogical =
      kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.QuestionQuestionToken;
    return isLogical ? floatingParts(node.right) : [];
  }
  if (ts.isVoidExpression(node) || ts.isAwaitExpression(node) || isHandled(node)) return [];
  return [node];
}

/** `p.catch(…)` and `p.then(…, …)` take care of a rejection; that the script does not wait is then its own decision. */
function isHandled(node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const method = node.expression.name.text;
  if (method === "catch") return node.arguments.length > 0;
  if (method === "then") return node.arguments.length > 1;
  return method === "finally" && isHandled(node.expression.expression);
}

/** A promise, or a union that has one. */
function mayBePromise(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) return false;
  if (type.isUnion()) return type.types.some((member) => mayBePromise(member, checker));
  const then = type.getProperty("then");
  return then !== undefined && checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
}

/** `rows.map(async …)` as a statement. */
function isArrayOfPromises(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(node);
  if (!checker.isArrayType(type)) return false;
  const [element] = checker.getTypeArguments(type as ts.TypeReference);
  return element !== undefined && mayBePromise(element, checker);
}

/** Functions that give a promise to a caller which wants nothing back, as in `rows.forEach(async …)`. */
function asyncCallbacks(call: ts.CallExpression, checker: ts.TypeChecker): ts.Expression[] {
  return call.arguments.filter((argument) => {
    if (!ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)) return false;
    if (!mayGivePromise(argument)) return false;
    const gives = checker.getTypeAtLocation(argument).getCallSignatures()[0]?.getReturnType();
    const wanted = checker.getContextualType(argument)?.getCallSignatures()[0]?.getReturnType();
    if (!gives || !wanted || !(wanted.flags & ts.TypeFlags.Void)) return false;
    return mayBePromise(gives, checker);
  });
}

/** By its syntax alone: asking for the types of every callback would double the time of a check. */
function mayGivePromise(callback: ts.ArrowFunction | ts.FunctionExpression): boolean {
  const isAsync = (callback.modifiers ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword);
  return isAsync || !ts.isBlock(callback.body);
}

function isExported(node: ts.VariableDeclaration): boolean {
  const statement = node.parent.parent;
  return (
    ts.isVariableStatement(statement) &&
    (statement.modifiers ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
  );
}

function isUsed(name: ts.Identifier, checker: ts.TypeChecker, source: ts.SourceFile): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  let used = false;
  const visit = (node: ts.Node): void => {
    if (used) return;
    if (ts.isIdentifier(node) && node !== name && node.text === name.text) {
      const own = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : ts.isExportSpecifier(node.parent)
          ? checker.getExportSpecifierLocalTargetSymbol(node.parent)
          : checker.getSymbolAtLocation(node);
      used = own === symbol;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return used;
}

/** The first binding that is called inside an expression, so that the finding names it. */
function bindingIn(node: ts.Node, checker: ts.TypeChecker): readonly string[] {
  let path: readonly string[] = [];
  const visit = (part: ts.Node): void => {
    if (path.length === 0 && ts.isCallExpression(part)) path = calledBinding(part, checker) ?? [];
    if (path.length === 0) ts.forEachChild(part, visit);
  };
  visit(node);
  return path;
}
