/**
 * Reads call signatures with their parameters as a caller sees them: defaults make a parameter optional, a rest parameter of
 * a tuple type is spread out, and one of a union of tuples gives a signature for each.
 */
import { emptyDoc, nowhere } from "../../../model/contract.ts";
import type { ParameterView, SignatureView, TypeHandle } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { typeNodeOf } from "./members.ts";
import { typeParameterView } from "./named.ts";
import { linksOf, rangeOf, sourceOf, toType, use, type Session } from "./session.ts";

/** Beyond, a rest parameter's alternatives are no longer an API anybody can read. */
const maxAlternatives = 16;

export function signaturesOf(session: Session, type: TypeHandle): readonly SignatureView[] {
  const { ts } = session;
  return session.checker
    .getSignaturesOfType(toType(type), ts.SignatureKind.Call)
    .flatMap((signature) => views(session, signature));
}

function views(session: Session, signature: ts.Signature): SignatureView[] {
  const { ts, checker } = session;
  const declaration = signature.getDeclaration() as ts.SignatureDeclaration | undefined;
  const place = declaration ?? signature.parameters[0]?.valueDeclaration;
  const source = place
    ? sourceOf(session, declaration ? (ts.getNameOfDeclaration(declaration) ?? declaration) : place)
    : nowhere;
  const view = {
    typeParameters: (signature.getTypeParameters() ?? []).map((parameter) =>
      typeParameterView(session, parameter),
    ),
    result: use(checker.getReturnTypeOfSignature(signature), declaration?.type),
    doc: declaration ? docOf(session, documented(ts, declaration)) : emptyDoc,
    source,
  };
  const fixed = signature.parameters.filter((parameter) => !isRest(ts, parameter));
  const rest = signature.parameters.find((parameter) => isRest(ts, parameter));
  const before = fixed.map((parameter) => parameterView(session, parameter, source));
  if (!rest) return [{ ...view, parameters: before }];
  return restAlternatives(session, rest, source).map((after) => ({
    ...view,
    parameters: [...before, ...after],
  }));
}

/** Where a signature is documented: in front of it, or of the alias whose whole type it is. */
function documented(ts: Classic, declaration: ts.SignatureDeclaration): readonly ts.Node[] {
  const { parent } = declaration;
  return ts.isFunctionTypeNode(declaration) && ts.isTypeAliasDeclaration(parent)
    ? [declaration, parent]
    : [declaration];
}

const checkFlagsOptionalParameter = 1 << 14;
const checkFlagsRestParameter = 1 << 15;

function parameterOf(ts: Classic, symbol: ts.Symbol): ts.ParameterDeclaration | undefined {
  return symbol.valueDeclaration && ts.isParameter(symbol.valueDeclaration)
    ? symbol.valueDeclaration
    : undefined;
}

function isRest(ts: Classic, symbol: ts.Symbol): boolean {
  return (
    parameterOf(ts, symbol)?.dotDotDotToken !== undefined ||
    (linksOf(symbol).checkFlags & checkFlagsRestParameter) !== 0
  );
}

function parameterView(
  session: Session,
  symbol: ts.Symbol,
  fallback: SignatureView["source"],
): ParameterView {
  const { ts } = session;
  const declaration = parameterOf(ts, symbol);
  const optional = declaration
    ? session.checker.isOptionalParameter(declaration)
    : (linksOf(symbol).checkFlags & checkFlagsOptionalParameter) !== 0;
  const pattern = declaration ? patternOf(ts, declaration.name) : null;
  return {
    name: pattern ? null : symbol.name,
    pattern,
    use: use(typeOf(session, symbol, declaration), declaration ? typeNodeOf(ts, declaration) : null),
    quantity: optional ? "optional" : "one",
    acceptsUndefined: !optional && declaration?.initializer !== undefined,
    doc: declaration ? docOf(session, [declaration]) : emptyDoc,
    source: declaration ? withoutDefault(session, declaration) : fallback,
  };
}

function patternOf(ts: Classic, name: ts.BindingName): ParameterView["pattern"] {
  if (ts.isIdentifier(name)) return null;
  return ts.isObjectBindingPattern(name) ? "object" : "array";
}

