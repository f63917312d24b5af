/**
 * Writes the code of arrays and tuples. Each element of an array is paid for with fuel; a tuple pays for its rest.
 */
import type { CoreElement } from "../../../validation/core.ts";
import type { Type } from "../../../validation/types.ts";
import { indented, isNever, refuseUnless, testOf, valueLines, type Context, type Lines } from "./context.ts";

export function arrayBody(element: Type, context: Context): Lines {
  if (isNever(element, context)) return ["return Array.isArray(v) && v.length === 0;"];
  const checks = refuseUnless(element, "x", context);
  if (checks.length === 0) return ["return Array.isArray(v) && (fuel -= v.length) >= 0;"];
  return [
    "if (!Array.isArray(v)) return false;",
    "const n = v.length;",
    "if ((fuel -= n) < 0) return false;",
    "for (let i = 0; i < n; i++) {",
    "  const x: unknown = v[i];",
    ...indented(checks),
    "}",
    "return true;",
  ];
}

export function tupleBody(elements: readonly CoreElement[], context: Context): Lines {
  if (elements.some(({ type, quantity }) => quantity === "one" && isNever(type, context))) {
    return ["return false;"];
  }
  const least = elements.filter(({ quantity }) => quantity === "one").length;
  const rest = elements.findIndex(({ quantity }) => quantity === "rest");
  const length =
    rest >= 0
      ? `v.length < ${least}`
      : least === elements.length
        ? `v.length !== ${least}`
        : `v.length < ${least} || v.length > ${elements.length}`;
  const behind = rest < 0 ? 0 : elements.length - rest - 1;
  const lines = elements.flatMap(({ type, quantity }, at): Lines => {
    if (quantity === "rest") return restLines(type, at, behind, context);
    const value = `e${at}`;
    const place = rest >= 0 && at > rest ? `v.length - ${elements.length - at}` : String(at);
    const { no } = testOf(type, value, context);
    if (no === "false") return [];
    return valueLines(`const ${value}: unknown = v[${place}];`, value, no, quantity === "optional");
  });
  return [`if (!Array.isArray(v)) return false;`, `if (${length}) return false;`, ...lines, "return true;"];
}

function restLines(type: Type, from: number, behind: number, context: Context): Lines {
  if (isNever(type, context)) return [`if (v.length > ${from + behind}) return false;`];
  const checks = refuseUnless(type, "x", context);
  const fuel = "if ((fuel -= v.length) < 0) return false;";
  if (checks.length === 0) return [fuel];
  const end = behind === 0 ? "v.length" : `v.length - ${behind}`;
  return [
    fuel,
    `for (let i = ${from}; i < ${end}; i++) {`,
    "  const x: unknown = v[i];",
    ...indented(checks),
    "}",
  ];
}
