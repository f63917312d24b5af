/**
 * Finds what a promise-like type settles with: of the standard ones their argument, of any other thenable what `await`
 * gives.
 */
import type { TypeUse } from "../frontend.ts";
import type { ts } from "./compiler.ts";
import { bareNode, libraryOf, toNode, toType, use, type Session } from "./session.ts";
import { typeArgumentUses } from "./view.ts";

export function settledBy(session: Session, { type: handle, node }: TypeUse): TypeUse | null {
  const { ts, checker } = session;
  const type = toType(handle);
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return null;
  if (/^Promise(Like)?$/.test(type.symbol?.name ?? "") && libraryOf(session, type.symbol) === "es") {
    const types = checker.getTypeArguments(type as ts.TypeReference).slice(0, 1);
    return typeArgumentUses(session, types, bareNode(ts, node === null ? null : toNode(node)))[0] ?? null;
  }
  // To look for a property would make all that an array has, for each array anew.
  if (checker.isArrayType(type) || checker.isTupleType(type)) return null;
  const then = type.getProperty("then");
  if (!then || checker.getTypeOfSymbol(then).getCallSignatures().length === 0) return null;
  const awaited = checker.getAwaitedType(type);
  return awaited && awaited !== type ? use(awaited, null) : null;
}
