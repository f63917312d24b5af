/** Finds where a file of the runtime asks the globals for the time or for a timer, which a test of its host may have faked. */
import { ts } from "@ts-morph/common";
import type { Sources } from "./reading.ts";

const timers = new Set(
  "setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate queueMicrotask performance".split(
    " ",
  ),
);
const members = new Set([
  "Date.now",
  "process.nextTick",
  "process.hrtime",
  "AbortSignal.timeout",
  "globalThis.performance",
]);
const modules = new Set(["node:timers", "node:timers/promises", "node:perf_hooks"]);

/** Code of the guest's realm has the guest's globals; nobody fakes those. */
function isLooked(file: string): boolean {
  return (
    file.startsWith("runtime/") &&
    file !== "runtime/time.ts" &&
    !file.startsWith("runtime/guest/prelude/") &&
    !file.startsWith("runtime/guest/web/") &&
    file !== "runtime/crossing/built-ins.ts"
  );
}

/** One line for each use. */
export function globalClocks(sources: Sources): string[] {
  return [...sources].filter(([file]) => isLooked(file)).flatMap(([file, text]) => usesIn(file, text));
}

function usesIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const imported = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const specifier = (node.moduleSpecifier as ts.StringLiteral).text;
      if (modules.has(specifier)) found.push(`${file}: ${specifier}`);
      const names = node.importClause?.namedBindings;
      if (names && ts.isNamedImports(names)) for (const { name } of names.elements) imported.add(name.text);
      return;
    }
    const name = nameOf(node);
    if (name !== null && !imported.has(name)) found.push(`${file}: ${name}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) {
    const name = `${node.expression.getText()}.${node.name.text}`;
    return members.has(name) ? name : null;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length)
    return "new Date";
  if (!ts.isIdentifier(node) || !timers.has(node.text)) return null;
  const { parent } = node;
  // `x.performance` and `{ performance: … }` are names of something else; types say nothing at run time.
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return null;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return null;
  return ts.isTypeReferenceNode(parent) ? null : node.text;
}
