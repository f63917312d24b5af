/**
 * Opens a definition with the classic compiler API, as carried by ts-morph, and answers the frontend's questions.
 */
import { dirname, relative } from "node:path";
import { nowhere } from "../../../model/contract.ts";
import type { DefinitionView, Frontend } from "../frontend.ts";
import type { OpenOptions } from "../open.ts";
import { ts } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { createFileSystem } from "./file-system.ts";
import { basesOf } from "./bases.ts";
import { constraintOf } from "./constraint.ts";
import { enumValuesOf } from "./enum.ts";
import { createHost } from "./host.ts";
import { mappedOf } from "./mapped.ts";
import { indexesOf, propertiesOf } from "./members.ts";
import { forgetParsed } from "./latest.ts";
import { namedOf } from "./named.ts";
import { readOptions } from "./options.ts";
import { fromPart } from "./part.ts";
import { piecesOf } from "./pieces.ts";
import { createPrune } from "./prune/prune.ts";
import { rangeOf, resolved, sourceOf, toNode, toType, type Session } from "./session.ts";
import { globalsOf, scriptsOf } from "./scripts.ts";
import { settledBy } from "./settled.ts";
import { signaturesOf } from "./signatures.ts";
import { textOf } from "./text.ts";
import { thrownBy } from "./thrown.ts";
import { treeOf } from "./tree.ts";
import { signatureErrors, syntaxErrors } from "./problems.ts";
import { viewOf } from "./view.ts";

export function openTs6(open: OpenOptions): Frontend {
  const fileSystem = createFileSystem();
  const definition = open.definition.replaceAll("\\", "/");
  const project = readOptions(fileSystem, open.tsconfig, definition, open.environment);
  const prune = open.prune ? createPrune(definition, fileSystem, project.options) : () => null;
  const host = createHost(fileSystem, project.options, dirname(definition), prune);
  const rootNames = open.environment === "project" ? [definition, ...project.ambientFiles] : [definition];
  const program = ts.createProgram({ rootNames, options: project.options, host });
  const session: Session = {
    program,
    checker: checkerOf(program),
    root: open.root,
    docs: new Map(),
    names: new Map(),
  };
  const file = program.getSourceFile(definition);

  let unresolved = false;

  return {
    exists: file !== undefined,
    sawUnresolved: () => unresolved,
    importExtension: project.importExtension,
    problems: project.problems.map(({ message, file }) => ({
      message,
      file: relative(open.root, file).replaceAll("\\", "/"),
    })),
    syntaxErrors: syntaxErrors(session),
    typeErrors: () => (file ? signatureErrors(session, file) : []),
    definition: () => definitionOf(session, file),
    tree: (part) => {
      const view = treeOf(session, part);
      unresolved ||= view.kind === "invalid" && view.unresolved === true;
      return view;
    },
    signatures: (type) => signaturesOf(session, type),
    view: (type) => {
      const view = viewOf(session, type);
      unresolved ||= view.kind === "unresolved";
      return view;
    },
    named: (type) => namedOf(session, type),
    properties: (type) => propertiesOf(session, type),
    indexes: (type) => indexesOf(session, type),
    bases: (type) => basesOf(session, type),
    settled: (type) => settledBy(session, type),
    enumValues: (type) => enumValuesOf(session, toType(type)),
    mapped: (type) => mappedOf(session, toType(type)),
    constraint: (type) => constraintOf(session, toType(type)),
    pieces: (type, intoAlias) => piecesOf(session, toType(type), intoAlias),
    written: ({ node }) => (node === null ? null : toNode(node).getText().replace(/\s+/g, " ")),
    text: (type) => textOf(session, toType(type)),
    source: (node) => sourceOf(session, toNode(node)),
    thrown: (part) => {
      const views = thrownBy(session, part);
      unresolved ||= views.some((view) => view.use === null);
      return views;
    },
    inputs: () => fileSystem.inputs(),
  };
}

/** Binds all files. */
function checkerOf(program: ts.Program): ts.TypeChecker {
  try {
    return program.getTypeChecker();
  } catch (error) {
    forgetParsed();
    throw error;
  }
}

function definitionOf(session: Session, file: ts.SourceFile | undefined): DefinitionView {
  const { checker } = session;
  const module = file && checker.getSymbolAtLocation(file);
  const symbols = module ? checker.getExportsOfModule(module) : [];
  const find = (name: string): ts.Symbol | undefined => {
    const symbol = symbols.find((exported) => exported.name === name);
    return symbol && resolved(session, symbol);
  };
  const implementation = find("default");
  const bindings = find("Bindings");
  const isType =
    bindings !== undefined && (bindings.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0;
  const bindingsType = (symbol: ts.Symbol) => (): ts.Type => checker.getDeclaredTypeOfSymbol(symbol);
  return {
    implementation: implementation ? implementationPart(session, implementation) : null,
    contract: isType
      ? fromPart({
          expression: null,
          type: bindingsType(bindings),
          declarations: bindings.declarations ?? [],
        })
      : null,
    source: file ? rangeOf(session, file, 0, 0) : nowhere,
    scripts: scriptsOf(session, find, implementation ? expressionOf(implementation) : null),
    globals: globalsOf(session, find, implementation ? expressionOf(implementation) : null),
    doc: docOf(session, (implementation ?? (isType ? bindings : undefined))?.declarations ?? []),
    exports: symbols.map(({ name }) => name),
  };
}

function expressionOf(symbol: ts.Symbol): ts.Expression | null {
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (declaration && ts.isExportAssignment(declaration)) return declaration.expression;
  return declaration && ts.isVariableDeclaration(declaration) && !declaration.type
    ? (declaration.initializer ?? null)
    : null;
}

function implementationPart(session: Session, symbol: ts.Symbol): ReturnType<typeof fromPart> {
  return fromPart({
    expression: expressionOf(symbol),
    type: () => session.checker.getTypeOfSymbol(symbol),
    declarations: symbol.declarations ?? [],
  });
}
