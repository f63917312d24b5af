/**
 * Finds the change behind a new finding in a script. The script is looked at in its *old* program, where everything it
 * mentions still exists: what the code around the finding referred to there is what changed.
 */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Change } from "../../diff/change.ts";
import { scriptPlace } from "../../diff/scripts.ts";
import { calledBinding, type DeclaredPart, declaredPart, partOf } from "../typecheck/frontend/bindings.ts";
import { type CheckedScript, ts } from "../typecheck/frontend/service.ts";
import { nodeAt } from "../typecheck/frontend/node-at.ts";

export function causeOf(
  finding: Diagnostic,
  before: CheckedScript,
  after: CheckedScript,
  changes: readonly Change[],
): Change | null {
  const candidates = changes.filter((change) => change.class !== "docs");
  if (finding.line === null || finding.column === null || candidates.length === 0) return null;
  const own = scriptCause(finding, after.kind.name, candidates);
  if (own) return own;
  for (const checked of [before, after]) {
    const position = checked.source.getPositionOfLineAndCharacter(finding.line - 1, finding.column - 1);
    const cause = causeAround(nodeAt(checked.source, position), checked, candidates);
    if (cause) return cause;
  }
  // Nothing in sight refers to a change. With one breaking change there is no doubt all the same.
  const breaking = candidates.filter((change) => change.class === "breaking");
  return breaking.length === 1 ? (breaking[0] ?? null) : null;
}

/** Of a finding about what a script has to give, or about its kind: the change of just that. */
function scriptCause(finding: Diagnostic, kind: string, changes: readonly Change[]): Change | null {
  const place = scriptPlace(kind);
  const isAbout = (change: Change): boolean =>
    finding.code === "script-kind-unknown"
      ? change.where === place
      : finding.code === "script-result" &&
        (change.where === place || change.where.startsWith(`${place}.result`));
  return breakingFirst(changes.filter(isAbout));
}

function breakingFirst(changes: readonly Change[]): Change | null {
  return changes.find((change) => change.class === "breaking") ?? changes[0] ?? null;
}

/** What of the script's input has changed, for code that mentions it. */
function inputCause(node: ts.Node, checked: CheckedScript, changes: readonly Change[]): Change | null {
  const checker = checked.program.getTypeChecker();
  const place = `${scriptPlace(checked.kind.name)}.input`;
  const found = changes.filter(({ where }) => where.startsWith(place));
  const isInput = (part: ts.Node): boolean =>
    ts.isIdentifier(part) &&
    part.text === "input" &&
    checker.getSymbolAtLocation(part)?.declarations?.[0]?.getSourceFile() !== checked.source;
  const mentions = (part: ts.Node): boolean => isInput(part) || (ts.forEachChild(part, mentions) ?? false);
  return found.length > 0 && mentions(node) ? breakingFirst(found) : null;
}

/** Widens the view from the finding outwards until something in it was changed. */
function causeAround(node: ts.Node, checked: CheckedScript, changes: readonly Change[]): Change | null {
  const checker = checked.program.getTypeChecker();
  for (let current = node; current && !ts.isSourceFile(current); current = current.parent) {
    const parts = partsIn(current, checker);
    const best = bestOf(parts, changes);
    const input = best ? null : inputCause(current, checked, changes);
    if (best ?? input) return best ?? input;
  }
  return null;
}

/** What a piece of code refers to in the declaration: bindings, named types, and where its variables came from. */
function partsIn(root: ts.Node, checker: ts.TypeChecker): DeclaredPart[] {
  const parts: DeclaredPart[] = [];
  const add = (part: DeclaredPart | null): void => {
    if (part) parts.push(part);
  };
  const visit = (node: ts.Node, depth: number): void => {
    if (ts.isIdentifier(node)) {
      add(declaredPart(node, checker));
      for (const part of typeParts(checker.getTypeAtLocation(node))) add(part);
      const origin = depth < 3 ? originOf(node, checker) : null;
      if (origin) visit(origin, depth + 1);
    }
    if (ts.isCallExpression(node)) {
      const path = calledBinding(node, checker);
      if (path) add({ kind: "binding", path, inside: [] });
    }
    ts.forEachChild(node, (child) => visit(child, depth));
  };
  visit(root, 0);
  return parts;
}

/** The named types that a value's type is made of, one level down: of `User[]` the `User`. */
function typeParts(type: ts.Type): DeclaredPart[] {
  const symbols = [type.aliasSymbol, type.symbol];
  if (type.isUnionOrIntersection())
    symbols.push(...type.types.flatMap((member) => [member.aliasSymbol, member.symbol]));
  return symbols
    .flatMap((symbol) => (symbol?.declarations ?? []).map(partOf))
    .filter((part) => part !== null);
}

/** What a variable was set to: `const rows = await db.query(…)` → the call. */
function originOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Expression | null {
  for (const declaration of checker.getSymbolAtLocation(node)?.declarations ?? []) {
    let current: ts.Node = declaration;
    while (
      ts.isBindingElement(current) ||
      ts.isObjectBindingPattern(current) ||
      ts.isArrayBindingPattern(current)
    ) {
      current = current.parent;
    }
    if (!ts.isVariableDeclaration(current)) continue;
    if (current.initializer && current.initializer !== node) return current.initializer;
    const loop = current.parent.parent;
    if (ts.isForOfStatement(loop)) return loop.expression;
  }
  return null;
}

/** The change that fits best what the code refers to; breaking ones first, then the more exact. */
function bestOf(parts: readonly DeclaredPart[], changes: readonly Change[]): Change | null {
  let best: Change | null = null;
  let highest = 0;
  for (const change of changes) {
    const fit = Math.max(0, ...parts.map((part) => fitOf(part, change)));
    const score = fit === 0 ? 0 : fit + (change.class === "breaking" ? 4 : 0);
    if (score > highest) [best, highest] = [change, score];
  }
  // A compatible change breaks nothing by itself; it is a cause only when it is met exactly.
  return highest >= 3 ? best : null;
}

/** 3: the very binding, or a bit more for the very property in it or in a named type; 2: the named type; 1: a namespace around it. */
function fitOf(part: DeclaredPart, change: Change): number {
  if (part.kind === "type") {
    if (change.root !== part.name) return 0;
    return part.property !== null && mentions(change.where, part.property) ? 3.5 : 2;
  }
  const path = part.path.join(".");
  const changed = change.path.join(".");
  if (changed === "" || path === "") return 0;
  const property = part.inside.at(-1);
  if (path === changed) return property !== undefined && mentions(change.where, property) ? 3.5 : 3;
  return changed.startsWith(`${path}.`) ? 1 : 0;
}

const mentions = (where: string, name: string): boolean =>
  where.endsWith(`.${name}`) || where.includes(`.${name}.`) || where.includes(`.${name}[`);
