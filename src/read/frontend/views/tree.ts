/**
 * Tells what one part of the definition is (a namespace, a leaf, or a finding about neither), seen through its type. Parts
 * that are written as object literals are read by `literal.ts`, because only syntax shows a spread.
 */
import { nowhere } from "../../../model/contract.ts";
import type { TreeHandle, TreeMember, TreeView } from "../frontend.ts";
import type { ts, Classic } from "./compiler.ts";
import { docOf } from "./docs.ts";
import { literalBehind } from "./expression.ts";
import { literalMembers } from "./literal.ts";
import { member } from "./member.ts";
import { orderedProperties } from "./members.ts";
import { toPart } from "./part.ts";
import { fromType, libraryOf, sourceOf, type Session } from "./session.ts";
import { textOf } from "./text.ts";
import { isErrorType } from "./view.ts";

export function treeOf(session: Session, handle: TreeHandle): TreeView {
  const part = toPart(handle);
  const literal = part.expression && literalBehind(session, part.expression);
  if (literal) {
    return {
      kind: "namespace",
      identity: literal as unknown as ReturnType<typeof fromType>,
      members: literalMembers(session, literal),
    };
  }
  return typeTree(session, part.type());
}

function typeTree(session: Session, type: ts.Type): TreeView {
  const { ts, checker } = session;
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0 && !isMaybeAbsent(ts, type)) {
    return leaf(session, type);
  }
  const refusal = refusalOf(session, type);
  if (refusal) return refusal;
  const properties = orderedProperties(session, type);
  const hasIndex = checker.getIndexInfosOfType(type).length > 0;
  if (hasIndex && properties.length === 0) return { ...openEnded };
  const members = properties.map((symbol) => member(session, symbol));
  return {
    kind: "namespace",
    identity: fromType(type),
    members: hasIndex ? [...members, openMember(session, type)] : members,
  };
}

/** Why a type that has no call signature is no namespace either. */
function refusalOf(session: Session, type: ts.Type): TreeView | null {
  const { ts, checker } = session;
  if (type.flags & ts.TypeFlags.Any) return anyRefusal(ts, type);
  // Printing a type is costly, so only one that is refused is printed.
  const text = (): string => `\`${textOf(session, type)}\``;
  if (isMaybeAbsent(ts, type)) {
    return invalid(
      "leaf-optional",
      `is ${text()}, so it may be missing when a script calls it`,
      "Always provide the function, and let it throw or return `null` when it has nothing to do.",
    );
  }
  const notFunction = (what: string): TreeView =>
    invalid("leaf-not-function", `is ${what}, not a function`, "Write a function that returns it.");
  if (type.flags & ts.TypeFlags.Unknown) return notFunction("`unknown`");
  if (type.flags & ts.TypeFlags.TypeParameter) return notFunction(`the type parameter ${text()}`);
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)))
    return notFunction(`of the type ${text()}`);
  if (checker.getSignaturesOfType(type, ts.SignatureKind.Construct).length > 0) return notFunction("a class");
  if (checker.isArrayType(type) || checker.isTupleType(type)) return notFunction("an array");
  const { symbol } = type as { symbol?: ts.Symbol };
  if (!symbol) return null;
  // `Record` and `Pick` are declared in a library too, but what they build is the author's.
  const isBuilt = (symbol.flags & ts.SymbolFlags.TypeLiteral) !== 0;
  if (!isBuilt && libraryOf(session, symbol) !== null) return notFunction(`of the type ${text()}`);
  if (symbol.flags & ts.SymbolFlags.Class && !(symbol.flags & ts.SymbolFlags.ValueModule)) {
    return invalid(
      "tree-not-static",
      `is an instance of the class ${text()}, whose methods live on a prototype`,
      "Write an object with the methods that scripts may call, for example `{ query: (sql: string) => db.query(sql) }`.",
    );
  }
  return null;
}

function anyRefusal(ts: Classic, type: ts.Type): TreeView {
  if (!isErrorType(ts, type)) {
    return invalid(
      "leaf-not-function",
      "is `any`, so nobody knows which functions it has",
      "Write the type of the function, or of the object of functions.",
    );
  }
  return {
    kind: "invalid",
    code: "tree-not-static",
    reason: "cannot be resolved, so nobody knows which functions it has",
    help: "Check the name and the path of its import.",
    unresolved: true,
  };
}

const openEnded = {
  kind: "invalid",
  code: "tree-not-static",
  reason: "has an index signature, so its bindings are not known before the program runs",
  help: "List every binding by name.",
} as const;

function openMember(session: Session, type: ts.Type): TreeMember {
  const info = session.checker.getIndexInfosOfType(type)[0];
  const place = info?.declaration ?? type.symbol?.declarations?.[0];
  return {
    ...openEnded,
    name: "[key]",
    reason: "is an index signature, so these bindings are not known before the program runs",
    doc: docOf(session, []),
    source: place ? sourceOf(session, place) : nowhere,
  };
}

function invalid(
  code: Extract<TreeView, { kind: "invalid" }>["code"],
  reason: string,
  help: string,
): TreeView {
  return { kind: "invalid", code, reason, help };
}

function isMaybeAbsent(ts: Classic, type: ts.Type): boolean {
  const absent = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void;
  return (
    (type.flags & ts.TypeFlags.Union) !== 0 &&
    (type as ts.UnionType).types.some(({ flags }) => flags & absent)
  );
}

/** A function with properties of its own would be a leaf and a namespace at once. */
function leaf(session: Session, type: ts.Type): TreeView {
  const { ts } = session;
  const extra = session.checker
    .getPropertiesOfType(type)
    .find((symbol) => libraryOf(session, symbol) === null && !(symbol.flags & ts.SymbolFlags.Prototype));
  const self = extra ? null : wantedThis(session, type);
  if (self) {
    return invalid(
      "leaf-not-function",
      `is a function that needs \`this\` to be ${self}, and a script's call gives it none`,
      "Remove the parameter `this`, or wrap it in a function that calls it on its object, for example `(value: string) => object.f(value)`.",
    );
  }
  if (!extra) return { kind: "leaf", type: fromType(type) };
  return invalid(
    "leaf-not-function",
    `is a function that also has properties (\`${extra.name}\`), so it would be a leaf and a namespace at once`,
    "Wrap it in a function of its own, for example `(value: string) => f(value)`.",
  );
}

/** What a function demands of its `this`; `null` when it works without. */
function wantedThis(session: Session, type: ts.Type): string | null {
  const { ts, checker } = session;
  for (const signature of checker.getSignaturesOfType(type, ts.SignatureKind.Call)) {
    const { thisParameter } = signature as { thisParameter?: ts.Symbol };
    const wanted = thisParameter && checker.getTypeOfSymbol(thisParameter);
    const nothing = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.VoidLike;
    const isContent = (part: ts.Type): boolean =>
      (part.flags & nothing) !== 0 ||
      ((part.flags & ts.TypeFlags.Union) !== 0 && (part as ts.UnionType).types.some(isContent));
    if (wanted && !isContent(wanted)) return `\`${textOf(session, wanted)}\``;
  }
  return null;
}
