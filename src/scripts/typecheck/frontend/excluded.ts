/**
 * Finds the leaves that a declaration shows only to say that the profile does not have them, and the places of a script that
 * take one out of the tree. The declaration is all that is known: an excluded leaf is a property of the tree whose type
 * has one member, named by a sentence.
 */
import { partOf } from "./bindings.ts";
import { type CheckedScript, declarationFile, ts } from "./service.ts";

export interface ExcludedBinding {
  readonly path: readonly string[];
  /** The sentence. */
  readonly explanation: string;
}

/** By the property of the declaration. One walk per declaration, however many scripts are checked against it. */
export function excludedBindings(program: ts.Program): ReadonlyMap<ts.Node, ExcludedBinding> {
  const source = program.getSourceFile(declarationFile);
  if (source === undefined) return new Map();
  const known = cache.get(source);
  if (known !== undefined) return known;
  const found = new Map<ts.Node, ExcludedBinding>();
  const visit = (node: ts.Node): void => {
    const explanation = explanationOf(node);
    const part = explanation === null ? null : partOf(node);
    if (explanation !== null && part?.kind === "binding" && part.inside.length === 0) {
      found.set(node, { path: part.path, explanation });
    }
    ts.forEachChild(node, visit);
  };
  if (profileOf(source) !== null) visit(source);
  cache.set(source, found);
  return found;
}

const cache = new WeakMap<ts.SourceFile, ReadonlyMap<ts.Node, ExcludedBinding>>();

/** The profile in the head of a declaration. */
export function profileOf(source: ts.SourceFile): string | null {
  return /^\/\/ @profile (\S+)$/mu.exec(source.text)?.[1] ?? null;
}

function explanationOf(node: ts.Node): string | null {
  if (!ts.isPropertySignature(node) || node.type === undefined || !ts.isTypeLiteralNode(node.type))
    return null;
  const [only, ...others] = node.type.members;
  const isSentence =
    only !== undefined &&
    others.length === 0 &&
    ts.isPropertySignature(only) &&
    ts.isStringLiteral(only.name) &&
    only.type?.kind === ts.SyntaxKind.NeverKeyword;
  return isSentence ? (only.name as ts.StringLiteral).text : null;
}

/** The places where a script takes an excluded leaf: `db.drop`, `db["drop"]`, `const { drop } = db`. */
export function excludedUses({
  source,
  program,
}: CheckedScript): readonly (ExcludedBinding & { readonly node: ts.Node })[] {
  const excluded = excludedBindings(program);
  if (excluded.size === 0) return [];
  const names = new Set([...excluded.values()].map(({ path }) => path.at(-1)));
  const checker = program.getTypeChecker();
  const uses: (ExcludedBinding & { node: ts.Node })[] = [];
  const visit = (node: ts.Node): void => {
    // By its text first: asking for the types of everything would double the time of a check.
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && names.has(node.text)) {
      const [declaration] = takenFrom(node, checker)?.getProperty(node.text)?.declarations ?? [];
      const leaf = declaration && excluded.get(declaration);
      if (leaf) uses.push({ ...leaf, node });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

/** The type whose member a name is; `null` for a name that is no member. */
function takenFrom(node: ts.Identifier | ts.StringLiteralLike, checker: ts.TypeChecker): ts.Type | null {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return checker.getTypeAtLocation(parent.expression);
  }
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) {
    return checker.getTypeAtLocation(parent.expression);
  }
  const isTaken =
    ts.isBindingElement(parent) &&
    ts.isObjectBindingPattern(parent.parent) &&
    (parent.propertyName ?? parent.name) === node;
  return isTaken ? checker.getTypeAtLocation(parent.parent) : null;
}
