/**
 * Gives every declaration that is used its final name, in the order in which a reader of the contract meets it, and drops
 * the others. `User` of two modules becomes `User` and `User_2`; `Geo.Point` becomes `Geo_Point`; a name that means
 * something else in the declaration (`Date`, `SecureExec`) gets a number too.
 */
import { byText } from "../model/by-text.ts";
import type { Contract, Declaration } from "../model/contract.ts";
import { mapGlobals, mapLeaf, mapScript, mapTypeParameter } from "../model/signatures.ts";
import { mapLeaves } from "../model/walk.ts";
import type { Draft } from "./declarations.ts";
import { freeName } from "./free-name.ts";
import { nameParameters, nameParametersOfTree } from "./parameters.ts";
import { rename } from "./rename.ts";
import { globalsTypeName, reservedTypeNames, scriptTypeNames } from "./reserved.ts";
import type { Typed } from "./type-only.ts";

export type Named = Pick<Contract, "root" | "declarations" | "scripts" | "globals">;

export function nameDeclarations(
  { root, scripts, globals }: Typed,
  drafts: ReadonlyMap<string, Draft>,
): Named {
  const names = new Map<string, string>();
  const taken = new Set<string>([
    ...(scripts.length === 0 ? [] : scriptTypeNames),
    ...(globals === null ? [] : [globalsTypeName]),
  ]);
  const waiting: Draft[] = [];

  const nameOf = (token: string): string => {
    const known = names.get(token);
    if (known !== undefined) return known;
    const draft = drafts.get(token);
    if (!draft) throw new Error("A reference to a declaration that was never made.");
    const name = freeName(
      safeName(draft.name),
      (wished) => taken.has(wished) || reservedTypeNames.has(wished),
    );
    names.set(token, name);
    taken.add(name);
    waiting.push(draft);
    return name;
  };

  const named = mapLeaves(root, (leaf) => mapLeaf(leaf, (shape) => rename(shape, nameOf)));
  const namedScripts = scripts.map((script) => mapScript(script, (shape) => rename(shape, nameOf)));
  const namedGlobals = globals && mapGlobals(globals, (shape) => rename(shape, nameOf));
  const declarations: Declaration[] = [];
  // Renaming a body may meet declarations that nothing has mentioned before.
  for (let at = 0; at < waiting.length; at++) {
    const draft = waiting[at];
    if (!draft) break;
    declarations.push({
      name: nameOf(draft.token),
      kind: isInterface(draft) ? "interface" : "alias",
      typeParameters: draft.typeParameters.map((parameter) =>
        mapTypeParameter(parameter, (shape) => rename(shape, nameOf)),
      ),
      shape: rename(draft.shape ?? { kind: "unknown" }, nameOf),
      doc: draft.doc,
      source: draft.source,
    });
  }
  const free = (name: string): boolean => !taken.has(name) && !reservedTypeNames.has(name);
  return {
    root: nameParametersOfTree(named, free),
    declarations: declarations
      .map((declaration) => nameParameters(declaration, free))
      .toSorted((a, b) => byText(a.name, b.name)),
    ...(scripts.length > 0 && { scripts: namedScripts }),
    ...(namedGlobals && { globals: namedGlobals }),
  };
}

/** A class that extends `Map` is declared by its shape, and only objects and errors have an interface's form. */
function isInterface({ kind, shape }: Draft): boolean {
  return kind === "interface" && (shape?.kind === "object" || shape?.kind === "error");
}

/** `["Geo", "Point"]` -> `Geo_Point`, of characters that are safe wherever a name is printed. */
function safeName(parts: readonly string[]): string {
  const name = parts
    .join("_")
    .normalize("NFC")
    .replace(/[^\p{ID_Continue}$]/gu, "_");
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `_${name}`;
}
