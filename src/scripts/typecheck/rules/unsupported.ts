/**
 * Finds syntax that the compiler takes and the engine does not: types are stripped before a script runs, and what these
 * constructs mean is no type. A script that uses one is a SyntaxError at run time.
 */
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { report } from "../../../diagnostics/report.ts";
import { type CheckedScript, ts } from "../frontend/service.ts";
import { placeOf } from "../place.ts";
import { withoutJsx } from "../../../model/needs-code.ts";
import { newer } from "../../../library/newer.ts";
import { Parser } from "acorn";

const decorator = {
  what: "A decorator",
  why: "the engine does not have decorators yet",
  help: "Call the function yourself: `const f = traced(function () { … })`.",
};
const accessor = {
  what: "An `accessor` field",
  why: "the engine does not have them yet",
  help: "Write a private field with a getter and a setter.",
};
const using = {
  what: "`using`",
  ...newer("node24", "node22"),
};
const pattern = {
  what: "A group with modifiers, or a second group of the same name,",
  ...newer("node24", "node22"),
};
const importMeta = {
  what: "`import.meta`",
  why: "a script was not loaded from anywhere",
  help: "Use `input` for what the host gives you.",
};

const jsx = { what: "JSX", why: "it is no part of the language", help: withoutJsx };

const dataWithoutType = {
  what: "An import of data without its type",
  why: "a `.json` file is data, and an import says so",
  help: 'Write `with { type: "json" }` behind the name.',
};

const isElement = (node: ts.Node): boolean =>
  ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);

/**
 * The elements of a file that is read without JSX, where it has nothing wrong when it is read with it. What the compiler makes of them otherwise, a type in front of a comparison, would be
 * half a dozen findings.
 */
export function findJsx(checked: CheckedScript): Diagnostic[] {
  const { fileName, text } = checked.source;
  const read = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const { parseDiagnostics = [] } = read as { parseDiagnostics?: readonly unknown[] };
  const found: Diagnostic[] = [];
  const visit = (node: ts.Node): void => {
    if (!isElement(node)) return ts.forEachChild(node, visit);
    found.push(report("script-syntax-unsupported", jsx, placeOf(checked, node.getStart(read), node.end)));
  };
  visit(read);
  return parseDiagnostics.length === 0 ? found : [];
}

export function findUnsupportedSyntax(checked: CheckedScript): Diagnostic[] {
  const found: Diagnostic[] = [];
  const add = (node: ts.Node, data: typeof decorator): void => {
    found.push(report("script-syntax-unsupported", data, placeOf(checked, node.getStart(), node.end)));
  };
  const lacks = checked.engine === "node22";
  const visit = (node: ts.Node): void => {
    if (lacks && isUsing(node)) add(node, using);
    else if (lacks && ts.isRegularExpressionLiteral(node) && isNewPattern(node.text)) add(node, pattern);
    else if (ts.isDecorator(node)) add(node, decorator);
    else if (isElement(node)) return add(node, jsx);
    else if (node.kind === ts.SyntaxKind.AccessorKeyword) add(node, accessor);
    else if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      add(node, importMeta);
    else if (ts.isImportDeclaration(node) && isUntypedData(node)) add(node.moduleSpecifier, dataWithoutType);
    ts.forEachChild(node, visit);
  };
  visit(checked.source);
  return found;
}

/** The compiler takes it for every module kind but Node's own; when it runs it is a SyntaxError. */
const isUntypedData = ({ moduleSpecifier, attributes, importClause }: ts.ImportDeclaration): boolean =>
  attributes === undefined &&
  importClause?.isTypeOnly !== true &&
  ts.isStringLiteral(moduleSpecifier) &&
  /\.json$/iu.test(moduleSpecifier.text);

const isUsing = (node: ts.Node): boolean =>
  ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Using) !== 0;

/** `(?i:…)` and `(?<a>…)|(?<a>…)` came with ES2025, and the compiler passes them for every target. */
function isNewPattern(literal: string): boolean {
  return literal.includes("(?") && !parses(literal, 2024) && parses(literal, 2025);
}

function parses(literal: string, ecmaVersion: 2024 | 2025): boolean {
  try {
    Parser.parse(literal, { ecmaVersion });
    return true;
  } catch {
    return false;
  }
}
