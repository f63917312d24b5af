/**
 * Shows one level of a type as plain data. The order of a compiler's tests matters (a boolean is a union, an enum member is
 * a literal), so they stand together here.
 */
import { casings, type Casing, type LiteralShape } from "../../../model/shape.ts";
import type { TupleElementView, TypeUse, TypeView } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { bareNode, libraryOf, sourceOf, toNode, toType, use, type Session } from "./session.ts";
import { textOf } from "./text.ts";
import { unionMembers } from "./union.ts";
import { computing, isVariable } from "./variable.ts";

export function viewOf(session: Session, { type: handle, node: hint }: TypeUse): TypeView {
  const { ts } = session;
  const type = toType(handle);
  const node = bareNode(ts, hint === null ? null : toNode(hint));
  const { flags } = type;

  if (flags & ts.TypeFlags.Any) {
    return isErrorType(ts, type)
      ? { kind: "unresolved", text: node?.getText() ?? textOf(session, type) }
      : { kind: "primitive", name: "any" };
  }
  if (flags & ts.TypeFlags.Undefined) {
    return isMissing(type) ? { kind: "missing" } : { kind: "primitive", name: "undefined" };
  }
  if (flags & ts.TypeFlags.Boolean) return { kind: "primitive", name: "boolean" };
  for (const [flag, name] of primitives) if (flags & ts.TypeFlags[flag]) return { kind: "primitive", name };

  const literal = literalOf(session, type);
  if (literal) return { kind: "literal", shape: literal };
  // An enum whose members are computed has no literals to list.
  if (flags & ts.TypeFlags.Enum) return { kind: "primitive", name: "number" };

  if (flags & ts.TypeFlags.TemplateLiteral) {
    const { texts, types } = type as ts.TemplateLiteralType;
    return { kind: "template", texts, slots: types.map((slot) => use(slot, null)) };
  }
  if (flags & ts.TypeFlags.StringMapping) return casedView(ts, type as ts.StringMappingType);
  if (flags & ts.TypeFlags.TypeParameter) return parameterView(session, type as ts.TypeParameter);
  if (flags & computing(ts)) return { kind: "deferred" };
  if (flags & ts.TypeFlags.Union) {
    return { kind: "union", members: unionMembers(session, type as ts.UnionType, node) };
  }
  if (flags & ts.TypeFlags.Intersection) {
    if (isImpossible(session, type as ts.IntersectionType)) return { kind: "primitive", name: "never" };
    const nodes = node && ts.isIntersectionTypeNode(node) ? node.types : [];
    const at = (member: ts.Type): ts.Node | undefined =>
      nodes.find((part) => session.checker.getTypeFromTypeNode(part) === member);
    const members = (type as ts.IntersectionType).types;
    return { kind: "intersection", members: members.map((member) => use(member, at(member))) };
  }
  return objectView(session, type as ts.ObjectType, node);
}

const primitives = [
  ["Unknown", "unknown"],
  ["Never", "never"],
  ["Void", "void"],
  ["Null", "null"],
  ["String", "string"],
  ["Number", "number"],
  ["BigInt", "bigint"],
  ["ESSymbolLike", "symbol"],
  ["NonPrimitive", "nonprimitive"],
] as const;

/** An `any` that nobody wrote: a name, import or expression that did not resolve. */
export function isErrorType(ts: Classic, type: ts.Type): boolean {
  const name = (type as { intrinsicName?: string }).intrinsicName;
  return (type.flags & ts.TypeFlags.Any) !== 0 && (name === "error" || name === "unresolved");
}

/** With `exactOptionalPropertyTypes`, the absence of a property is a type of its own. */
function isMissing(type: ts.Type): boolean {
  return (type as { debugIntrinsicName?: string }).debugIntrinsicName === "missing";
}

function literalOf(session: Session, type: ts.Type): LiteralShape | null {
  const { ts } = session;
  if (type.flags & ts.TypeFlags.BooleanLiteral) {
    return { kind: "literal", type: "boolean", value: textOf(session, type) === "true" };
  }
  if (type.flags & ts.TypeFlags.StringLiteral) {
    return { kind: "literal", type: "string", value: (type as ts.StringLiteralType).value };
  }
  if (type.flags & ts.TypeFlags.NumberLiteral) {
    return { kind: "literal", type: "number", value: (type as ts.NumberLiteralType).value };
  }
  if (type.flags & ts.TypeFlags.BigIntLiteral) {
    const { negative, base10Value } = (type as ts.BigIntLiteralType).value;
    return { kind: "literal", type: "bigint", value: `${negative ? "-" : ""}${base10Value}` };
  }
  return null;
}

/** `Uppercase<Lowercase<string>>`, unless a type variable occurs inside. */
function casedView(ts: Classic, type: ts.StringMappingType): TypeView {
  const names: Casing[] = [];
  let base: ts.Type = type;
  while (base.flags & ts.TypeFlags.StringMapping) {
    const name = casings.find((known) => known === base.symbol.name);
    if (name === undefined) return { kind: "deferred" };
    names.unshift(name);
    base = (base as ts.StringMappingType).type;
  }
  return isVariable(ts, base)
    ? { kind: "deferred" }
    : { kind: "cased", casings: names, base: use(base, null) };
}

