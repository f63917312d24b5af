/**
 * Writes the code of index signatures: what the value `x` under a key `k` must be that no declared property has.
 */
import type { CoreIndex } from "../../../validation/core.ts";
import { indented, refuseUnless, type Context, type Lines } from "./context.ts";
import { usesName } from "./imports.ts";

/** With one signature for all keys every value must fit; else a key decides which signatures it must fit. */
export function indexLines(index: readonly CoreIndex[], context: Context): Lines {
  const [only] = index;
  const checks = index.flatMap(({ type }) => refuseUnless(type, "x", context));
  const read = usesName(checks, "x") ? ["const x = o[k];"] : [];
  if (only !== undefined && index.every(({ key }) => key === "string")) return [...read, ...checks];
  const refuses = context.plan.excess === "refuse" && !index.some(({ key }) => key === "string");
  return [
    ...read,
    ...(refuses ? ["let known = false;"] : []),
    ...index.flatMap(({ key, type }): Lines => {
      const lines = refuseUnless(type, "x", context);
      if (key === "string") return lines;
      const takes =
        key === "number" ? "isNumericKey(k)" : `${context.constants.template(key.texts, key.slots)}(k)`;
      const inner = [...lines, ...(refuses ? ["known = true;"] : [])];
      return inner.length === 0 ? [] : [`if (${takes}) {`, ...indented(inner), "}"];
    }),
    ...(refuses ? ["if (!known) return false;"] : []),
  ];
}
