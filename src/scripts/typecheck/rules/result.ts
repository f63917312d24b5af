/**
 * Holds the default export of a script to what its kind has to give. The compiler checks the expression where it is written; this words
 * what it finds, and checks what no expression was found for: an export that is missing, or one by name.
 *
 * `export default { totel: 1 };` -> "A script has to give `Report`: …"
 */
import { defaultKind } from "../../../model/contract.ts";
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { didYouMean, nearest } from "../../../model/suggest.ts";
import { report } from "../../../diagnostics/report.ts";
import { exportedExpression } from "../frontend/held.ts";
import { nodeAt } from "../frontend/node-at.ts";
import { type CheckedScript, declarationFile, ts } from "../frontend/service.ts";
import { placeOf } from "../place.ts";

/** Of the compiler's findings those that say what is wrong with the default export; worded, and apart from the others. */
export function splitResult(
  checked: CheckedScript,
  findings: readonly ts.Diagnostic[],
): { readonly others: readonly ts.Diagnostic[]; readonly results: readonly Diagnostic[] } {
  const { inserted } = checked;
  if (inserted === null) return { others: findings, results: [] };
  // JavaScript has no `satisfies`, which is ours.
  const real = findings.filter(({ code, start = 0 }) => code !== onlyInTypeScript || start < inserted.at);
  const about = real.filter((finding) => isAboutResult(checked, finding));
  // A promise is what `script-promise-floating` speaks of.
  const given = exportedExpression(checked.source, checked.inserted);
  const isPromise = given !== null && nameOfType(checked, given) === "Promise";
  // A function, or a class, is what `script-export-not-clonable` speaks of.
  const isFunction = given !== null && isCallable(checked, given);
  return {
    others: real.filter((finding) => !about.includes(finding)),
    results:
      isPromise || isFunction
        ? []
        : [...namesOff(checked, given), ...about.map((finding) => worded(checked, finding))],
  };
}

const onlyInTypeScript = 8037;
const unsatisfied = 1360;

/**
 * Properties of an object literal that are missing or unknown. The compiler stops at the first kind of difference; who mends a script
 * wants all of them at once.
 */
function namesOff(checked: CheckedScript, given: ts.Expression | null): Diagnostic[] {
  const wanted = wantedType(checked);
  if (!wanted || wanted.isUnion() || !given || !ts.isObjectLiteralExpression(given)) return [];
  if (given.properties.some((property) => !property.name || ts.isComputedPropertyName(property.name)))
    return [];
  const { program } = checked;
  const properties = program.getTypeChecker().getPropertiesOfType(wanted);
  const hasIndex = program.getTypeChecker().getIndexInfosOfType(wanted).length > 0;
  if (properties.length === 0 || hasIndex) return [];
  const written = given.properties.flatMap(({ name }) =>
    name ? [{ name: nameText(name), node: name }] : [],
  );
  const known = properties.map(({ name }) => name);
  const missing = properties
    .filter(
      ({ flags, name }) => !(flags & ts.SymbolFlags.Optional) && !written.some((one) => one.name === name),
    )
    .map(({ name }) => name);
  const unknown = written.filter(({ name }) => !known.includes(name));
  const start = given.getStart();
  const absent = missing.filter((name) => !unknown.some((one) => nearest(one.name, known) === name));
  const names = absent.map((name) => `\`${name}\``).join(", ");
  const lacks = `${names} ${absent.length === 1 ? "is" : "are"} missing.`;
  return [
    ...(absent.length === 0 ? [] : [mismatch(checked, lacks, placeOf(checked, start, start + 1))]),
    ...unknown.map(({ name, node }) =>
      mismatch(
        checked,
        `it has no \`${name}\`.${didYouMean(name, known)}`,
        placeOf(checked, node.getStart(), node.end),
      ),
    ),
  ];
}

const nameText = (name: ts.PropertyName): string => (ts.isComputedPropertyName(name) ? "" : name.text);

/** What the compiler does not see: nothing is exported as default, or something is by its name. */
export function findResult(checked: CheckedScript): Diagnostic[] {
  const { source, program, inserted, kind } = checked;
  if (kind.result === null || inserted !== null) return [];
  const checker = program.getTypeChecker();
  const wanted = wantedType(checked);
  const module = checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find(({ name }) => name === "default");
  if (!wanted) return [];
  if (!symbol) {
    if (checker.isTypeAssignableTo(checker.getUndefinedType(), wanted)) return [];
    if (wanted.flags & ts.TypeFlags.Void) return [];
    const end = source.text.trimEnd().length;
    return [mismatch(checked, "nothing is exported as default.", placeOf(checked, end, end))];
  }
  const declaration = symbol.declarations?.find((node) => node.getSourceFile() === source) ?? source;
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  if (checker.isTypeAssignableTo(type, wanted)) return [];
  const text = `\`${checker.typeToString(type)}\` is exported.`;
  const start = ts.isSourceFile(declaration) ? 0 : declaration.getStart();
  return [
    mismatch(checked, text, placeOf(checked, start, ts.isSourceFile(declaration) ? 0 : declaration.end)),
  ];
}

