/**
 * Finds changes of what the host gave. `input` and the globals of the host are frozen, as deep as data can be, so that a run ends with a TypeError of the engine. No
 * type can say so: a list that is read-only could not be handed to a binding that takes a list. What is the host's is followed through names that are given no other
 * value, patterns, and the callbacks and elements of lists; a value that only may be the host's is left to the run.
 *
 * `for (const row of input.rows) row.total = 0;` → "`row.total` cannot be changed"
 */
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { report } from "../../../diagnostics/report.ts";
import {
  copyMethods,
  elementMethods,
  elementParameter,
  listMethods,
  objectMethods,
} from "../given-methods.ts";
import { type CheckedScript, declarationFile, ts } from "../frontend/service.ts";
import { placeOf } from "../place.ts";

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** `compiler`: what it has found itself, of a type that is read-only. */
export function findChanges(checked: CheckedScript, compiler: readonly ts.Diagnostic[]): Diagnostic[] {
  const { source, program } = checked;
  const checker = program.getTypeChecker();
  const found: Diagnostic[] = [];
  const changes: Change[] = [];
  /** Names that are given another value somewhere. */
  const rewritten = new Set<ts.Symbol | undefined>();

  const add = ({ part, of }: Change): void => {
    const name = givenBy(of);
    const isSaid = compiler.some(({ start = -1 }) => start >= part.getStart() && start < part.end);
    if (name === null || isSaid) return;
    const place = placeOf(checked, part.getStart(), part.end);
    found.push(report("script-input-changed", { target: part.getText(), name }, place));
  };

  const write = (target: ts.Node): void => {
    const node = bare(target);
    if (ts.isIdentifier(node)) rewritten.add(checker.getSymbolAtLocation(node));
    else if (isAccess(node)) {
      const type = typeOf(node.expression);
      // By a number it may be a byte of a view.
      if (isAny(type) ? isNamed(node) : isOpen(type)) changes.push({ part: node, of: node.expression });
    } else if (ts.isArrayLiteralExpression(node)) node.elements.forEach(write);
    else if (ts.isObjectLiteralExpression(node)) {
      for (const part of node.properties) {
        if (ts.isPropertyAssignment(part)) write(part.initializer);
        else if (ts.isSpreadAssignment(part)) write(part.expression);
        else rewritten.add(checker.getShorthandAssignmentValueSymbol(part));
      }
    } else if (ts.isBinaryExpression(node)) write(node.left);
    else if (ts.isSpreadElement(node)) write(node.expression);
  };

  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) write(node.left);
    else if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
      if (isStep(node.operator)) write(node.operand);
    } else if (ts.isDeleteExpression(node)) write(node.expression);
    else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      if (!ts.isVariableDeclarationList(node.initializer)) write(node.initializer);
    } else if (ts.isCallExpression(node)) visitCall(node);
    ts.forEachChild(node, visit);
  };

  const visitCall = ({ expression, arguments: [first] }: ts.CallExpression): void => {
    if (!ts.isPropertyAccessExpression(expression)) return;
    const { name, expression: receiver } = expression;
    const use = listMethods.get(name.text);
    if (use !== undefined) {
      const type = typeOf(receiver);
      if (isList(type) || (use === "list" && isAny(type))) changes.push({ part: expression, of: receiver });
    } else if (first && objectMethods.has(expression.getText())) {
      if (isOpen(typeOf(first))) changes.push({ part: first, of: first });
    }
  };

  const typeOf = (node: ts.Node): ts.Type => checker.getNonNullableType(checker.getTypeAtLocation(node));
  const isAny = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.Any) !== 0;
  const isList = (type: ts.Type): boolean =>
    type.isUnion() ? type.types.every(isList) : checker.isArrayType(type) || checker.isTupleType(type);

  /** Whether what such a value holds is frozen with it: properties of data, and neither entries of a map nor bytes. */
  const isOpen = (type: ts.Type): boolean => {
    if (isAny(type)) return true;
    if (type.isUnionOrIntersection()) return type.types.every(isOpen);
    if ((type.flags & ts.TypeFlags.Object) === 0) return false;
    return isList(type) || !isOfLibrary(type);
  };

  /** The global that a value is, or is a part of; `null` for what is the script's own, or may be. */
  const givenBy = (value: ts.Expression): string | null => {
    const node = bare(value);
    if (isAccess(node)) return isOpen(typeOf(node.expression)) ? givenBy(node.expression) : null;
    const list = receiverOf(node, elementMethods);
    if (list !== null) return elementsOf(list);
    if (!ts.isIdentifier(node)) return null;
    const symbol = checker.getSymbolAtLocation(node);
    return symbol?.valueDeclaration && !rewritten.has(symbol) ? declaredBy(symbol.valueDeclaration) : null;
  };

  const declaredBy = (node: ts.Node): string | null => {
    if (ts.isVariableDeclaration(node)) {
      if (isOfHost(node)) return node.name.getText();
      // A `var` may be declared twice.
      if ((ts.getCombinedNodeFlags(node) & ts.NodeFlags.BlockScoped) === 0) return null;
      const statement = node.parent.parent;
      if (ts.isForOfStatement(statement)) return elementsOf(statement.expression);
      return node.initializer ? givenBy(node.initializer) : null;
    }
    if (ts.isParameter(node)) return node.initializer || node.dotDotDotToken ? null : parameterOf(node);
    if (!ts.isBindingElement(node) || node.dotDotDotToken || node.initializer) return null;
    const { parent: pattern } = node;
    const type = typeOf(pattern);
    if (ts.isArrayBindingPattern(pattern) ? !isList(type) : !isOpen(type)) return null;
    return declaredBy(pattern.parent);
  };

  /** Of a list that the host gave, and of one that is made of its elements. */
  const elementsOf = (list: ts.Expression): string | null => {
    if (!isList(typeOf(list))) return null;
    const from = receiverOf(bare(list), copyMethods);
    return from === null ? givenBy(list) : elementsOf(from);
  };

  /** `row` of `input.rows.map((row) => …)`. */
  const parameterOf = (parameter: ts.ParameterDeclaration): string | null => {
    const callback = parameter.parent;
    if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return null;
    const call = callback.parent;
    if (!ts.isCallExpression(call) || call.arguments[0] !== callback) return null;
    if (!ts.isPropertyAccessExpression(call.expression)) return null;
    const at = elementParameter.get(call.expression.name.text);
    return at === callback.parameters.indexOf(parameter) ? elementsOf(call.expression.expression) : null;
  };

  visit(source);
  changes.forEach(add);
  return found;
}

