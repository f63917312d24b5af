/**
 * Follows an expression of the tree to the object literal behind it, without running anything: through `defineBindings(…)`,
 * parentheses, `satisfies`, `as const`, and constants that hold a literal, also imported ones. Where it ends in
 * anything else, the expression's type speaks.
 */
import { ts } from "./compiler.ts";
import { resolved, type Session } from "./session.ts";

/** Constants that name constants; a longer chain is a loop. */
const maxSteps = 32;

export function literalBehind(
  session: Session,
  expression: ts.Expression,
): ts.ObjectLiteralExpression | null {
  let at: ts.Expression | null = expression;
  for (let step = 0; at && step < maxSteps; step++) {
    const bare = unwrap(at);
    if (ts.isObjectLiteralExpression(bare)) return bare;
    at = ts.isIdentifier(bare) ? constantBehind(session, bare) : null;
  }
  return null;
}

/** The expression inside everything that does not change its value. */
function unwrap(expression: ts.Expression): ts.Expression {
  const inner = ts.isParenthesizedExpression(expression)
    ? expression.expression
    : ts.isSatisfiesExpression(expression) || ts.isNonNullExpression(expression)
      ? expression.expression
      : ts.isAsExpression(expression) && ts.isConstTypeReference(expression.type)
        ? expression.expression
        : ts.isCallExpression(expression) && isDefineBindings(expression.expression)
          ? expression.arguments[0]
          : undefined;
  return inner ? unwrap(inner) : expression;
}

/**
 * By name: the call means the same when the package is not installed yet, and not resolving it keeps its types out of
 * the program.
 */
function isDefineBindings(callee: ts.Expression): boolean {
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  return ts.isIdentifier(name) && name.text === "defineBindings";
}

function constantBehind(session: Session, name: ts.Identifier): ts.Expression | null {
  const isShorthand = ts.isShorthandPropertyAssignment(name.parent) && name.parent.name === name;
  const symbol = isShorthand
    ? session.checker.getShorthandAssignmentValueSymbol(name.parent)
    : session.checker.getSymbolAtLocation(name);
  const declaration = symbol && resolved(session, symbol).valueDeclaration;
  if (!declaration) return null;
  if (ts.isExportAssignment(declaration)) return declaration.expression;
  const isConstant =
    ts.isVariableDeclaration(declaration) &&
    declaration.type === undefined &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConstant ? (declaration.initializer ?? null) : null;
}

/** The declaration an expression names, for the documentation that stands there. */
export function declarationBehind(session: Session, expression: ts.Expression): ts.Declaration | null {
  const bare = unwrap(expression);
  if (!ts.isIdentifier(bare) && !ts.isPropertyAccessExpression(bare)) return null;
  const isShorthand = ts.isShorthandPropertyAssignment(bare.parent) && bare.parent.name === bare;
  const symbol = isShorthand
    ? session.checker.getShorthandAssignmentValueSymbol(bare.parent)
    : session.checker.getSymbolAtLocation(bare);
  return (symbol && resolved(session, symbol).declarations?.[0]) ?? null;
}