function worded(checked: CheckedScript, finding: ts.Diagnostic): Diagnostic {
  const start = finding.start ?? 0;
  const { inserted } = checked;
  // The compiler underlines the word we put in: what is meant is the expression before it.
  const isWhole = inserted !== null && start >= inserted.at;
  const given = exportedExpression(checked.source, checked.inserted);
  const from = isWhole && given ? given.getStart() : start;
  const end = isWhole && given ? given.end : start + (finding.length ?? 0);
  const lines = ts.flattenDiagnosticMessageText(finding.messageText, "\n").split("\n");
  const [first = "", ...more] = lines.map((line) => line.trim().replace(/\.$/u, ""));
  // "does not satisfy" says only that it does not fit; what follows says why.
  const text = isWhole && more.length > 0 ? more.join(", because ") : [first, ...more].join(", because ");
  return mismatch(checked, `${lowerFirst(text)} (TS${finding.code}).`, placeOf(checked, from, end));
}

function mismatch(checked: CheckedScript, problem: string, place: ReturnType<typeof placeOf>): Diagnostic {
  const { kind } = checked;
  const wanted = wantedType(checked);
  const checker = checked.program.getTypeChecker();
  const name = wanted ? checker.typeToString(wanted) : "another type";
  const whole = wanted ? expanded(checked, wanted) : name;
  const who = kind.name === defaultKind ? "A script" : `A script of the kind \`${kind.name}\``;
  const inEditor = `\`${kind.result}\``;
  // A type without a name is shown in full already.
  const help =
    whole === asExpanded(name)
      ? `In the editor this type is ${inEditor}.`
      : `\`${name}\` is \`${whole}\`; in the editor it is ${inEditor}.`;
  return report("script-result", { who, type: name, problem, help }, place);
}

/** A type as `expanded` writes it: the compiler ends the last property with a semicolon. */
const asExpanded = (text: string): string => text.replace(/; \}$/u, " }");

/** The properties of a named type, which its name does not tell. */
function expanded({ program }: CheckedScript, type: ts.Type): string {
  const checker = program.getTypeChecker();
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;
  const isDeclared = (one: ts.Type): boolean =>
    (one.flags & ts.TypeFlags.Object) !== 0 &&
    (one.symbol?.declarations ?? []).some((node) => node.getSourceFile().fileName === declarationFile);
  const textOf = (one: ts.Type): string => {
    if (!isDeclared(one)) return checker.typeToString(one, undefined, flags);
    const members = checker.getPropertiesOfType(one).map((property) => {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const text = checker.typeToString(checker.getTypeOfSymbol(property));
      return isOptional
        ? `${property.name}?: ${text.replace(/ \| undefined$/u, "")}`
        : `${property.name}: ${text}`;
    });
    return members.length === 0 ? checker.typeToString(one, undefined, flags) : `{ ${members.join("; ")} }`;
  };
  const members = type.isUnion() ? type.types : [type];
  if (!members.some(isDeclared)) return checker.typeToString(type);
  const text = members.map(textOf).join(" | ");
  return text.length <= longest ? text : checker.typeToString(type);
}

/** Longer is no help. */
const longest = 400;

/** The type the default export is held to: of the `Script` or `Scripts` of the declaration. */
function wantedType({ program, kind }: CheckedScript): ts.Type | null {
  const checker = program.getTypeChecker();
  const name = kind.name === defaultKind ? "Script" : "Scripts";
  const [declaration] = interfacesOf(program.getSourceFile(declarationFile)).filter(
    (one) => one.name.text === name,
  );
  if (!declaration) return null;
  const steps = kind.name === defaultKind ? ["result"] : [kind.name, "result"];
  let type: ts.Type = checker.getTypeAtLocation(declaration);
  for (const step of steps) {
    const property = type.getProperty(step);
    if (!property) return null;
    type = checker.getTypeOfSymbol(property);
  }
  return type;
}

function interfacesOf(source: ts.SourceFile | undefined): ts.InterfaceDeclaration[] {
  return (source?.statements ?? [])
    .flatMap((statement) => (ts.isModuleDeclaration(statement) && statement.body ? [statement.body] : []))
    .flatMap((body) => (ts.isModuleBlock(body) ? [...body.statements] : []))
    .filter((statement) => ts.isInterfaceDeclaration(statement));
}

/** In the exported value itself, not in what is called or done on the way to it. */
function isAboutResult({ source, inserted }: CheckedScript, { start = 0, code }: ts.Diagnostic): boolean {
  if (inserted === null || (code < 2000 && code !== unsatisfied)) return false;
  const held = exportedExpression(source, inserted);
  // The compiler underlines a function instead of the word we put in, from the bracket that we put before it.
  const from = held?.parent.getStart() ?? 0;
  if (code === unsatisfied && held !== null && start >= from && start <= held.getStart()) return true;
  if (held === null || start < held.getStart() || start > inserted.at + inserted.length) return false;
  if (start >= inserted.at) return true;
  for (let node = nodeAt(source, start); node !== held; node = node.parent) {
    if (!aboutValues.has(code) || !isPartOfValue(node.parent, node)) return false;
  }
  return aboutValues.has(code);
}

/** What the compiler says of a value that stands where another type is wanted. */
const aboutValues: ReadonlySet<number> = new Set([
  2322, 2326, 2353, 2375, 2412, 2418, 2559, 2561, 2739, 2740, 2741, 2820,
]);

function isPartOfValue(parent: ts.Node, node: ts.Node): boolean {
  if (ts.isPropertyAssignment(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  return (
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isSatisfiesExpression(parent)
  );
}

function nameOfType({ program }: CheckedScript, node: ts.Expression): string | undefined {
  return program.getTypeChecker().getTypeAtLocation(node).symbol?.name;
}

function isCallable({ program }: CheckedScript, node: ts.Expression): boolean {
  const type = program.getTypeChecker().getTypeAtLocation(node);
  return type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