interface Change {
  /** What is written to. */
  readonly part: ts.Node;
  /** What it is a part of. */
  readonly of: ts.Expression;
}

/** `input.rows` of `input.rows.at(0)`, where the method is one of these. */
function receiverOf(node: ts.Node, methods: ReadonlySet<string>): ts.Expression | null {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
  return methods.has(node.expression.name.text) ? node.expression.expression : null;
}

/** The global `input`, and those that the host adds: what the declaration has beside `SecureExec`. */
function isOfHost(node: ts.VariableDeclaration): boolean {
  const { fileName, isDeclarationFile } = node.getSourceFile();
  const name = node.name.getText();
  return isDeclarationFile && (name === "input" || (fileName === declarationFile && name !== "SecureExec"));
}

/** A `Map`, a `Date`, a view; not what is declared for bindings, nor the type of a `Record`. */
function isOfLibrary({ symbol }: ts.Type): boolean {
  const file = symbol?.declarations?.[0]?.getSourceFile();
  return (
    file !== undefined &&
    file.isDeclarationFile &&
    file.fileName !== declarationFile &&
    symbol.name !== ts.InternalSymbolName.Type
  );
}

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

const isStep = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.PlusPlusToken || kind === ts.SyntaxKind.MinusMinusToken;

const isAccess = (node: ts.Node): node is Access =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);

const isNamed = (node: Access): boolean =>
  ts.isPropertyAccessExpression(node) || ts.isStringLiteralLike(node.argumentExpression);

/** Without what is said of its type, and without parentheses. */
function bare(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node)
    ? bare(node.expression)
    : node;
}
