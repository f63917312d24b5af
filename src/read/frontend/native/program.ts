/**
 * Opens a definition with the TypeScript 7 that a project has installed. Its objects are shown in the form of the classic API, and the
 * views are the same as those of the compiler isobind carries.
 */
import { dirname, join } from "node:path";
import { remembered } from "../../../model/remembered.ts";
import type { Frontend } from "../frontend.ts";
import type { OpenOptions } from "../open.ts";
import { unreadable } from "../unreadable.ts";
import { answers } from "../views/answers.ts";
import { isPackageFile, type Compiler, type ts } from "../views/compiler.ts";
import { libraryOf, type Session } from "../views/session.ts";
import { checkerOf } from "./checker.ts";
import { classicOf } from "./classic.ts";
import { listen } from "./file-system.ts";
import type { NativeSymbol, NativeType, World } from "./objects.ts";
import { writeTsconfig } from "./options.ts";
import { endTypeScript7, loadTypeScript7, startTypeScript7, type Sync } from "./typescript.ts";
import { usualSource } from "./mapped.ts";
import { originOf } from "./origin.ts";
import { Unsayable } from "./unsayable.ts";
import { createWorld } from "./world.ts";

/** `folder` is where TypeScript 7 is installed. Whoever opens it closes it. Throws `Unsayable`, now or at any question. */
export function openNative(open: OpenOptions, folder: string): Frontend {
  const definition = open.definition.replaceAll("\\", "/");
  if (/\.[cm]?jsx?$/.test(definition)) throw new Unsayable("what checked JavaScript means elsewhere");
  const native = loadTypeScript7(folder);
  const isLibraryFile = (file: string): boolean => /\/lib\/lib\.[^/]*\.d\.ts$|^bundled:/.test(file);
  const fileSystem = listen(isLibraryFile);
  const api = startTypeScript7(native, dirname(definition), fileSystem);
  try {
    const { file, importExtension } = writeTsconfig(api, fileSystem, open);
    fileSystem.note(join(folder, "package.json"));
    const [project] = api.updateSnapshot({ openProjects: [file] }).getProjects();
    if (!project) throw new Error("TypeScript 7 has opened no project.");
    if (project.program.getConfigFileParsingDiagnostics().some(({ code }) => unreadable.has(code))) {
      throw new Unsayable("why a tsconfig cannot be used");
    }
    const world = createWorld(native.sync, native.ast, project, isLibraryFile);
    const session: Session = {
      ...compilerOf(world, classicOf(native), isLibraryFile),
      root: open.root,
      docs: new Map(),
      names: new Map(),
    };
    return answers(session, {
      definition: project.program.getSourceFile(definition) as unknown as ts.SourceFile | undefined,
      importExtension,
      problems: [],
      pieces: () => {
        throw new Unsayable("which declarations a printed type names");
      },
      inputs: () => fileSystem.inputs(),
      close: () => endTypeScript7(api),
    });
  } catch (error) {
    endTypeScript7(api);
    throw error;
  }
}

function compilerOf(
  world: World,
  classic: Compiler["ts"],
  isLibraryFile: Compiler["isLibraryFile"],
): Compiler {
  const { project, sync, ast } = world;
  const checker = checkerOf(world, isLibraryFile);
  const origins = new Map<ts.Type, { readonly parts: readonly ts.Type[] | null }>();
  const filesOf: Compiler["filesOf"] = (symbol) =>
    (symbol as unknown as NativeSymbol).raw.declarations.map(({ path }) => path);
  return {
    ts: classic,
    checker,
    filesOf,
    isLibraryFile,
    modifiersOf: (symbol) => modifiersOf(world, classic, symbol),
    originOf: (type) =>
      remembered(origins, type, () => ({
        parts: originOf(world, { ts: classic, checker }, type as unknown as NativeType),
      })).parts,
    isGenericMapped: (type) => {
      const { objectFlags, raw } = type as unknown as NativeType;
      if (!(objectFlags & sync.ObjectFlags.Mapped)) return false;
      const node = project.checker.typeToTypeNode(raw, undefined, sync.NodeBuilderFlags.InTypeAlias);
      return node === undefined || node.kind === ast.SyntaxKind.MappedType;
    },
    mappedFrom: (type) => mappedFrom({ filesOf, isLibraryFile }, type as unknown as NativeType),
    mappedParts: () => {
      throw new Unsayable("what a mapped type maps");
    },
    syntacticDiagnostics: () =>
      project.program
        .getSourceFileNames()
        .filter((name) => !/\.d\.[cm]?ts$/.test(name) && !isPackageFile(name) && !isLibraryFile(name))
        .flatMap((name) => diagnosticsOf(world, project.program.getSyntacticDiagnostics(name))),
    semanticDiagnostics: ({ fileName }) =>
      diagnosticsOf(world, project.program.getSemanticDiagnostics(fileName)),
  };
}