/** `{ a: 1 } & { a: 2 }`: the compiler finds out when asked for properties, and then has none. */
function isImpossible({ ts, checker }: Session, type: ts.IntersectionType): boolean {
  const hasProperties = (part: ts.Type): boolean => checker.getPropertiesOfType(part).length > 0;
  return (
    type.types.every(({ flags }) => flags & ts.TypeFlags.Object) &&
    type.types.some(hasProperties) &&
    !hasProperties(type)
  );
}

function parameterView(session: Session, type: ts.TypeParameter): TypeView {
  const { ts } = session;
  const constraint = session.checker.getBaseConstraintOfType(type);
  const declaration = type.symbol?.declarations?.find(ts.isTypeParameterDeclaration);
  return {
    kind: "parameter",
    parameter: use(type, null).type,
    name: type.symbol?.name ?? "T",
    isThis: (type as { isThisType?: boolean }).isThisType === true,
    constraint: constraint ? use(constraint, declaration?.constraint) : null,
  };
}

function objectView(session: Session, type: ts.ObjectType, node: ts.Node | null): TypeView {
  const { ts, checker } = session;
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    return {
      kind: "array",
      element: use(element ?? checker.getAnyType(), elementNode(session, node, element)),
      readonly: type.symbol?.name === "ReadonlyArray",
    };
  }
  if (checker.isTupleType(type)) return tupleView(session, type as ts.TupleTypeReference, node);
  if (session.isGenericMapped(type)) return { kind: "deferred" };
  const whole = mappedObject(session, type);
  if (whole) return objectView(session, whole, null);

  const { symbol } = type;
  const library = libraryOf(session, symbol);
  const flags = isInstance(ts, type) ? (symbol?.flags ?? 0) : 0;
  const isClass = (flags & ts.SymbolFlags.Class) !== 0;
  const isInterface = (flags & ts.SymbolFlags.Interface) !== 0;
  if (library === "es" && isInterface) {
    const wrapped = wrappers.get(symbol.name);
    if (wrapped) return { kind: "primitive", name: wrapped };
    if (symbol.name === "Object") return { kind: "nonnullish" };
  }
  const calls = checker.getSignaturesOfType(type, ts.SignatureKind.Call);
  const constructs = checker.getSignaturesOfType(type, ts.SignatureKind.Construct);
  const properties = (): string[] => checker.getPropertiesOfType(type).map(({ name }) => name);
  if (calls.length > 0 || (library === "es" && symbol?.name === "Function" && isInterface)) {
    return { kind: "callable", constructs: false, properties: calls.length > 0 ? properties() : [] };
  }
  if (constructs.length > 0) return { kind: "callable", constructs: true, properties: [] };
  if (!isClass && !isInterface && isEmptyLiteral(session, type)) return { kind: "nonnullish" };

  return {
    kind: "object",
    form: isClass ? "class" : isInterface ? "interface" : "literal",
    name: symbol?.name ?? "",
    library,
    typeArguments: typeArgumentUses(session, instanceArguments(session, type), node),
    source: library !== "es" && symbol?.declarations?.[0] ? sourceOf(session, symbol.declarations[0]) : null,
  };
}

const wrappers: ReadonlyMap<string, "string" | "number" | "boolean" | "bigint" | "symbol"> = new Map([
  ["String", "string"],
  ["Number", "number"],
  ["Boolean", "boolean"],
  ["BigInt", "bigint"],
  ["Symbol", "symbol"],
]);

/** True for the type of instances: the symbol of a class also names its constructor. */
export function isInstance(ts: Classic, type: ts.ObjectType): boolean {
  return (type.objectFlags & (ts.ObjectFlags.ClassOrInterface | ts.ObjectFlags.Reference)) !== 0;
}

/** `string` of a `Page<string>`, without the `this` that the compiler adds. */
export function instanceArguments({ ts, checker }: Session, type: ts.ObjectType): readonly ts.Type[] {
  if (!(type.objectFlags & ts.ObjectFlags.Reference)) return [];
  const reference = type as ts.TypeReference;
  return checker.getTypeArguments(reference).slice(0, reference.target.typeParameters?.length ?? 0);
}

/** `{}` as somebody wrote it, not an object expression without properties. */
function isEmptyLiteral(session: Session, type: ts.ObjectType): boolean {
  const { ts } = session;
  return (
    !(type.objectFlags & (ts.ObjectFlags.ObjectLiteral | ts.ObjectFlags.Mapped)) &&
    !(type.symbol && type.symbol.flags & (ts.SymbolFlags.ValueModule | ts.SymbolFlags.ObjectLiteral)) &&
    session.checker.getPropertiesOfType(type).length === 0 &&
    session.checker.getIndexInfosOfType(type).length === 0
  );
}

