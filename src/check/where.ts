/**
 * Says where in a contract a shape stands: "the argument `params[].onClick` of `db.query`", words that finish "In …".
 */
import { defaultKind, type Contract, type ScriptKind } from "../model/contract.ts";
import { dottedName, visible } from "../model/names.ts";
import type { ShapeSite } from "../model/walk.ts";
import { wayTo } from "./way.ts";

/** `contract` is looked through when the shape is of a package's type, for the way by which the binding comes to it. */
export function whereOf(site: ShapeSite, contract: Contract): string {
  const way = wayTo(contract, site);
  return way === null ? placeOf(site) : placeOf(site, `(${placeOf(way)})`);
}

function placeOf({ owner, at }: Pick<ShapeSite, "owner" | "at">, way?: string): string {
  const part = at === "" ? "" : `\`${at}\` of `;
  switch (owner.kind) {
    case "argument":
      return `the argument \`${owner.parameter.name}${at}\` of \`${dottedName(owner.leaf.path)}\``;
    case "result":
      return `${part}the result of \`${dottedName(owner.leaf.path)}\``;
    case "error":
      return `the error \`${owner.name}${at}\` of \`${dottedName(owner.leaf.path)}\``;
    case "constraint":
      return `the constraint \`${owner.name}${at}\` of \`${dottedName(owner.leaf.path)}\``;
    case "default":
      return `${part}the default of the type parameter \`${owner.name}\` of \`${dottedName(owner.leaf.path)}\``;
    case "global":
      return `${part}the global \`${owner.name}\``;
    case "script":
      return `${part}the ${owner.part} of ${scriptName(owner.script)}`;
    case "declaration": {
      if (way !== undefined) return `\`${owner.declaration.name}${at}\` ${way}`;
      const user = owner.usedBy === null ? "" : `, which \`${dottedName(owner.usedBy.path)}\` uses`;
      return `\`${owner.declaration.name}${at}\`${user}`;
    }
  }
}

/** The binding a finding is about: for a named type the first one that uses it. */
export function pathOf({ owner }: ShapeSite): readonly string[] {
  if (owner.kind === "declaration") return owner.usedBy?.path ?? [];
  return owner.kind === "script" || owner.kind === "global" ? [] : owner.leaf.path;
}

/** `Script`, or `Scripts.rule`. */
export function scriptName({ name }: ScriptKind): string {
  return name === defaultKind ? "`Script`" : `\`Scripts.${visible(name)}\``;
}
