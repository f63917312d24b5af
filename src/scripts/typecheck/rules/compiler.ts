/**
 * Words the compiler's findings for authors of scripts: a misspelt binding gets a suggestion, a missing global its reason,
 * and no message advises to install something.
 */
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { report } from "../../../diagnostics/report.ts";
import { meantPart } from "../../../model/meant-part.ts";
import { isRelative, meantModule } from "../../../model/specifier.ts";
import { isInJsx, insteadOf, type NeedsCode, withoutJsx } from "../../../model/needs-code.ts";
import { nearest } from "../../../model/suggest.ts";
import {
  askFirst,
  frozenTree,
  meansGlobal,
  noPromise,
  oneKindOfNumber,
  ownModule,
  promiseHelp,
  toldByName,
  withoutImport,
} from "../../../model/way-out.ts";
import { calledBinding, declaredPart } from "../frontend/bindings.ts";
import { declaresType, leavesOf, signaturesOf } from "../frontend/signatures.ts";
import { nodeAt } from "../frontend/node-at.ts";
import { type CheckedScript, ts } from "../frontend/service.ts";
import { missingGlobal } from "../../../model/missing-globals.ts";
import { placeOf } from "../place.ts";
import { lackingGlobal, lackingProperty } from "./lacking.ts";
import { meantInGiven, meantInRead } from "./meant.ts";
import { ownerOf } from "./owner.ts";
import { wantedHelp } from "./wanted.ts";

/** `Cannot find name`, in the shapes the compiler gives it. */
const nameNotFound: ReadonlySet<number> = new Set([
  2304, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 18004,
]);
const propertyNotFound: ReadonlySet<number> = new Set([2339, 2550, 2551, 7017, 7053]);
const propertyUndeclared = 2353;
const moduleNotFound: ReadonlySet<number> = new Set([2307, 2792, 2882]);

