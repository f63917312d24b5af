/**
 * Sees one file of the author's as statements that need names and give names. Which of them are needed follows from the
 * names that others demand of it.
 */
import { remembered } from "../../../../model/remembered.ts";
import { ts } from "../compiler.ts";
import { blank, type Cut } from "./blank.ts";
import { writtenCut } from "./written.ts";

/** Names demanded of another module; `*` stands for all. */
export interface Demand {
  readonly specifier: string;
  readonly name: string;
}

export interface Module {
  readonly file: ts.SourceFile;
  /** Makes what exports `name` live; gives what that demands of other modules. */
  demand(name: string): readonly Demand[];
  has(name: string): boolean;
  /** `null` when all of it is needed. */
  text(): string | null;
}

interface Entry {
  readonly statement: ts.Statement;
  /** Names it declares in the module. */
  readonly gives: ReadonlySet<string>;
  /** Names it mentions, in what is left after cutting. */
  readonly needs: ReadonlySet<string>;
  readonly cuts: readonly Cut[];
  readonly kind: "import" | "export" | "declaration" | "variable" | "effect";
}

type ByName = ReadonlyMap<string, readonly Entry[]>;

export function createModule(file: ts.SourceFile): Module {
  const entries = entriesOf(file);
  const live = new Set<Entry>();
  /** The names that live entries mention. */
  const mentioned = new Set<string>();
  const demanded = new Set<string>();
  const isWhole = file.statements.some(mustStayWhole);
  const byName = tableOf(entries, ({ gives }) => gives);
  const exporters = tableOf(entries, exportedNames);
  const effects = entries.filter(({ kind }) => kind === "effect");
  const reexports = entries.some(({ kind }) => kind === "export");
  const always = entries.filter(({ statement }) => isWhole || isAlwaysLive(statement));

  /** Makes entries live until nothing follows any more; collects what that demands of other modules. */
  const enliven = (first: readonly Entry[]): Demand[] => {
    const demands: Demand[] = [];
    const pending = [...first];
    const before = live.size;
    for (;;) {
      for (let entry = pending.pop(); entry; entry = pending.pop()) {
        if (live.has(entry)) continue;
        live.add(entry);
        for (const name of entry.needs) {
          mentioned.add(name);
          pending.push(...(byName.get(name) ?? []));
        }
      }
      const touched = effects.filter((entry) => !live.has(entry) && touches(entry));
      if (touched.length === 0) break;
      pending.push(...touched);
    }
    // What a re-export demands depends on the names demanded, all else on what is live.
    if (live.size === before && !reexports) return demands;
    for (const entry of live) {
      if (entry.kind === "import") demands.push(...importDemands(entry.statement, mentioned));
      if (entry.kind === "export") demands.push(...reexportDemands(entry.statement, demanded));
    }
    return demands;
  };

  /** An effect can narrow or extend a variable, so it lives when a variable it mentions does. */
  const touches = (effect: Entry): boolean =>
    [...effect.needs].some((name) =>
      (byName.get(name) ?? []).some((giver) => giver.kind === "variable" && live.has(giver)),
    );

  return {
    file,
    has: (name) => exporters.has(name),
    demand(name) {
      if (demanded.has(name)) return [];
      demanded.add(name);
      const found =
        name === "*" ? entries.filter(({ statement }) => isExported(statement)) : (exporters.get(name) ?? []);
      // A name that no statement gives may come from a star export.
      const stars =
        found.length > 0 && name !== "*" ? [] : entries.filter(({ statement }) => isStar(statement));
      return enliven([...always, ...found, ...stars]);
    },
    text() {
      const cuts = entries.flatMap((entry) =>
        live.has(entry)
          ? entry.cuts
          : [{ start: startOf(entry.statement, file), end: entry.statement.end, instead: "" }],
      );
      return cuts.length === 0 ? null : blank(file.text, cuts);
    },
  };
}

function entriesOf(file: ts.SourceFile): readonly Entry[] {
  return remembered(known, file, () => file.statements.map((statement) => entryOf(statement, file)));
}

/** A file that has not been parsed again has the statements it had. */
const known = new WeakMap<ts.SourceFile, readonly Entry[]>();

/** With its doc comment, which would otherwise stand before the next statement. */
function startOf(statement: ts.Statement, file: ts.SourceFile): number {
  return statement.getStart(file, true);
}

function entryOf(statement: ts.Statement, file: ts.SourceFile): Entry {
  const cuts: Cut[] = [];
  const needs = new Set<string>(mentionedInComments(statement, file));
  const visit = (node: ts.Node): void => {
    const cut = writtenCut(node, file);
    if (cut) cuts.push(cut);
    if (ts.isIdentifier(node)) needs.add(node.text);
    ts.forEachChild(node, (child) => {
      if (child !== cut?.node && !isMemberName(node, child)) visit(child);
    });
  };
  visit(statement);
  return { statement, gives: givenNames(statement), needs, cuts, kind: kindOf(statement) };
}

