/**
 * Lowers `{}`, which is any value but `null` and `undefined`. It is spelled out, because an object shape without properties
 * means less.
 */
import type { Shape } from "../../model/shape.ts";

const kinds = ["string", "number", "bigint", "boolean", "nonprimitive"] as const;

export function nonnullishShape(): Shape {
  return { kind: "union", members: kinds.map((kind) => ({ kind })) };
}

export function isNonnullish(shape: Shape): boolean {
  return (
    shape.kind === "union" &&
    shape.members.length === kinds.length &&
    shape.members.every(({ kind }) => kinds.some((one) => one === kind))
  );
}
