/**
 * Keeps what TypeScript 7 has said of a project, so that nothing is asked twice, and asks for what belongs together in one message. A
 * question takes some twenty microseconds, whatever it is about, and a definition of 64 leaves has thousands.
 */
import { remembered } from "../../../model/remembered.ts";
import { isPackageFile, type ts } from "../views/compiler.ts";
import { NativeSignature, NativeSymbol, NativeType, type World } from "./objects.ts";
import { signaturesWritten } from "./syntax.ts";
import type { Ast, Sync } from "./typescript.ts";

/** Beyond, the compiler would work out what nobody has asked for. */
const nodesAtOnce = 128;

export function createWorld(
  sync: typeof Sync,
  ast: typeof Ast,
  project: Sync.Project,
  isLibraryFile: (file: string) => boolean,
): World {
  const types = new Map<Sync.Type, NativeType>();
  const symbols = new Map<Sync.Symbol, NativeSymbol>();
  const signatures = new Map<Sync.Signature, NativeSignature>();
  const files = new Map<string, IndexedFile>();
  const properties = new Map<NativeType, readonly NativeSymbol[]>();
  const calls = new Map<NativeType, readonly NativeSignature[]>();
  const constructs = new Map<NativeType, readonly NativeSignature[]>();
  const written = new Map<ts.Node, NativeType>();
  const declared = new Map<NativeSymbol, NativeType>();
  const mentioned = new Map<ts.Node, NativeSymbol | undefined>();
  const { checker, program } = project;

  const fileAt = (path: string): IndexedFile =>
    remembered(files, path, () => {
      const file = program.getSourceFile(path);
      if (!file) throw new Error(`TypeScript 7 has no file ${path}.`);
      // The types of a file are known by the symbols it exports; later each would be asked for by itself.
      const module =
        isPackageFile(path) || isLibraryFile(path) ? undefined : checker.getSymbolAtLocation(file);
      if (module) checker.getExportsOfModule(module);
      return file as unknown as IndexedFile;
    });

  const world: World = {
    sync,
    ast,
    project,
    isAuthors: (path) => !isPackageFile(path) && !isLibraryFile(path),
    typeOf: (raw) => remembered(types, raw, () => new NativeType(raw, world)),
    symbolOf: (raw) => remembered(symbols, raw, () => new NativeSymbol(raw, world)),
    signatureOf: (raw) => remembered(signatures, raw, () => new NativeSignature(raw, world)),
    nodeOf: ({ path, index }) => fileAt(path).getOrCreateNodeAtIndex(index),
    unionsNamed: (name) =>
      [...types.values()].filter(
        (type) => type.flags & sync.TypeFlags.Union && type.aliasSymbol?.name === name,
      ),
    propertiesOf: (type) =>
      remembered(properties, type, () => {
        const own = world.together(checker.getPropertiesOfType(type.raw));
        for (const property of own) property.owner ??= type;
        return own;
      }),
    signaturesOf: (type, kind) =>
      remembered(kind === sync.SignatureKind.Call ? calls : constructs, type, () =>
        signaturesWritten(world, type) === false
          ? []
          : checker.getSignaturesOfType(type.raw, kind).map((raw) => world.signatureOf(raw)),
      ),
    typeFromNode: (node) => {
      const known = written.get(node);
      if (known) return known;
      const nodes = nodesBehind(world, node).filter((one) => !written.has(one));
      const found = checker.getTypeAtLocation(nodes as unknown as readonly Ast.Node[]);
      for (const [at, one] of nodes.entries()) {
        const raw = found[at];
        written.set(one, raw ? world.typeOf(raw) : world.typeOf(checker.getAnyType()));
      }
      return written.get(node) ?? world.typeOf(checker.getAnyType());
    },
    symbolAt: (node) => {
      const isName =
        (node.kind as number) === ast.SyntaxKind.Identifier &&
        (node.parent.kind as number) === ast.SyntaxKind.TypeReference;
      if (!mentioned.has(node)) {
        const nodes = isName ? nodesBehind(world, node).filter((one) => !mentioned.has(one)) : [node];
        const found = checker.getSymbolAtLocation(nodes as unknown as readonly Ast.Node[]);
        for (const [at, one] of nodes.entries()) {
          const raw = found[at];
          mentioned.set(one, raw && world.symbolOf(raw));
        }
      }
      return mentioned.get(node);
    },
    declaredBy: (symbol) =>
      remembered(declared, symbol, () => world.typeOf(checker.getDeclaredTypeOfSymbol(symbol.raw))),
    noteDeclared: (symbol, type) => void declared.set(symbol, type),
    together: (raw) => {
      const shown = raw.map((one) => world.symbolOf(one));
      for (const symbol of shown) symbol.siblings = shown;
      return shown;
    },
  };
  return world;
}

interface IndexedFile {
  getOrCreateNodeAtIndex(index: number): ts.Node;
}

/**
 * The node and what is written behind it in its file, of what is asked for one by one to know the order of unions: their parts, type
 * arguments, and the types of properties and parameters that may have a name; of a name, the names of such types.
 */
function nodesBehind({ ast }: World, node: ts.Node): readonly ts.Node[] {
  const { Identifier, IntersectionType, Parameter, PropertySignature, TypeReference, UnionType } =
    ast.SyntaxKind;
  const typesIn = (at: Typed): readonly (Typed | undefined)[] => {
    switch (at.kind as number) {
      case UnionType:
      case IntersectionType:
        return at.types ?? [];
      case TypeReference:
        return at.typeArguments ?? [];
      case PropertySignature:
      case Parameter:
        return (at.type?.kind as number) === TypeReference || at.questionToken || at.postfixToken
          ? [at.type]
          : [];
      default:
        return [];
    }
  };
  const namesIn = (at: Typed): readonly (Typed | undefined)[] =>
    (at.kind as number) === TypeReference && (at.typeName?.kind as number) === Identifier
      ? [at.typeName]
      : [];

  const partsIn = (node.kind as number) === Identifier ? namesIn : typesIn;
  const nodes = [node];
  const visit = (at: ts.Node): void => {
    if (nodes.length >= nodesAtOnce || at.end <= node.pos) return;
    for (const part of partsIn(at as unknown as Typed))
      if (part && part.pos > node.pos) nodes.push(part as unknown as ts.Node);
    (at as unknown as Typed).forEachChild(visit);
  };
  visit(node.getSourceFile());
  return nodes;
}

/** What of a node is looked at. */
interface Typed extends Omit<ts.Node, "forEachChild"> {
  readonly types?: readonly Typed[];
  readonly typeArguments?: readonly Typed[];
  readonly typeName?: Typed;
  readonly type?: Typed;
  readonly questionToken?: ts.Node;
  readonly postfixToken?: ts.Node;
  forEachChild(visit: (child: ts.Node) => void): void;
}