/** A parameter's name and type: which default it has is not part of the signature. */
function withoutDefault(session: Session, declaration: ts.ParameterDeclaration): SignatureView["source"] {
  const file = declaration.getSourceFile();
  const { end } = declaration.type ?? declaration.questionToken ?? declaration.name;
  return rangeOf(session, file, declaration.getStart(file), end);
}

/** Against a signature of `any`s a parameter is `any` even where its default says more. */
function typeOf(
  session: Session,
  symbol: ts.Symbol,
  declaration: ts.ParameterDeclaration | undefined,
): ts.Type {
  const { ts, checker } = session;
  const type = checker.getTypeOfSymbol(symbol);
  if (!(type.flags & ts.TypeFlags.Any) || !declaration?.initializer || declaration.type) return type;
  return checker.getWidenedType(
    checker.getBaseTypeOfLiteralType(checker.getTypeAtLocation(declaration.initializer)),
  );
}

/** The parameters that a rest parameter stands for, in each of its forms. */
function restAlternatives(
  session: Session,
  symbol: ts.Symbol,
  fallback: SignatureView["source"],
): readonly (readonly ParameterView[])[] {
  const { ts, checker } = session;
  const declaration = parameterOf(ts, symbol);
  const source = declaration ? sourceOf(session, declaration) : fallback;
  const doc = declaration ? docOf(session, [declaration]) : emptyDoc;
  const type = checker.getTypeOfSymbol(symbol);
  const forms = type.flags & ts.TypeFlags.Union ? (type as ts.UnionType).types : [type];
  const taken = forms.length > maxAlternatives ? [type] : forms;
  const node = declaration?.type;
  const { name } = symbol;
  const rest = { name, pattern: null, quantity: "rest", acceptsUndefined: false, doc, source } as const;
  return taken.map((form) => {
    const whole = use(form, node);
    if (checker.isTupleType(form)) {
      const tuple = form as ts.TupleTypeReference;
      if (endsInRest(ts, tuple)) return tupleParameters(session, symbol, tuple, source);
      return [{ ...rest, use: whole, isInFront: true }];
    }
    const elementNode = node && ts.isArrayTypeNode(node) ? node.elementType : null;
    const element = use(elementOf(session, form), elementNode);
    return [{ ...rest, use: element, ...(form.flags & ts.TypeFlags.TypeParameter ? { whole } : {}) }];
  });
}

/** Only a last parameter can be a rest parameter: `[...string[], number]` cannot be said as parameters. */
function endsInRest(ts: Classic, { target }: ts.TupleTypeReference): boolean {
  return target.elementFlags.every(
    (flag, at) => !(flag & ts.ElementFlags.Variable) || at === target.elementFlags.length - 1,
  );
}

/** `T` of `T[]`; of a type parameter what its constraint holds. */
function elementOf(session: Session, type: ts.Type): ts.Type {
  const { ts, checker } = session;
  const bound =
    type.flags & ts.TypeFlags.Instantiable ? (checker.getBaseConstraintOfType(type) ?? type) : type;
  return checker.getIndexTypeOfType(bound, ts.IndexKind.Number) ?? checker.getUnknownType();
}

function tupleParameters(
  session: Session,
  symbol: ts.Symbol,
  type: ts.TupleTypeReference,
  source: SignatureView["source"],
): ParameterView[] {
  const { ts } = session;
  const types = session.checker.getTypeArguments(type);
  return type.target.elementFlags.map((flag, at) => {
    const element = types[at] ?? session.checker.getUnknownType();
    const label = type.target.labeledElementDeclarations?.[at];
    const isVariadic = (flag & ts.ElementFlags.Variadic) !== 0;
    return {
      name: label && ts.isIdentifier(label.name) ? label.name.text : `${symbol.name}_${at}`,
      pattern: null,
      use: use(isVariadic ? elementOf(session, element) : element, null),
      ...(isVariadic && element.flags & ts.TypeFlags.TypeParameter ? { whole: use(element, null) } : {}),
      quantity:
        flag & ts.ElementFlags.Variable ? "rest" : flag & ts.ElementFlags.Optional ? "optional" : "one",
      acceptsUndefined: false,
      doc: label ? docOf(session, [label]) : emptyDoc,
      source,
    };
  });
}
