/**
 * Finds exports that cannot leave the sandbox: a run copies them out, and a copy has no functions, promises or symbols. What
 * the types say for certain is reported; a value that only may be one is left to the run.
 *
 * `export default { rows: load() }` → "holds, at `.rows`, a promise"
 */
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { report } from "../../../diagnostics/report.ts";
import { exportHelp, type Stuck as What } from "../../../model/way-out.ts";
import { exportedExpression } from "../frontend/held.ts";
import { type CheckedScript, declarationFile, ts } from "../frontend/service.ts";
import { placeOf } from "../place.ts";

/** Steps into a value; who nests deeper finds out when the script runs. */
const maxDepth = 5;

interface Stuck {
  readonly path: string;
  readonly what: What;
}

export function findExports(checked: CheckedScript): Diagnostic[] {
  const { source, program } = checked;
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(source);
  if (!module) return [];
  const found: Diagnostic[] = [];
  for (const symbol of checker.getExportsOfModule(module)) {
    const place = placed(symbol, checked);
    if (!place || !isValue(symbol, checker)) continue;
    const type = checker.getTypeOfSymbolAtLocation(symbol, place);
    const stuck = findStuck(type, "", new Set(), { checker, place });
    // A promise itself is what `script-promise-floating` speaks of.
    if (!stuck || (stuck.what === "a promise" && stuck.path === "" && !ts.isExportSpecifier(place))) continue;
    const data = { name: symbol.name, ...stuck, help: exportHelp[stuck.what] };
    found.push(report("script-export-not-clonable", data, placeOf(checked, place.getStart(), place.end)));
  }
  return found;
}

/** The part of a declaration that a finding underlines: its name, or what is exported as default. */
function placed(symbol: ts.Symbol, { source, inserted }: CheckedScript): ts.Node | null {
  const declaration = symbol.declarations?.find((node) => node.getSourceFile() === source);
  if (!declaration) return null;
  if (ts.isExportAssignment(declaration)) return exportedExpression(source, inserted);
  if (ts.isExportSpecifier(declaration)) return declaration;
  if (!("name" in declaration)) return declaration;
  const name = declaration.name as ts.Node | undefined;
  return name ?? declaration.getChildren(source)[0] ?? declaration;
}

function isValue(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & ts.SymbolFlags.Value) !== 0;
}

interface Looking {
  readonly checker: ts.TypeChecker;
  readonly place: ts.Node;
}

function findStuck(type: ts.Type, path: string, seen: Set<ts.Type>, looking: Looking): Stuck | null {
  const { checker } = looking;
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) return null;
  if (type.flags & ts.TypeFlags.ESSymbolLike) return { path, what: "a symbol" };
  if (type.isUnion()) {
    // Certain only when every member is.
    const all = type.types.map((member) => findStuck(member, path, seen, looking));
    return all.every((stuck) => stuck !== null) ? (all[0] ?? null) : null;
  }
  if (!(type.flags & ts.TypeFlags.Object) || seen.has(type) || path.split(/[.[<]/).length > maxDepth)
    return null;
  if (type.getConstructSignatures().length > 0 && isDeclaredClass(type)) return { path, what: "a class" };
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0)
    return { path, what: "a function" };
  seen.add(type);
  const name = type.symbol?.name ?? "";
  if (name === "Promise") return { path, what: "a promise" };
  if (/^Weak(?:Map|Set|Ref)$/.test(name) && isOfLibrary(type)) return { path, what: "a weak collection" };
  const inside = /^(?:Readonly)?(?:Map|Set)$/.test(name) && isOfLibrary(type);
  if (checker.isTupleType(type)) {
    return first(checker.getTypeArguments(type as ts.TypeReference), (element, index) =>
      findStuck(element, `${path}[${index}]`, seen, looking),
    );
  }
  if (checker.isArrayType(type) || inside) {
    return first(checker.getTypeArguments(type as ts.TypeReference), (element) =>
      findStuck(element, `${path}${inside ? "<entry>" : "[0]"}`, seen, looking),
    );
  }
  if (isOfLibrary(type)) return null;
  return first(checker.getPropertiesOfType(type), (property) => {
    if (property.flags & ts.SymbolFlags.Optional || !isOwn(property)) return null;
    const inner = checker.getTypeOfSymbolAtLocation(property, looking.place);
    return findStuck(inner, `${path}.${property.name}`, seen, looking);
  });
}

function first<T>(members: readonly T[], look: (member: T, index: number) => Stuck | null): Stuck | null {
  for (const [index, member] of members.entries()) {
    const stuck = look(member, index);
    if (stuck) return stuck;
  }
  return null;
}

function isDeclaredClass(type: ts.Type): boolean {
  return (type.symbol?.declarations ?? []).some(ts.isClassLike);
}

/** The methods and accessors of a class are on its prototype, and what an interface calls a method may be: neither is copied. */
function isOwn(property: ts.Symbol): boolean {
  const [declaration] = property.declarations ?? [];
  if (!declaration) return true;
  if (ts.isMethodSignature(declaration)) return false;
  if (ts.isClassLike(declaration.parent))
    return ts.isPropertyDeclaration(declaration) && !isPrivate(declaration);
  return true;
}

function isPrivate(declaration: ts.PropertyDeclaration): boolean {
  return ts.isPrivateIdentifier(declaration.name);
}

/** Built-in classes arrive as themselves; what is declared for bindings is data. */
function isOfLibrary(type: ts.Type): boolean {
  const file = type.symbol?.declarations?.[0]?.getSourceFile();
  return file !== undefined && file.fileName !== declarationFile && file.fileName.endsWith(".d.ts");
}
