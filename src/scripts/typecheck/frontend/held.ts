/**
 * Holds the default export of a script to a type, in the text that the compiler gets: only there do literals and object literals keep
 * the types they are wanted with. Nothing in front of it moves, so that places stay what they are.
 *
 * `export default { kind: "a" };` -> `export default { kind: "a" } satisfies SecureExec.Script["result"];`
 */
import { ts } from "../../../read/frontend/ts6/compiler.ts";

export interface Held {
  readonly text: string;
  /** What was put in, behind the expression; `null` where there is none that could be held. */
  readonly inserted: Inserted | null;
}

export interface Inserted {
  readonly at: number;
  readonly length: number;
}

export function holdDefault(fileName: string, text: string, type: string): Held {
  const unheld: Held = { text, inserted: null };
  if (!/\bexport\s+default\b/u.test(text)) return unheld;
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ESNext);
  const statement = source.statements.find((one) => ts.isExportAssignment(one));
  if (statement === undefined || !ts.isExportAssignment(statement)) return unheld;
  const { expression } = statement;
  const start = expression.getStart(source);
  const isOpen = bindsLoosely(expression);
  // The parenthesis takes the place of a blank; without one before it (a line's first character) the check does without.
  if (isOpen && !/[ \t]/u.test(text.charAt(start - 1))) return unheld;
  const suffix = `${isOpen ? ")" : ""} satisfies ${type}`;
  const { end } = expression;
  const head = isOpen ? `${text.slice(0, start - 1)}(${text.slice(start, end)}` : text.slice(0, end);
  return { text: head + suffix + text.slice(end), inserted: { at: end, length: suffix.length } };
}

/** The author's own expression, of a text in which it may be held. */
export function exportedExpression(source: ts.SourceFile, inserted: Inserted | null): ts.Expression | null {
  const statement = source.statements.find((one) => ts.isExportAssignment(one));
  if (statement === undefined || !ts.isExportAssignment(statement)) return null;
  const { expression } = statement;
  if (inserted === null || !ts.isSatisfiesExpression(expression)) return expression;
  const held = expression.expression;
  const isOurs = source.text.charAt(inserted.at) === ")";
  return isOurs && ts.isParenthesizedExpression(held) ? held.expression : held;
}

/** Less tightly than `satisfies`. */
function bindsLoosely(expression: ts.Expression): boolean {
  if (ts.isBinaryExpression(expression)) {
    const { kind } = expression.operatorToken;
    return !tight.has(kind);
  }
  return (
    ts.isArrowFunction(expression) ||
    ts.isConditionalExpression(expression) ||
    ts.isYieldExpression(expression)
  );
}

const tight: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
]);
