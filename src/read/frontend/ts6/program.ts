/**
 * Opens a definition with the classic compiler API, as carried by ts-morph.
 */
import { relative } from "node:path";
import type { Frontend } from "../frontend.ts";
import type { OpenOptions } from "../open.ts";
import { answers } from "../views/answers.ts";
import { type Checker, type Compiler, isPackageFile } from "../views/compiler.ts";
import type { Session } from "../views/session.ts";
import { isVariable } from "../views/variable.ts";
import { libFolder, ts } from "./compiler.ts";
import { createFileSystem } from "./file-system.ts";
import { createHost } from "./host.ts";
import { forgetParsed } from "./latest.ts";
import { readOptions } from "./options.ts";
import { piecesOf } from "./pieces.ts";
import { createPrune } from "./prune/prune.ts";

export function openTs6(open: OpenOptions): Frontend {
  const fileSystem = createFileSystem();
  const definition = open.definition.replaceAll("\\", "/");
  const project = readOptions(fileSystem, open.tsconfig, definition, open.environment);
  const { options, references } = project;
  // A source of another project has two names, its own and that of what is built of it, and whoever prunes knows one.
  // Nothing is lost: three such projects of 100 files with 40 functions each are read whole for 0.8 of the processor time of pruning them.
  const prune =
    open.prune && references.length === 0 ? createPrune(definition, fileSystem, options) : () => null;
  const host = createHost(fileSystem, options, definition, prune);
  const rootNames = open.environment === "project" ? [definition, ...project.ambientFiles] : [definition];
  const program = ts.createProgram({ rootNames, options, projectReferences: references, host });
  const session: Session = {
    ...compilerOf(program),
    root: open.root,
    docs: new Map(),
    names: new Map(),
  };
  return answers(session, {
    definition: program.getSourceFile(definition),
    importExtension: project.importExtension,
    problems: project.problems.map(({ message, file }) => ({
      message,
      file: relative(open.root, file).replaceAll("\\", "/"),
    })),
    pieces: (type, intoAlias) => piecesOf(session, type, intoAlias),
    inputs: () => fileSystem.inputs(),
    close: () => undefined,
  });
}

function compilerOf(program: ts.Program): Compiler {
  const checker = checkerOf(program);
  const hidden = ts as unknown as {
    getDeclarationModifierFlagsFromSymbol: Compiler["modifiersOf"];
  };
  return {
    ts,
    checker,
    filesOf: ({ declarations = [] }) => declarations.map((node) => node.getSourceFile().fileName),
    isLibraryFile,
    modifiersOf: (symbol) => hidden.getDeclarationModifierFlagsFromSymbol(symbol),
    originOf: (type) => {
      const { origin } = type as { origin?: ts.Type };
      return origin && origin.flags & ts.TypeFlags.Union ? (origin as ts.UnionType).types : null;
    },
    isGenericMapped: (type) => isGenericMapped(checker, type),
    mappedFrom: (type) => (type as MappedType).modifiersType,
    mappedParts: (type) => {
      checker.getPropertiesOfType(type);
      const { declaration, constraintType, modifiersType } = type as MappedType;
      return declaration && constraintType ? { declaration, constraintType, modifiersType } : null;
    },
    syntacticDiagnostics: () =>
      program
        .getSourceFiles()
        .filter(
          ({ fileName, isDeclarationFile }) =>
            !isDeclarationFile && !isPackageFile(fileName) && !isLibraryFile(fileName),
        )
        .flatMap((file) => program.getSyntacticDiagnostics(file)),
    semanticDiagnostics: (file) => program.getSemanticDiagnostics(file),
  };
}

const isLibraryFile = (fileName: string): boolean => fileName.startsWith(`${libFolder}/`);

/** Binds all files. */
function checkerOf(program: ts.Program): Checker {
  try {
    return program.getTypeChecker() as Checker;
  } catch (error) {
    forgetParsed();
    throw error;
  }
}

/** What the compiler keeps of a mapped type once its properties have been asked for. */
interface MappedType extends ts.ObjectType {
  readonly declaration?: ts.MappedTypeNode;
  readonly constraintType?: ts.Type;
  readonly modifiersType?: ts.Type;
  readonly nameType?: ts.Type;
}

function isGenericMapped(checker: Checker, type: MappedType): boolean {
  const { Instantiable } = ts.TypeFlags;
  if (!(type.objectFlags & ts.ObjectFlags.Mapped)) return false;
  // Asking for properties makes the compiler resolve the constraint.
  checker.getPropertiesOfType(type);
  const { constraintType: keys, nameType } = type;
  // Never worked out: over a type parameter that stands for an array the compiler shows the array's own properties.
  if (!keys) return true;
  if (nameType && nameType.flags & Instantiable && keys.flags & Instantiable) return true;
  return isVariable(ts, keys);
}
