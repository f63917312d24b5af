/**
 * Writes the code of one declared property of a plain object.
 */
import type { CoreProperty } from "../../../validation/core.ts";
import { indented, isNever, takesUndefined, testOf, type Context, type Lines } from "./context.ts";

/** Names that every object has: read only when they are the object's own. */
function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** `count`: an optional property that is there is counted. `exact`: one that is `undefined` is looked at again. */
export function propertyLines(
  property: CoreProperty,
  at: number,
  way: "count" | "exact",
  context: Context,
): Lines {
  const { name, type, optional } = property;
  const key = context.constants.text(name);
  const value = `p${at}`;
  const test = testOf(type, value, context);
  const has = `hasKey(v, ${key})`;
  const read = `const ${value} = ${isInherited(name) ? `own(v, ${key})` : `o[${key}]`};`;
  if (test.no === "false") {
    if (!optional) return [`if (!${has}) return false;`];
    return way === "count" ? [`if (${has}) n++;`] : [];
  }
  if (test.no === "true") return [`if (${has}) return false;`];
  const undefinedFits = takesUndefined(type, context);
  if (!optional) {
    const presence = undefinedFits ? [`if (${value} === undefined && !${has}) return false;`] : [];
    return [read, ...presence, `if (${test.no}) return false;`];
  }
  const inner = [`if (${test.no}) return false;`, ...(way === "count" ? ["n++;"] : [])];
  const refused = way === "exact" && !undefinedFits;
  return [
    read,
    `if (${value} !== undefined) {`,
    ...indented(inner),
    ...(refused ? [`} else if (${has}) {`, "  return false;", "}"] : ["}"]),
  ];
}

/** True when a required property takes no value, so that no object fits. */
export function demandsNever(properties: readonly CoreProperty[], context: Context): boolean {
  return properties.some(({ type, optional }) => !optional && isNever(type, context));
}
