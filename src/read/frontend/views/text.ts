/**
 * Prints a type for a message: never cut off by the compiler, and short enough to read.
 */
import type { ts } from "./compiler.ts";
import type { Session } from "./session.ts";

/** Enough to recognise a type; a message is not the place to read it. */
const readableLength = 80;

export function textOf(session: Session, type: ts.Type): string {
  const { ts } = session;
  const flags = ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
  const text = session.checker.typeToString(type, undefined, flags).replace(/\s+/g, " ");
  return text.length <= readableLength ? text : `${text.slice(0, readableLength - 1)}…`;
}