export function fromCompiler(checked: CheckedScript, finding: ts.Diagnostic): Diagnostic {
  const start = finding.start ?? 0;
  const place = placeOf(checked, start, start + (finding.length ?? 0));
  const node = nodeAt(checked.source, start);
  const checker = checked.program.getTypeChecker();
  const path = bindingAround(node, checker);
  const number = finding.code;
  const text = reword(number, ts.flattenDiagnosticMessageText(finding.messageText, "\n"));

  if (ts.isSourceFile(node)) {
    // Outside of every node is what the end of the file lacks, or else a `/// <reference lib="…" />`.
    if (number < 2000) return report("script-syntax", { text, number }, place);
    const reference =
      "A `/// <reference>` brings nothing into a sandbox: scripts see ECMAScript and the declaration.";
    return report("script-type", { text: reference, number, help: "Remove the line." }, place);
  }
  const isSpecifier = ts.isStringLiteral(node) && nameNotFound.has(number);
  if (ts.isStringLiteral(node) && moduleNotFound.has(number) && importsGlobal(node)) {
    const data = { what: "module" as const, name: node.text, number, why: modules.why, help: withoutImport };
    return report("script-global-missing", data, place, path);
  }
  if (ts.isStringLiteral(node) && moduleNotFound.has(number) && (checked.isHost || isRelative(node.text))) {
    const suggestion = meantModule(node.text, checked.importable(node.text));
    const why = checked.whyNot(node.text);
    return report("script-module-missing", { name: node.text, suggestion, why, number }, place, path);
  }
  if (moduleNotFound.has(number) || isSpecifier) {
    if (ts.isStringLiteral(node))
      return report(
        "script-global-missing",
        { what: "module", name: node.text, number, ...modules },
        place,
        path,
      );
    const name = ts.isCallExpression(node.parent) ? "import()" : "import";
    return report("script-global-missing", { name, number, ...modules }, place, path);
  }
  if (nameNotFound.has(number) || isOfGlobalThis(node)) {
    const name = node.getText();
    const missing = lackingGlobal(checked, name) ?? missingGlobal(name);
    if (missing) return report("script-global-missing", { name, number, ...missing }, place, path);
  }
  if (nameNotFound.has(number)) {
    const name = node.getText();
    const suggestion = meantPart(name, leavesOf(checked)) ?? /Did you mean '([^']+)'/u.exec(text)?.[1];
    const message = `\`${name}\` is not defined.${suggestion ? ` Did you mean \`${suggestion}\`?` : ""}`;
    const help =
      classHelp(checked, node) ?? "A script has its own names, `SecureExec`, and ECMAScript's globals.";
    return report("script-type", { text: message, number, help }, place, path);
  }
  if (propertyNotFound.has(number)) {
    const unknown = unknownBinding(node, checked);
    if (unknown) return report("script-binding-unknown", { ...unknown, number }, place, unknown.path);
    const owner = ownerOf(node);
    const lack = owner && lackingProperty(checked, owner.node, owner.name);
    if (lack) return report("script-global-missing", { ...lack, number }, place, path);
  }
  if (number < 2000) {
    const help = syntaxHelp(number, node, start);
    return report("script-syntax", { text, number, help }, place, path);
  }
  return report(
    "script-type",
    {
      text: `${text}${meant(number, text, node, checker)}`,
      number,
      help:
        awaitHelp(finding, node) ??
        treeHelp(number, node, path) ??
        valueHelp(number, text, node) ??
        wantedHelp(finding, node, checker) ??
        helpFor(checked, path),
    },
    place,
    path,
  );
}

/** A sentence about a property that is not there. */
function meant(number: number, text: string, node: ts.Node, checker: ts.TypeChecker): string {
  if (propertyNotFound.has(number)) return meantInRead(text, node, checker);
  return number === propertyUndeclared ? meantInGiven(text, node, checker) : "";
}

/** The compiler knows when what was found is a missing `await`, and says so beside its message. */
function awaitHelp(finding: ts.Diagnostic, node: ts.Node): string | null {
  if (!finding.relatedInformation?.some(({ code }) => code === 2773)) return null;
  // Of `rows.length` the finding is at `length`, and the promise before it.
  const { parent } = node;
  const isName = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const start = finding.start ?? 0;
  const text = isName
    ? parent.expression.getText()
    : node.getSourceFile().text.slice(start, start + (finding.length ?? 0));
  return promiseHelp(text, isName);
}

/** What to write instead of syntax that is no type, and of JSX. */
function syntaxHelp(number: number, node: ts.Node, start: number): string | undefined {
  if (isInJsx(node.getSourceFile().text, start)) return withoutJsx;
  const coded = number === 1294 ? needsCode(node) : null;
  return coded === null ? undefined : insteadOf[coded];
}

/** The finding begins at the name of an enum, at the first word of everything else. */
function needsCode(node: ts.Node): NeedsCode | null {
  for (const one of [node, node.parent]) {
    if (ts.isEnumDeclaration(one)) return "enum";
    if (ts.isModuleDeclaration(one)) return "namespace";
    if (ts.isParameter(one)) return "parameter property";
    if (ts.isImportEqualsDeclaration(one)) return "import equals";
    if (ts.isExportAssignment(one)) return "export assignment";
    if (ts.isTypeAssertionExpression(one)) return "angle assertion";
  }
  return null;
}

/** Of `SecureExec.bindings.greet = …` and `delete db.find`: how it is called is no way out. */
function treeHelp(number: number, node: ts.Node, path: readonly string[]): string | null {
  if (number !== 2540 && number !== 2704) return null;
  let around = node;
  while (ts.isPropertyAccessExpression(around.parent)) around = around.parent;
  return path.length > 0 || /^SecureExec\b/u.test(around.getText()) ? frozenTree : null;
}

/** Of `cents * 1.2`, where `cents` is a bigint; of `error.id`, where `error` was caught. */
function valueHelp(number: number, text: string, node: ts.Node): string | null {
  if (number === 2365 && / (?:'bigint' and 'number'|'number' and 'bigint')/u.test(text))
    return oneKindOfNumber;
  if (propertyNotFound.has(number) && promiseMethods.has(node.getText())) return noPromise(node.getText());
  return number === 18046 && isCaught(node) ? askFirst : null;
}

const promiseMethods: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/** Of `import { SecureExec } from …`, wherever from, and of an import from the declaration. */
function importsGlobal(specifier: ts.StringLiteral): boolean {
  return ts.isImportDeclaration(specifier.parent) && meansGlobal(specifier.parent.getText());
}

/** Of `error instanceof NotFoundError` and `SecureExec.NotFoundError`, where a binding declares that it throws one. */
function classHelp(checked: CheckedScript, node: ts.Node): string | null {
  const { parent } = node;
  const named = ts.isPropertyAccessExpression(parent) && parent.name === node ? parent : node;
  const test = named.parent;
  const isAsked =
    ts.isBinaryExpression(test) &&
    test.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
    test.right === named;
  return isAsked && declaresType(checked, node.getText()) ? toldByName(node.getText()) : null;
}

const modules = {
  why: "a script imports modules beside it by relative names, and others only where the host gives them",
  help: ownModule,
};

/** Longer is read in the declaration. */
const longestHelp = 300;

/** How the binding is called, where that can be read on one line. */
function helpFor(checked: CheckedScript, path: readonly string[]): string {
  if (path.length === 0) return "";
  const signatures = signaturesOf(checked, path).map((text) => `\`${text}\``);
  const text = signatures.join(", or ");
  if (signatures.length > 0 && text.length <= longestHelp) return `It is called as ${text}.`;
  return `See \`SecureExec.bindings.${path.join(".")}\` in the declaration.`;
}

