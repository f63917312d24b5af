/** `{}`: any value but `null` and `undefined`. Spelled out, because an object shape without properties means less. */
import type { Shape } from "../../../contract/shape.ts";

export function nonnullishShape(): Shape {
  const kinds = ["string", "number", "bigint", "boolean", "nonprimitive"] as const;
  return { kind: "union", members: kinds.map((kind) => ({ kind })) };
}
