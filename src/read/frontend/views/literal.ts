/**
 * Reads the members of a namespace that is written as an object literal. Later keys win over earlier ones, as they do when
 * it runs; what is not known before it runs (computed keys, spreads of unknown objects) becomes a finding.
 */
import type { TreeMember } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { declarationBehind, literalBehind } from "./expression.ts";
import { member } from "./member.ts";
import { fromPart } from "./part.ts";
import { sourceOf, type Session } from "./session.ts";

/** Literals spread into literals; a deeper nest is a loop. */
const maxSpreads = 32;

export function literalMembers(
  session: Session,
  literal: ts.ObjectLiteralExpression,
  depth = 0,
): readonly TreeMember[] {
  const { ts } = session;
  const members = new Map<string, TreeMember>();
  const put = (next: TreeMember): void => {
    // The place of a key is where it is first written, its value where it is last written.
    members.set(next.kind === "invalid" ? `${next.name} ${members.size}` : next.name, next);
  };
  for (const property of literal.properties) {
    if (ts.isSpreadAssignment(property)) for (const next of spread(session, property, depth)) put(next);
    else put(own(session, property));
  }
  return [...members.values()];
}

function own(
  session: Session,
  property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
): TreeMember {
  const { ts } = session;
  const { name } = property;
  const head = { name: nameOf(ts, name), source: sourceOf(session, name), doc: docOf(session, [property]) };
  if (ts.isComputedPropertyName(name) && !ts.isStringLiteralLike(name.expression)) {
    return {
      ...head,
      kind: "invalid",
      code: "tree-not-static",
      reason: "has a computed key, so its name is not known before the program runs",
      help: "Write the name itself as the key.",
    };
  }
  if (ts.isAccessor(property)) {
    return {
      ...head,
      kind: "invalid",
      code: "tree-not-static",
      reason: "is an accessor, so what it holds is not known before the program runs",
      help: "Write the function or the object itself as the value.",
    };
  }
  const { checker } = session;
  if (ts.isMethodDeclaration(property)) {
    const type = (): ts.Type => checker.getTypeAtLocation(property);
    return { ...head, kind: "part", part: fromPart({ expression: null, type, declarations: [property] }) };
  }
  const expression = ts.isPropertyAssignment(property) ? property.initializer : property.name;
  const declaration = declarationBehind(session, expression);
  const declarations = declaration ? [property, declaration] : [property];
  const type = (): ts.Type => {
    const symbol = ts.isShorthandPropertyAssignment(property)
      ? checker.getShorthandAssignmentValueSymbol(property)
      : undefined;
    return symbol
      ? checker.getTypeOfSymbolAtLocation(symbol, property)
      : checker.getTypeAtLocation(expression);
  };
  return {
    ...head,
    doc: docOf(session, declarations),
    kind: "part",
    part: fromPart({ expression, type, declarations }),
  };
}

function nameOf(ts: Classic, name: ts.PropertyName): string {
  if (ts.isComputedPropertyName(name)) {
    return ts.isStringLiteralLike(name.expression) ? name.expression.text : `[${name.expression.getText()}]`;
  }
  return name.text;
}

function spread(session: Session, property: ts.SpreadAssignment, depth: number): readonly TreeMember[] {
  const { ts, checker } = session;
  const literal = literalBehind(session, property.expression);
  if (literal && depth < maxSpreads) return literalMembers(session, literal, depth + 1);
  const type = checker.getTypeAtLocation(property.expression);
  const known =
    (type.flags & ts.TypeFlags.Object) !== 0 && checker.getIndexInfosOfType(type).length === 0 && !literal;
  if (known) return checker.getPropertiesOfType(type).map((symbol) => member(session, symbol));
  return [
    {
      kind: "invalid",
      name: `...${property.expression.getText()}`.slice(0, 80),
      doc: docOf(session, []),
      source: sourceOf(session, property),
      code: "tree-not-static",
      reason: "spreads an object whose keys are not known before the program runs",
      help: "Spread a constant object, or list its bindings by name.",
    },
  ];
}