/** A property that is not there, asked of a namespace of the tree. */
function unknownBinding(
  node: ts.Node,
  checked: CheckedScript,
): { name: string; parent: string; suggestion: string; members: string; path: readonly string[] } | null {
  const owner = ownerOf(node);
  if (!owner) return null;
  const checker = checked.program.getTypeChecker();
  const type = checker.getTypeAtLocation(owner.node);
  const part = declaredPart(
    ts.isPropertyAccessExpression(owner.node) ? owner.node.name : owner.node,
    checker,
  );
  const isRoot = ts.isIdentifier(owner.node) && owner.node.text === "SecureExec";
  const isNamespace =
    part?.kind === "binding" && part.inside.length === 0 && type.getCallSignatures().length === 0;
  if (!isRoot && !isNamespace) return null;
  const path = isNamespace ? part.path : [];
  const names = checker.getPropertiesOfType(type).map((property) => property.name);
  const candidate = (isRoot ? meantPart(owner.name, leavesOf(checked)) : null) ?? nearest(owner.name, names);
  const parent = isRoot ? "SecureExec" : ["SecureExec.bindings", ...path].join(".");
  return {
    name: owner.name,
    parent,
    suggestion: candidate === null ? "" : ` Did you mean \`${candidate}\`?`,
    members:
      classHelp(checked, node) ??
      (names.length > 0 ? `It has ${names.map((name) => `\`${name}\``).join(", ")}.` : "It is empty."),
    path,
  };
}

/** A variable of `catch`, whose type is `unknown` whatever is thrown. */
function isCaught(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  for (let around: ts.Node = node; !ts.isSourceFile(around); around = around.parent)
    if (ts.isCatchClause(around) && around.variableDeclaration?.name.getText() === node.text) return true;
  return false;
}

function isOfGlobalThis(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.name === node &&
    parent.expression.getText() === "globalThis"
  );
}

/** The most exact binding that the node, or something around it in its statement, calls or names. */
function bindingAround(node: ts.Node, checker: ts.TypeChecker): readonly string[] {
  let best: readonly string[] = [];
  for (let current = node; current && !ts.isSourceFile(current); current = current.parent) {
    const called = ts.isCallExpression(current) ? calledBinding(current, checker) : null;
    const named = ts.isIdentifier(current) ? declaredPart(current, checker) : null;
    const path = called ?? (named?.kind === "binding" ? named.path : []);
    if (path.length > best.length) best = path;
    if (called || ts.isStatement(current)) break;
  }
  return best;
}

/** Without advice that is none inside a sandbox: its compiler options are not the author's. */
function reword(number: number, text: string): string {
  if (number === 1294) return "This syntax needs code, and types are only stripped before a script runs.";
  if (number === 2748)
    return "A constant enum that is only declared has no values: types are stripped from each script alone.";
  if (number === 1205)
    return "A type is exported as a value, and nothing is left of it when types are stripped: write `export type`.";
  // No author of a script can change the compiler's options.
  const own = text
    .replace(/ Do you need to change your target library\?.*$/su, "")
    .replace(
      / with 'exactOptionalPropertyTypes: true'\. Consider adding 'undefined' to the types? of the target(?:'s properties)?\./u,
      ". An explicit `undefined` is refused: leave the property out.",
    );
  return /[.?!]$/u.test(own) ? own : `${own}.`;
}
