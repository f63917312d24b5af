/**
 * Finds what a part of a script refers to in the declaration: a binding by its path, or a named type. Works through
 * aliases, destructuring and variables, because it asks the compiler where the symbol was declared.
 */
import { declarationFile, ts } from "./service.ts";

/**
 * `path` is a binding or namespace, `inside` the properties of a binding's own types that lead to the part; `type` is a
 * named type, with the property of it that was meant.
 */
export type DeclaredPart =
  | { readonly kind: "binding"; readonly path: readonly string[]; readonly inside: readonly string[] }
  | { readonly kind: "type"; readonly name: string; readonly property: string | null };

/** What an identifier, property access or call of a script refers to, or `null`. */
export function declaredPart(node: ts.Node, checker: ts.TypeChecker): DeclaredPart | null {
  const symbol = checker.getSymbolAtLocation(node);
  if (!symbol) return null;
  for (const declaration of symbol.declarations ?? []) {
    const part = partOf(declaration);
    if (part) return part;
  }
  // `const { db } = SecureExec.bindings`: the variable is the script's, what it stands for is not.
  const [declaration] = symbol.declarations ?? [];
  if (declaration && ts.isBindingElement(declaration)) {
    const name = declaration.propertyName ?? declaration.name;
    if (!ts.isIdentifier(name)) return null;
    const property = checker.getTypeAtLocation(declaration.parent).getProperty(name.text);
    return firstPart(property);
  }
  if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) {
    return firstPart(symbolOfAccess(declaration.initializer, checker));
  }
  return null;
}

/** The binding that a call calls, or `null` for any other function. */
export function calledBinding(call: ts.CallExpression, checker: ts.TypeChecker): readonly string[] | null {
  const declaration = checker.getResolvedSignature(call)?.declaration;
  const part = declaration ? partOf(declaration) : null;
  if (part?.kind === "binding") return part.path;
  const callee = declaredPart(calleeOf(call.expression), checker);
  return callee?.kind === "binding" ? callee.path : null;
}

/** Where a node of the declaration is: below `bindings`, or in a named type. */
export function partOf(node: ts.Node): DeclaredPart | null {
  const source = node.getSourceFile();
  if (source.fileName !== declarationFile) return null;
  let names: string[] = [];
  let inside: string[] = [];
  for (let current: ts.Node | undefined = node; current; current = current.parent) {
    if (ts.isInterfaceDeclaration(current) || ts.isTypeAliasDeclaration(current)) {
      if (current.name.text === treeName(source)) return { kind: "binding", path: names, inside };
      return { kind: "type", name: current.name.text, property: names[0] ?? null };
    }
    const name = nameOf(current);
    if (name === "bindings") return { kind: "binding", path: names, inside };
    // Only leaves can be called: what was collected so far is inside their types. Older declarations have methods.
    if (ts.isCallSignatureDeclaration(current) || ts.isMethodSignature(current))
      [inside, names] = [names, []];
    if (name !== null) names.unshift(name);
  }
  return null;
}

/** The type that the declaration gives to `SecureExec.bindings`: its own name depends on the names the author took. */
function treeName(source: ts.SourceFile): string | null {
  return /^ {2}readonly bindings: SecureExec\.([^\s;]+);$/mu.exec(source.text)?.[1] ?? null;
}

function nameOf(node: ts.Node): string | null {
  const isNamed =
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isModuleDeclaration(node);
  if (!isNamed || !node.name) return null;
  return ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : null;
}

function firstPart(symbol: ts.Symbol | undefined): DeclaredPart | null {
  const [declaration] = symbol?.declarations ?? [];
  return declaration ? partOf(declaration) : null;
}

function symbolOfAccess(node: ts.Expression, checker: ts.TypeChecker): ts.Symbol | undefined {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
    ? checker.getSymbolAtLocation(calleeOf(node))
    : undefined;
}

const calleeOf = (node: ts.Expression): ts.Node => (ts.isPropertyAccessExpression(node) ? node.name : node);
