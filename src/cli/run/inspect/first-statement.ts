/**
 * Finds where a script begins to do something, which is where `--inspect-brk` stops. A breakpoint at the first letter would do that only where no function stands
 * before it: V8 takes the next place where it can stop, and that is inside of the function.
 */
import { stripTypeScriptTypes } from "node:module";
import { type ModuleDeclaration, parse, type Statement } from "acorn";

/** Counted from 0, as debuggers do. The first letter for a text that does not parse, and for one that does nothing. */
export function firstStatement(source: string): {
  readonly lineNumber: number;
  readonly columnNumber: number;
} {
  const start = { line: 1, column: 0 };
  const { line, column } = statementsOf(source).find((node) => canStopAt(node))?.loc?.start ?? start;
  return { lineNumber: line - 1, columnNumber: column };
}

function statementsOf(source: string): readonly (Statement | ModuleDeclaration)[] {
  try {
    // Every letter keeps its place.
    const text = stripTypeScriptTypes(source, { mode: "strip" });
    return parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true }).body;
  } catch {
    // The run says what is wrong with it.
    return [];
  }
}

/** Declarations do nothing when they are reached, and V8 goes on to the next place behind them. */
function canStopAt(node: Statement | ModuleDeclaration): boolean {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "EmptyStatement":
      return false;
    case "ExportNamedDeclaration":
      return node.declaration !== null && node.declaration !== undefined && canStopAt(node.declaration);
    case "ExportDefaultDeclaration":
      return !/^(?:Function|Class)Declaration$/u.test(node.declaration.type);
    case "VariableDeclaration":
      return node.declarations.some(({ init }) => init !== null && init !== undefined);
    case "ExpressionStatement":
      return node.directive === undefined;
    default:
      return true;
  }
}
