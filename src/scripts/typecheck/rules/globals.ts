/**
 * Finds globals of Node that the compiler lets pass in JavaScript: it takes `require` and `module.exports` for CommonJS, and
 * `process.x = 1` for the declaration of `process`. In a sandbox they are a ReferenceError.
 */
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { report } from "../../../diagnostics/report.ts";
import { nodeAt } from "../frontend/node-at.ts";
import { type CheckedScript, ts } from "../frontend/service.ts";
import { missingGlobal } from "../../../model/missing-globals.ts";
import { placeOf } from "../place.ts";

export function findCommonJs(checked: CheckedScript): Diagnostic[] {
  if (!/\.js$/u.test(checked.source.fileName)) return [];
  const found: Diagnostic[] = [];
  const checker = checked.program.getTypeChecker();
  const assigned = assignedGlobals(checked.source);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isFree(node)) {
      const isCommonJs = commonJs.has(node.text) && !isDeclared(node, checker);
      if (isCommonJs || (assigned.has(node.text) && isMadeUp(node, checker))) {
        const { why, help } = missingGlobal(node.text) ?? {
          why: "nothing declares it",
          help: "Declare it with `const` or `let`.",
        };
        const place = placeOf(checked, node.getStart(), node.end);
        found.push(report("script-global-missing", { name: node.text, why, help, number: null }, place));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(checked.source);
  return found;
}

/** The compiler's "cannot find name" for the module of a `require`: said already, about the call. */
export function isRequired({ source }: CheckedScript, finding: ts.Diagnostic): boolean {
  if (!/\.js$/u.test(source.fileName) || finding.start === undefined) return false;
  const { parent } = nodeAt(source, finding.start);
  return parent !== undefined && ts.isCallExpression(parent) && parent.expression.getText() === "require";
}

const commonJs: ReadonlySet<string> = new Set(["require", "module", "exports"]);

/** Names that a JavaScript file made global by assigning to a property of them. */
export function assignedGlobals(source: ts.SourceFile): ReadonlySet<string> {
  const { jsGlobalAugmentations } = source as { jsGlobalAugmentations?: ReadonlyMap<string, unknown> };
  return new Set(jsGlobalAugmentations?.keys());
}

/** An identifier that is looked up in a scope: no property name, no name of a declaration. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  return !("name" in parent && parent.name === node) || ts.isShorthandPropertyAssignment(parent);
}

/** A global that exists only because this script assigned to a property of it. */
function isMadeUp(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = checker.resolveName(
    node.text,
    undefined,
    ts.SymbolFlags.Value | ts.SymbolFlags.Namespace,
    false,
  );
  const declarations = symbol?.declarations ?? [];
  return (
    declarations.length > 0 && declarations.every((part) => part.getSourceFile() === node.getSourceFile())
  );
}

/** Declared by the script itself, not made up by the compiler. */
function isDeclared(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = checker.resolveName(node.text, node, ts.SymbolFlags.Value, false);
  return (symbol?.declarations ?? []).some(
    (declaration) => "name" in declaration && !ts.isSourceFile(declaration),
  );
}
