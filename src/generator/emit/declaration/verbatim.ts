/**
 * Types that are printed as the compiler printed them, because they still compute with a type parameter. Their layout is
 * not ours: prettier is asked to leave the member alone that holds one.
 */
import type { Signature, TypeParameter } from "../../../contract/contract.ts";
import type { Shape } from "../../../contract/shape.ts";
import { partsOf } from "../../../contract/walk.ts";
import { hardline, type Doc } from "../print/doc.ts";

/** `Pick<T, K>`, `T["id"]`: layout has no choice there. */
const plain = /^(?:(?:keyof )?[\w$.]+(?:<[\w$., ]+>|\["?[\w$]+"?\])?|`[^`\\\n]*`)$/u;

/** A comment for prettier in front of a declaration or signature, when it holds a type that is not laid out by us. */
export function ignoreDoc(shapes: readonly (Shape | null)[]): Doc {
  return shapes.some((shape) => shape !== null && isVerbatim(shape)) ? ["// prettier-ignore", hardline] : "";
}

export function signatureShapes({ typeParameters, parameters, result }: Signature): (Shape | null)[] {
  return [...typeParameters.flatMap(boundsOf), ...parameters.map(({ shape }) => shape), result];
}

export function boundsOf({ constraint, default: fallback }: TypeParameter): (Shape | null)[] {
  return [constraint, fallback];
}

/** The text on one line. */
export function verbatimText(text: string): string {
  return text.replace(/\s*\n\s*/gu, " ");
}

function isVerbatim(shape: Shape): boolean {
  if (shape.kind === "deferred") return !plain.test(shape.text) || shape.text.length > 40;
  return partsOf(shape).some((part) => isVerbatim(part.shape));
}