/**
 * `Readonly<Date>`, or a date inside a `DeepReadonly<T>`: the compiler maps the methods one by one, and the only value that has
 * all of them is still a date. Not where the mapping makes something else of each key, as `{ [K in keyof T]: boolean }`.
 */
function mappedObject(session: Session, type: ts.ObjectType): ts.ObjectType | null {
  const { ts, checker } = session;
  if (!(type.objectFlags & ts.ObjectFlags.Mapped)) return null;
  const origin = session.mappedFrom(type);
  if (!origin || !isLibraryObject(session, origin)) return null;
  const mapped = checker.getPropertiesOfType(type);
  const sources = new Map(checker.getPropertiesOfType(origin).map((own) => [own.escapedName, own]));
  if (mapped.length !== sources.size) return null;
  const isStillMethod = (property: ts.Symbol): boolean => {
    const held = checker.getNonNullableType(checker.getTypeOfSymbol(property));
    const isCallable = checker.getSignaturesOfType(held, ts.SignatureKind.Call).length > 0;
    return (
      isCallable ||
      // A function whose properties were mapped: it has none.
      ((held.flags & ts.TypeFlags.Object) !== 0 && checker.getPropertiesOfType(held).length === 0)
    );
  };
  const isKept = (property: ts.Symbol): boolean => {
    const source = sources.get(property.escapedName);
    if (!source) return false;
    if (source.flags & ts.SymbolFlags.Method) return isStillMethod(property);
    // The data of a date or a map is behind its methods; of an error it is what it is.
    return (
      origin.symbol.name !== "Error" || checker.getTypeOfSymbol(property) === checker.getTypeOfSymbol(source)
    );
  };
  const hasMethods = [...sources.values()].some(({ flags }) => flags & ts.SymbolFlags.Method);
  return (hasMethods || origin.symbol.name === "Error") && mapped.every(isKept) ? origin : null;
}

function isLibraryObject(session: Session, type: ts.Type): type is ts.ObjectType {
  const { ts } = session;
  return (
    (type.flags & ts.TypeFlags.Object) !== 0 &&
    isInstance(ts, type as ts.ObjectType) &&
    libraryOf(session, type.symbol) !== null
  );
}

function tupleView(session: Session, type: ts.TupleTypeReference, node: ts.Node | null): TypeView {
  const { ts } = session;
  const { target } = type;
  const types = session.checker.getTypeArguments(type);
  const nodes =
    node && ts.isTupleTypeNode(node) && node.elements.length === types.length ? node.elements : [];
  const elements = target.elementFlags.map((flag, at): TupleElementView | null => {
    const element = types[at];
    // `[...T]` of a type parameter.
    if (!element || flag & ts.ElementFlags.Variadic) return null;
    const label = target.labeledElementDeclarations?.[at];
    return {
      label: label && ts.isIdentifier(label.name) ? label.name.text : null,
      use: use(element, elementTypeNode(ts, nodes[at])),
      quantity: flag & ts.ElementFlags.Rest ? "rest" : flag & ts.ElementFlags.Optional ? "optional" : "one",
    };
  });
  if (elements.includes(null)) return { kind: "deferred" };
  return {
    kind: "tuple",
    elements: elements.filter((element) => element !== null),
    readonly: target.readonly,
  };
}

function elementTypeNode(ts: Classic, node: ts.TypeNode | ts.NamedTupleMember | undefined): ts.Node | null {
  if (!node) return null;
  const inner =
    ts.isNamedTupleMember(node) || ts.isOptionalTypeNode(node) || ts.isRestTypeNode(node) ? node.type : node;
  const isRest =
    ts.isRestTypeNode(node) || (ts.isNamedTupleMember(node) && node.dotDotDotToken !== undefined);
  const bare = bareNode(ts, inner);
  return isRest && bare && ts.isArrayTypeNode(bare) ? bare.elementType : bare;
}

function elementNode(session: Session, node: ts.Node | null, element: ts.Type | undefined): ts.Node | null {
  const { ts } = session;
  if (!node || !element) return null;
  if (ts.isArrayTypeNode(node)) return node.elementType;
  return ts.isTypeReferenceNode(node) ? (typeArgumentNode(session, node, 0, element) ?? null) : null;
}

export function typeArgumentUses(
  session: Session,
  types: readonly ts.Type[],
  node: ts.Node | null,
): TypeUse[] {
  const { ts } = session;
  const isReference = node && (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node));
  return types.map((type, at) => use(type, isReference ? typeArgumentNode(session, node, at, type) : null));
}

/** The node of a type argument, if it is written and means this very type. */
function typeArgumentNode(
  session: Session,
  node: ts.NodeWithTypeArguments,
  at: number,
  type: ts.Type,
): ts.Node | undefined {
  const written = node.typeArguments?.[at];
  return written && session.checker.getTypeFromTypeNode(written) === type ? written : undefined;
}
