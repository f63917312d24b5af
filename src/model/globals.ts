/**
 * What globals of a host may be called, and all of them as one type.
 */
import { languageGlobals } from "./language-globals.ts";
import { isIdentifier, isKeyword } from "./names.ts";
import type { Property, Shape } from "./shape.ts";

/** What a script has from us. */
const ownNames: ReadonlySet<string> = new Set(["SecureExec", "console", "input"]);

const taken: ReadonlySet<string> = new Set([...ownNames, ...languageGlobals]);

/**
 * Why no host may give a global of this name; `null` when it may. Finishes "`Array` …".
 *
 * @example
 * globalNameReason("Array"); // "is already a global of scripts"
 */
export function globalNameReason(name: string): string | null {
  if (!isIdentifier(name)) return "is not an identifier";
  if (taken.has(name)) return "is already a global of scripts";
  return isKeyword(name) ? "is a word of the language" : null;
}

/** The type of an object with these properties: whoever walks, compares or checks globals does it as with any other type. */
export function globalsShape(properties: readonly Property[]): Shape {
  return { kind: "object", properties, index: [] };
}

/** What a script finds under the name of a global: one that the host need not give is `undefined` then. */
export function withUndefined({ shape, optional }: Property): Shape {
  const isThere =
    !optional || (shape.kind === "union" && shape.members.some(({ kind }) => kind === "undefined"));
  return isThere ? shape : { kind: "union", members: [shape, { kind: "undefined" }] };
}