/** The name of a member is looked up in an object, not in the module. */
function isMemberName(node: ts.Node, child: ts.Node): boolean {
  if (!ts.isIdentifier(child)) return false;
  if (ts.isQualifiedName(node)) return node.right === child;
  return (
    (ts.isPropertyAccessExpression(node) ||
      ts.isPropertyAssignment(node) ||
      ts.isPropertySignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isMethodSignature(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isAccessor(node)) &&
    node.name === child
  );
}

/** `@throws {NotFoundError}` needs the class, though no code mentions it. */
function mentionedInComments(statement: ts.Statement, file: ts.SourceFile): string[] {
  const comments = file.text.slice(statement.pos, statement.end).match(/\/\*\*[^]*?\*\//g) ?? [];
  return comments
    .flatMap((comment) => comment.match(/@(?:throws|exception)\s*\{[^}]*\}/g) ?? [])
    .flatMap((tag) => tag.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
}

function kindOf(statement: ts.Statement): Entry["kind"] {
  if (ts.isImportDeclaration(statement)) return "import";
  if (ts.isExportDeclaration(statement)) return "export";
  if (ts.isVariableStatement(statement)) return "variable";
  const isDeclaration =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isExportAssignment(statement);
  return isDeclaration ? "declaration" : "effect";
}

function givenNames(statement: ts.Statement): ReadonlySet<string> {
  const names = new Set<string>();
  const binding = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) binding(element.name);
  };
  if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) binding(declaration.name);
  } else if (ts.isImportDeclaration(statement)) {
    for (const name of importedNames(statement)) names.add(name.local);
  } else if ("name" in statement) {
    const { name } = statement as ts.DeclarationStatement;
    if (name && ts.isIdentifier(name)) names.add(name.text);
  }
  return names;
}

interface Imported {
  readonly local: string;
  readonly name: string;
}

function importedNames(statement: ts.ImportDeclaration): Imported[] {
  const clause = statement.importClause;
  const names: Imported[] = clause?.name ? [{ local: clause.name.text, name: "default" }] : [];
  const bindings = clause?.namedBindings;
  if (!bindings) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, { local: bindings.name.text, name: "*" }];
  return [
    ...names,
    ...bindings.elements.map(({ name, propertyName }) => ({
      local: name.text,
      name: (propertyName ?? name).text,
    })),
  ];
}

function importDemands(statement: ts.Statement, mentioned: ReadonlySet<string>): Demand[] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const specifier = statement.moduleSpecifier.text;
  return importedNames(statement)
    .filter(({ local }) => mentioned.has(local))
    .map(({ name }) => ({ specifier, name }));
}

function reexportDemands(statement: ts.Statement, demanded: ReadonlySet<string>): Demand[] {
  if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return [];
  if (!ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const specifier = statement.moduleSpecifier.text;
  const clause = statement.exportClause;
  if (!clause) return [...demanded].filter((name) => name !== "default").map((name) => ({ specifier, name }));
  if (ts.isNamespaceExport(clause)) return [{ specifier, name: "*" }];
  return clause.elements
    .filter(({ name }) => demanded.has("*") || demanded.has(name.text))
    .map(({ name, propertyName }) => ({ specifier, name: (propertyName ?? name).text }));
}

function isStar(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && !statement.exportClause;
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    hasModifier(statement, ts.SyntaxKind.ExportKeyword)
  );
}

function hasModifier(statement: ts.Statement, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some((modifier) => modifier.kind === kind) ?? false)
  );
}

/** The names other modules know it by; of a star export there are none to tell. */
function exportedNames({ statement, gives }: Entry): Iterable<string> {
  if (ts.isExportAssignment(statement)) return ["default"];
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    if (!clause) return [];
    return ts.isNamespaceExport(clause)
      ? [clause.name.text]
      : clause.elements.map((element) => element.name.text);
  }
  if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
  return hasModifier(statement, ts.SyntaxKind.DefaultKeyword) ? ["default"] : gives;
}

function tableOf(entries: readonly Entry[], namesOf: (entry: Entry) => Iterable<string>): ByName {
  const table = new Map<string, Entry[]>();
  for (const entry of entries)
    for (const name of namesOf(entry)) remembered(table, name, () => []).push(entry);
  return table;
}

/** An import for its effect may declare globals. */
function isAlwaysLive(statement: ts.Statement): boolean {
  return ts.isImportDeclaration(statement) && !statement.importClause;
}

/** What reaches outside the module, or gives names in ways not followed here. */
function mustStayWhole(statement: ts.Statement): boolean {
  return (
    (ts.isExportAssignment(statement) && statement.isExportEquals === true) ||
    ts.isImportEqualsDeclaration(statement) ||
    ts.isNamespaceExportDeclaration(statement) ||
    (ts.isModuleDeclaration(statement) && !ts.isIdentifier(statement.name)) ||
    (ts.isModuleDeclaration(statement) && (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0)
  );
}
