/**
 * Gives a shape the final names of the declarations it mentions, and of the type parameters around it.
 */
import { withChange } from "../model/parts.ts";
import type { Shape } from "../model/shape.ts";
import { tokens } from "./declarations.ts";

export interface NameOf {
  (token: string): string;
  /** The name of a type parameter; as it is, when absent. */
  readonly parameter?: (name: string) => string;
}

export function rename(shape: Shape, nameOf: NameOf): Shape {
  return withChange(shape, {
    shape: (part) => rename(part, nameOf),
    declaration: nameOf,
    parameter: nameOf.parameter,
    text: (text) => renameText(text, nameOf),
  });
}

/** In printed text a type parameter is a word of its own, not a member's name or part of a string. */
function renameText(text: string, nameOf: NameOf): string {
  const { parameter } = nameOf;
  const named = text.replace(tokens, nameOf);
  if (!parameter) return named;
  return named.replace(
    /"(?:[^"\\]|\\.)*"|(?<![\w$]|[\w$)\]]\.)[\p{ID_Start}$_][\p{ID_Continue}$]*(?!\s*\??:)/gu,
    (word) => (word.startsWith('"') ? word : parameter(word)),
  );
}
