/**
 * Writes the code of a plain object: what makes it one, and which keys it may have besides its declared properties.
 */
import type { CoreObject } from "../../../validation/core.ts";
import { indented, takesUndefined, type Context, type Lines } from "./context.ts";
import { usesName } from "./imports.ts";
import { indexLines } from "./index-signature.ts";
import { demandsNever, propertyLines } from "./property.ts";

export function objectBody(core: CoreObject, context: Context): Lines {
  if (demandsNever(core.properties, context)) return ["return false;"];
  if (core.index.length > 0) return recordBody(core, context);
  return context.plan.excess === "refuse" ? countedBody(core, context) : openBody(core, context);
}

/**
 * An object that may hold no other keys. They are counted, which is cheaper than naming them: when all required ones are
 * there, and as many as were found, there is no other.
 */
function countedBody(core: CoreObject, context: Context): Lines {
  const { constants } = context;
  const optional = core.properties.filter((property) => property.optional);
  const required = core.properties.length - optional.length;
  const count = `let n = ${required};`;
  const checks = withFields(
    core.properties.flatMap((property, at) => propertyLines(property, at, "count", context)),
  );
  const down = "for (const _ in v) n--;";
  if (optional.length === 0) return [...plainLines(core), ...checks, count, down, "return n === 0;"];
  const exact = optional.filter(({ type }) => !takesUndefined(type, context));
  const names = `${constants.keys(core.properties)}, ${constants.keys(exact)}`;
  return [...plainLines(core), count, ...checks, down, `return n === 0 || (n < 0 && onlyKeys(v, ${names}));`];
}

function openBody(core: CoreObject, context: Context): Lines {
  return [
    ...plainLines(core),
    'if (hasKey(v, "__proto__")) return false;',
    ...withFields(core.properties.flatMap((property, at) => propertyLines(property, at, "exact", context))),
    "return true;",
  ];
}

function recordBody(core: CoreObject, context: Context): Lines {
  const known = core.properties.map(({ name }) => context.constants.text(name));
  const skip =
    known.length === 0 ? [] : ["switch (k) {", ...known.map((key) => `  case ${key}:`), "    continue;", "}"];
  return [
    ...plainLines(core),
    "const o = v as Fields;",
    ...core.properties.flatMap((property, at) => propertyLines(property, at, "exact", context)),
    "for (const k in o) {",
    '  if (--fuel < 0 || k === "__proto__") return false;',
    ...indented(skip),
    ...indented(indexLines(core.index, context)),
    "}",
    "return true;",
  ];
}

/**
 * A plain object. Nearly all have `Object` for their constructor, which is far cheaper to ask for than the prototype; a
 * guest cannot fake it, because functions do not cross.
 */
function plainLines(core: CoreObject): Lines {
  if (core.properties.some(({ name }) => name === "constructor"))
    return ["if (!isPlainObject(v)) return false;"];
  return [
    'if (v === null || typeof v !== "object") return false;',
    "if (v.constructor !== Object && !isPlainObject(v)) return false;",
  ];
}

/** The checks, with a typed name for the object where they use one. */
function withFields(checks: Lines): Lines {
  return usesName(checks, "o") ? ["const o = v as Fields;", ...checks] : checks;
}
