/**
 * Answers questions about types in the words of the classic API. Each question is asked of TypeScript 7 once; what several are asked
 * about one by one, such as the types of an object's properties, is asked in one message.
 */
import { remembered } from "../../../model/remembered.ts";
import type { Checker, ts } from "../views/compiler.ts";
import type { NativeSignature, NativeSymbol, NativeType, World } from "./objects.ts";
import { basesWritten, indexWritten } from "./syntax.ts";
import type { Ast, Sync } from "./typescript.ts";
import { Unsayable } from "./unsayable.ts";

/** A message about more would make the process of the compiler work out what nobody has asked for. */
const togetherAtMost = 64;

/** Most questions of the views; those of the classic API that they never ask are not here. */
export function checkerOf(world: World, isLibraryFile: (file: string) => boolean): Checker {
  const { sync, project } = world;
  const { checker } = project;
  const { TypeFlags, ObjectFlags } = sync;

  /** One question, remembered by what it is about. */
  const asked = <K extends object, V>(ask: (about: K) => V): ((about: K) => V) => {
    const answers = new Map<K, { readonly value: V }>();
    return (about) => remembered(answers, about, () => ({ value: ask(about) })).value;
  };
  const typed = (raw: Sync.Type | undefined): NativeType | undefined => raw && world.typeOf(raw);
  const ofType = (
    ask: (raw: Sync.Type) => Sync.Type | undefined,
  ): ((type: NativeType) => NativeType | undefined) => asked((type: NativeType) => typed(ask(type.raw)));
  const mayBeCalled = TypeFlags.Object | TypeFlags.UnionOrIntersection | TypeFlags.Instantiable;
  const inNode = (node: ts.Node): Ast.Node => node as unknown as Ast.Node;

  const typesOfSymbols = new Map<NativeSymbol, NativeType>();
  const typeOfSymbol = (symbol: NativeSymbol): NativeType => {
    const known = typesOfSymbols.get(symbol);
    if (known) return known;
    const at = symbol.siblings.indexOf(symbol);
    const together = symbol.siblings
      .slice(Math.max(0, at), Math.max(0, at) + togetherAtMost)
      .filter((one) => !typesOfSymbols.has(one));
    const types = checker.getTypeOfSymbol(together.map(({ raw }) => raw));
    for (const [index, one] of together.entries()) {
      typesOfSymbols.set(one, typed(types[index]) ?? anyType());
    }
    return typesOfSymbols.get(symbol) ?? anyType();
  };
  let any: NativeType | undefined;
  const anyType = (): NativeType => (any ??= world.typeOf(checker.getAnyType()));
  let boolean: NativeType | undefined;

  const { propertiesOf, together } = world;
  const indexesOf = asked((type: NativeType) =>
    (indexWritten(world, type) === false ? [] : checker.getIndexInfosOfType(type.raw)).map(
      ({ keyType, valueType, isReadonly, declaration }) => ({
        keyType: world.typeOf(keyType),
        type: world.typeOf(valueType),
        isReadonly,
        get declaration() {
          return declaration && world.nodeOf(declaration);
        },
      }),
    ),
  );
  const isReference = (type: NativeType): boolean => (type.objectFlags & ObjectFlags.Reference) !== 0;
  const constraints = ofType((raw) => checker.getBaseConstraintOfType(raw));
  const namesOf = asked((module: NativeSymbol) => together(checker.getExportsOfModule(module.raw)));

  const own = {
    getTypeOfSymbol: typeOfSymbol,
    getDeclaredTypeOfSymbol: world.declaredBy,
    getPropertiesOfType: propertiesOf,
    getPropertyOfType: (type: NativeType, name: string) =>
      propertiesOf(type).find((property) => property.escapedName === name),
    getIndexInfosOfType: indexesOf,
    getIndexTypeOfType: (type: NativeType, kind: ts.IndexKind) => {
      const wanted = (kind as number) === 0 ? TypeFlags.String : TypeFlags.Number;
      const infos = indexesOf(type);
      const info = infos.find(({ keyType }) => keyType.flags & wanted);
      // A number is a key of text as well.
      const textual =
        wanted === TypeFlags.Number ? infos.find(({ keyType }) => keyType.flags & TypeFlags.String) : null;
      return (info ?? textual)?.type;
    },
    getSignaturesOfType: (type: NativeType, kind: Sync.SignatureKind) =>
      type.flags & mayBeCalled ? world.signaturesOf(type, kind) : [],
    getReturnTypeOfSignature: asked(
      (signature: NativeSignature) => typed(checker.getReturnTypeOfSignature(signature.raw)) ?? anyType(),
    ),
    getTypeArguments: asked((type: NativeType) =>
      checker.getTypeArguments(type.raw as Sync.TypeReference).map((one) => world.typeOf(one)),
    ),
    isArrayType: (type: NativeType) =>
      isReference(type) &&
      (type.symbol?.name === "Array" || type.symbol?.name === "ReadonlyArray") &&
      type.symbol.raw.declarations.some(({ path }) => isLibraryFile(path)),
    isTupleType: (type: NativeType) =>
      isReference(type) && ((type.target?.objectFlags ?? 0) & ObjectFlags.Tuple) !== 0,
    getBaseConstraintOfType: constraints,
    getBaseTypes: asked((type: NativeType) =>
      basesWritten(world, type) === false
        ? []
        : checker.getBaseTypes(type.raw as Sync.InterfaceType).map((one) => world.typeOf(one)),
    ),
    getTypeFromTypeNode: world.typeFromNode,
    getTypeAtLocation: asked((node: ts.Node) => typed(checker.getTypeAtLocation(inNode(node))) ?? anyType()),
    getTypeOfSymbolAtLocation: (symbol: NativeSymbol, node: ts.Node) =>
      world.typeOf(checker.getTypeOfSymbolAtLocation(symbol.raw, inNode(node))),
    getSymbolAtLocation: world.symbolAt,
    getShorthandAssignmentValueSymbol: (node: ts.Node) => {
      const raw = checker.getShorthandAssignmentValueSymbol(inNode(node));
      return raw && world.symbolOf(raw);
    },
    getAliasedSymbol: asked((symbol: NativeSymbol) => world.symbolOf(checker.getAliasedSymbol(symbol.raw))),
    getExportsOfModule: namesOf,
    resolveName: (name: string, place: ts.Node, meaning: number, excludeGlobals: boolean) => {
      const raw = checker.resolveName(name, meaning, inNode(place), excludeGlobals);
      return raw && world.symbolOf(raw);
    },
    getNonNullableType: ofType((raw) => checker.getNonNullableType(raw)),
    getWidenedType: ofType((raw) => checker.getWidenedType(raw)),
    getBaseTypeOfLiteralType: ofType((raw) => checker.getBaseTypeOfLiteralType(raw)),
    getAnyType: anyType,
    getUnknownType: () => world.typeOf(checker.getUnknownType()),
    getBooleanType: () => (boolean ??= world.typeOf(checker.getBooleanType())),
    getAwaitedType: () => {
      throw new Unsayable("what an object with a method `then` settles with");
    },
    typeToTypeNode: () => {
      throw new Unsayable("which declarations a printed type names");
    },
    typeToString: (type: NativeType) => {
      if (type.flags & TypeFlags.BooleanLiteral) return String(type.value);
      const text = checker.typeToString(type.raw, undefined, useAliases);
      // It writes the members of a union in another order.
      if (text.includes("|")) throw new Unsayable("a union as it is printed elsewhere");
      return text;
    },
    isOptionalParameter: (parameter: ts.ParameterDeclaration) => {
      if (parameter.questionToken !== undefined) return true;
      if (parameter.initializer === undefined) return false;
      const all = parameter.parent.parameters;
      // Behind it, nothing must be given.
      return all
        .slice(all.indexOf(parameter) + 1)
        .every((other) => other.questionToken || other.initializer || other.dotDotDotToken);
    },
  };
  return own as unknown as Checker;
}

const useAliases = 1 << 14;
