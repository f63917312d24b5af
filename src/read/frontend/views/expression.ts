/**
 * Follows an expression of the tree to the object literal behind it, without running anything: through `defineBindings(…)`,
 * parentheses, `satisfies`, `as const`, and constants that hold a literal, also imported ones. Where it ends in
 * anything else, the expression's type speaks.
 */
import type { ts, Classic } from "./compiler.ts";
import { resolved, type Session } from "./session.ts";

/** Constants that name constants; a longer chain is a loop. */
const maxSteps = 32;

export function literalBehind(
  session: Session,
  expression: ts.Expression,
): ts.ObjectLiteralExpression | null {
  const { ts } = session;
  let at: ts.Expression | null = expression;
  for (let step = 0; at && step < maxSteps; step++) {
    const bare = unwrap(ts, at);
    if (ts.isObjectLiteralExpression(bare)) return bare;
    at = ts.isIdentifier(bare) ? constantBehind(session, bare) : null;
  }
  return null;
}

/** The expression inside everything that does not change its value. */
function unwrap(ts: Classic, expression: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isParenthesizedExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    (ts.isAsExpression(expression) && ts.isConstTypeReference(expression.type));
  if (isWrapped) return unwrap(ts, expression.expression);
  const isCall = ts.isCallExpression(expression) && isDefineBindings(ts, expression.expression);
  const [given] = isCall ? expression.arguments : [];
  return given ? unwrap(ts, given) : expression;
}

/** The call of `defineBindings` that an expression is, inside everything that does not change its value. */
export function defineBindingsCall(ts: Classic, expression: ts.Expression): ts.CallExpression | null {
  if (ts.isCallExpression(expression)) return isDefineBindings(ts, expression.expression) ? expression : null;
  const isWrapped =
    ts.isParenthesizedExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    ts.isAsExpression(expression);
  return isWrapped ? defineBindingsCall(ts, expression.expression) : null;
}

/**
 * By name: the call means the same when the package is not installed yet, and not resolving it keeps its types out of
 * the program.
 */
function isDefineBindings(ts: Classic, callee: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  return ts.isIdentifier(name) && name.text === "defineBindings";
}

function constantBehind(session: Session, name: ts.Identifier): ts.Expression | null {
  const { ts } = session;
  const declaration = symbolBehind(session, name)?.valueDeclaration;
  if (!declaration) return null;
  return ts.isExportAssignment(declaration) ? declaration.expression : initializerOf(ts, declaration);
}

/** What a constant without a written type holds: `{ … }` of `export const db = { … }`. */
export function initializerOf(ts: Classic, declaration: ts.Declaration): ts.Expression | null {
  const isConstant =
    ts.isVariableDeclaration(declaration) &&
    declaration.type === undefined &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConstant ? (declaration.initializer ?? null) : null;
}

/** What a name means; in `{ query }` the variable and not the property. */
function symbolBehind(session: Session, name: ts.Expression): ts.Symbol | undefined {
  const { ts } = session;
  const isShorthand = ts.isShorthandPropertyAssignment(name.parent) && name.parent.name === name;
  const symbol = isShorthand
    ? session.checker.getShorthandAssignmentValueSymbol(name.parent)
    : session.checker.getSymbolAtLocation(name);
  return symbol && resolved(session, symbol);
}

/** The declaration an expression names, for the documentation that stands there. */
export function declarationBehind(session: Session, expression: ts.Expression): ts.Declaration | null {
  const { ts } = session;
  const bare = unwrap(ts, expression);
  if (!ts.isIdentifier(bare) && !ts.isPropertyAccessExpression(bare)) return null;
  return symbolBehind(session, bare)?.declarations?.[0] ?? null;
}
