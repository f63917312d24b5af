/**
 * Compares the globals of scripts: a script reads them as it reads the result of a call.
 */
import type { Contract, ContractGlobals, Doc } from "../model/contract.ts";
import { withUndefined } from "../model/globals.ts";
import type { Property } from "../model/shape.ts";
import type { Finding } from "./change.ts";
import type { Scope } from "./relation/scope.ts";
import { compareShapes } from "./shapes/compare.ts";

export function compareGlobals(
  before: Contract,
  after: Contract,
  scopes: { readonly before: Scope; readonly after: Scope },
): Finding[] {
  const old = byName(before.globals);
  const now = byName(after.globals);
  const removed = [...old.keys()].filter((name) => !now.has(name));
  return [
    ...removed.map((name): Finding => ({ kind: "global-removed", path: [], where: `global ${name}`, name })),
    ...[...now.values()].flatMap((global): Finding[] => {
      const was = old.get(global.name);
      if (was !== undefined) return compareGlobal(was, global, scopes);
      const { name } = global;
      return [{ kind: "global-added", path: [], where: `global ${name}`, name }];
    }),
  ];
}

const byName = (globals: ContractGlobals | undefined): ReadonlyMap<string, Property> =>
  new Map((globals?.properties ?? []).map((property) => [property.name, property]));

function compareGlobal(
  before: Property,
  after: Property,
  scopes: { readonly before: Scope; readonly after: Scope },
): Finding[] {
  const where = `global ${after.name}`;
  const types = compareShapes(withUndefined(before), withUndefined(after), {
    ...scopes,
    path: [],
    position: "result",
    where,
  });
  if (textOf(before.doc) === textOf(after.doc)) return types;
  return [...types, { kind: "global-documentation-changed", path: [], where }];
}

const textOf = (doc: Doc | undefined): string =>
  JSON.stringify([doc?.text ?? "", (doc?.tags ?? []).map(({ name, text }) => [name, text])]);
