/**
 * Says what to write where a text or a number stands for a value that is none, though it looks like one: a date, or a text with a brand. Their names alone do not
 * say how to get one.
 */
import { branded, makeDate } from "../../../model/way-out.ts";
import { ts } from "../frontend/service.ts";

/** `Type 'string' is not assignable to …`, of an argument or anywhere else. */
const notAssignable: ReadonlySet<number> = new Set([2322, 2345]);

/** `null` where something else is given or wanted. */
export function wantedHelp(finding: ts.Diagnostic, node: ts.Node, checker: ts.TypeChecker): string | null {
  if (!notAssignable.has(finding.code)) return null;
  const given = givenAt(node, (finding.start ?? 0) + (finding.length ?? 0));
  if (given === null || (checker.getTypeAtLocation(given).flags & textOrNumber) === 0) return null;
  const wanted = checker.getContextualType(given);
  if (wanted === undefined) return null;
  const kinds = wanted.isUnion() ? wanted.types : [wanted];
  if (kinds.some((kind) => kind.getSymbol()?.name === "Date")) return makeDate;
  const brand = kinds.find((kind) => kind.isIntersection() && kind.types.some(isTextOrNumber));
  return brand?.aliasSymbol ? branded(brand.aliasSymbol.name) : null;
}

const textOrNumber = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike;
const isTextOrNumber = (type: ts.Type): boolean => (type.flags & textOrNumber) !== 0;

/** The expression that a finding is about: it begins at its first word, and of a property at the name. */
function givenAt(first: ts.Node, end: number): ts.Expression | null {
  const { parent } = first;
  if (ts.isPropertyAssignment(parent) && parent.name === first) return parent.initializer;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name;
  let node = first;
  while (node.end < end) node = node.parent;
  return ts.isExpression(node) ? node : null;
}
