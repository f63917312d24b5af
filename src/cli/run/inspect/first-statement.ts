/**
 * Finds where a script begins to do something, which is where `--inspect-brk` stops. A breakpoint at the first letter would do that only where no function stands
 * before it: V8 takes the next place where it can stop, and that is inside of the function.
 */
import { stripTypeScriptTypes } from "node:module";
import { type ModuleDeclaration, type Node, parse, type Statement } from "acorn";

/** Counted from 0, as debuggers do. The first letter for a text that does not parse, and for one that does nothing. */
export function firstStatement(source: string): {
  readonly lineNumber: number;
  readonly columnNumber: number;
} {
  const start = { line: 1, column: 0 };
  const { line, column } = firstStop(statementsOf(source))?.loc?.start ?? start;
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

function firstStop(nodes: readonly (Statement | ModuleDeclaration)[]): Node | null {
  for (const node of nodes) {
    const stop = stopIn(node);
    if (stop !== null) return stop;
  }
  return null;
}

/**
 * Declarations do nothing when they are reached, and V8 goes on to the next place behind them. Where something is declared by a pattern, functions may stand in
 * that: `const { map = () => 1 } = input` begins at `input`.
 */
function stopIn(node: Statement | ModuleDeclaration): Node | null {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "EmptyStatement":
      return null;
    case "ExportNamedDeclaration":
      return node.declaration ? stopIn(node.declaration) : null;
    case "ExportDefaultDeclaration":
      return /^(?:Function|Class)Declaration$/u.test(node.declaration.type) ? null : node;
    case "VariableDeclaration":
      return node.declarations.find(({ init }) => init)?.init ?? null;
    case "ExpressionStatement":
      return node.directive === undefined ? node : null;
    case "BlockStatement":
      return firstStop(node.body);
    case "LabeledStatement":
      return stopIn(node.body);
    case "TryStatement":
      return firstStop([node.block, ...(node.finalizer ? [node.finalizer] : [])]);
    case "ForStatement":
      return node.init?.type === "VariableDeclaration" ? (stopIn(node.init) ?? node) : node;
    case "ForInStatement":
    case "ForOfStatement":
      return node.right;
    default:
      return node;
  }
}
