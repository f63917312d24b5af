/**
 * Sink: an identifier. Nothing can be escaped here, so a name is printed exactly when it is one; anything else is a
 * broken promise of the reader, not a finding about a definition.
 */
import { isIdentifier, isKeyword, visible } from "../../model/names.ts";

/** Keywords of types, and names with a meaning of their own in a type position. */
const typeKeywords = new Set(
  (
    "any unknown never void undefined null boolean number string bigint object symbol true false " +
    "keyof typeof infer unique readonly asserts is abstract declare namespace module type globalThis"
  ).split(" "),
);

/** The name of a declared type or type parameter. */
export function typeName(name: string): string {
  return typeKeywords.has(name) ? refuse(name) : identifier(name);
}

/** The name of a parameter or a tuple's label; never the author's if that cannot be one. */
export function label(name: string, position: number): string {
  return isIdentifier(name) && visible(name) === name && !isKeyword(name) && name !== "this"
    ? name
    : `arg${position}`;
}

/** The name of a variable. */
export function identifier(name: string): string {
  return isIdentifier(name) && visible(name) === name && !isKeyword(name) ? name : refuse(name);
}

function refuse(name: string): never {
  throw new Error(`\`${visible(name)}\` reached the emitter as an identifier, and is none.`);
}
