/**
 * Writes the code of an error: its class, and the data that is declared of it.
 */
import type { CoreOf, CoreProperty } from "../../../validation/core.ts";
import { inheritedOfErrors } from "../../../validation/match.ts";
import { testOf, type Context, type Lines } from "./context.ts";
import { demandsNever } from "./property.ts";

export function errorBody(core: CoreOf<"error">, context: Context): Lines {
  if (demandsNever(core.properties, context)) return ["return false;"];
  return [
    `if (!isError(v, "${core.name}")) return false;`,
    ...core.properties.flatMap((property, at) => ownLines(property, at, context)),
    "return true;",
  ];
}

/** A property of an error: its own, or for `name` and `message` its class's. */
function ownLines({ name, type, optional }: CoreProperty, at: number, context: Context): Lines {
  const key = context.constants.text(name);
  const value = `p${at}`;
  const test = testOf(type, value, context);
  if (inheritedOfErrors.includes(name)) {
    return test.no === "false"
      ? []
      : [`const ${value}: unknown = v.${name};`, `if (${test.no}) return false;`];
  }
  const has = `hasKey(v, ${key})`;
  if (test.no === "false") return optional ? [] : [`if (!${has}) return false;`];
  if (test.no === "true") return [`if (${has}) return false;`];
  return optional
    ? [`if (${has}) {`, `  const ${value} = own(v, ${key});`, `  if (${test.no}) return false;`, "}"]
    : [`if (!${has}) return false;`, `const ${value} = own(v, ${key});`, `if (${test.no}) return false;`];
}
