/** Knows types of the language's library by their names. */
import { builtinNames, errorNames, type BuiltinName, type ErrorName } from "../../model/shape.ts";

/** The built-in that the language's library declares by a name. No name of `Temporal` is there twice. */
export function builtinOf(name: string): BuiltinName | undefined {
  return builtinNames.find((builtin) => builtin === name || builtin === `Temporal.${name}`);
}

export function isError(name: string): name is ErrorName {
  return (errorNames as readonly string[]).includes(name);
}
