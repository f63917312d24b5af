/**
 * Prints deferred types: those that still compute with a type parameter stand in the declaration as the compiler printed them.
 * Their layout is not ours, so prettier is asked to leave the member alone that holds one.
 */
import { partsOf } from "../../model/parts.ts";
import type { Shape } from "../../model/shape.ts";
import { hardline, type Doc } from "../print/doc.ts";

/** `Pick<T, K>`, `T["id"]`: layout has no choice there. */
const plain = /^(?:(?:keyof )?[\w$.]+(?:<[\w$., ]+>|\["?[\w$]+"?\])?|`[^`\\\n]*`)$/u;

/** A comment for prettier in front of a declaration or signature, when it holds a type that is not laid out by us. */
export function ignoreDoc(shapes: readonly Shape[]): Doc {
  return shapes.some(isLaidOutByCompiler) ? ["// prettier-ignore", hardline] : "";
}

/** The text on one line. */
export function deferredText(text: string): string {
  return text.replace(/\s*\n\s*/gu, " ");
}

function isLaidOutByCompiler(shape: Shape): boolean {
  if (shape.kind === "deferred") return !plain.test(shape.text) || shape.text.length > 40;
  return partsOf(shape).some((part) => isLaidOutByCompiler(part.shape));
}