/** Bits of the compiler's own: which access the parts of a union or an intersection give. */
const isSynthetic = (1 << 1) | (1 << 2);
const containsPublic = 1 << 8;
const containsProtected = 1 << 9;
const containsPrivate = 1 << 10;

function modifiersOf({ ast, sync }: World, classic: Compiler["ts"], symbol: ts.Symbol): ts.ModifierFlags {
  const { ModifierFlags, SyntaxKind } = ast;
  const { checkFlags } = (symbol as unknown as NativeSymbol).raw;
  const declarations = symbol.declarations ?? [];
  const declaration =
    (symbol.flags & sync.SymbolFlags.GetAccessor && declarations.find(classic.isGetAccessorDeclaration)) ||
    symbol.valueDeclaration;
  if (declaration) {
    const kinds = ((declaration as { modifiers?: readonly ts.Node[] }).modifiers ?? []).map(
      ({ kind }) => kind as number,
    );
    const has = (kind: number): boolean => kinds.includes(kind);
    // A mapped type makes all of them public.
    const isOwn = classic.isClassLike(declaration.parent) && !(checkFlags & (1 << 18));
    return ((has(SyntaxKind.ReadonlyKeyword) ? ModifierFlags.Readonly : 0) |
      (isOwn && has(SyntaxKind.PrivateKeyword) ? ModifierFlags.Private : 0) |
      (isOwn && has(SyntaxKind.ProtectedKeyword) ? ModifierFlags.Protected : 0)) as number;
  }
  if (!(checkFlags & isSynthetic)) return 0;
  return (
    checkFlags & containsPrivate
      ? ModifierFlags.Private
      : checkFlags & containsPublic
        ? ModifierFlags.Public
        : checkFlags & containsProtected
          ? ModifierFlags.Protected
          : 0
  ) as number;
}

/** Matters where it is an object of a library: then its properties are declared there. */
function mappedFrom(
  session: Pick<Compiler, "filesOf" | "isLibraryFile">,
  type: NativeType,
): ts.Type | undefined {
  const [property] = type.getProperties() as unknown as readonly ts.Symbol[];
  if (libraryOf(session, property) === null) return undefined;
  const source = usualSource(type);
  if (source === undefined) throw new Unsayable("what a mapped type of an object of a library maps");
  return (source ?? undefined) as unknown as ts.Type | undefined;
}

function diagnosticsOf(world: World, found: readonly Sync.Diagnostic[]): ts.DiagnosticWithLocation[] {
  return found.flatMap(({ fileName, pos, end, code, category, text, messageChain }) => {
    const file = fileName === undefined ? undefined : world.project.program.getSourceFile(fileName);
    if (!file) return [];
    const messageText = [text, ...(messageChain ?? []).flatMap((inner) => chain(inner, 1))].join(" ");
    return [
      {
        file,
        start: pos,
        length: end - pos,
        code,
        category,
        messageText,
      } as unknown as ts.DiagnosticWithLocation,
    ];
  });
}

/** As the classic API flattens what one message says because of another: two spaces deeper each. */
function chain({ text, messageChain }: Sync.Diagnostic, depth: number): string[] {
  return [
    `${"  ".repeat(depth)}${text}`,
    ...(messageChain ?? []).flatMap((inner) => chain(inner, depth + 1)),
  ];
}
