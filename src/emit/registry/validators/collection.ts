/**
 * Writes the code of maps and sets. Each entry is paid for with fuel.
 */
import type { Type } from "../../../validation/types.ts";
import { indented, isNever, refuseUnless, type Context, type Lines } from "./context.ts";

export function mapBody(key: Type, value: Type, context: Context): Lines {
  if (isNever(key, context) || isNever(value, context)) return ["return isMap(v) && v.size === 0;"];
  const keys = refuseUnless(key, "k", context);
  const values = refuseUnless(value, "x", context);
  const head =
    keys.length > 0 && values.length > 0
      ? "for (const [k, x] of v) {"
      : keys.length > 0
        ? "for (const k of v.keys()) {"
        : "for (const x of v.values()) {";
  const loop = keys.length + values.length === 0 ? [] : [head, ...indented([...keys, ...values]), "}"];
  return ["if (!isMap(v) || (fuel -= v.size) < 0) return false;", ...loop, "return true;"];
}

export function setBody(element: Type, context: Context): Lines {
  if (isNever(element, context)) return ["return isSet(v) && v.size === 0;"];
  const checks = refuseUnless(element, "x", context);
  return [
    "if (!isSet(v) || (fuel -= v.size) < 0) return false;",
    ...(checks.length === 0 ? [] : ["for (const x of v) {", ...indented(checks), "}"]),
    "return true;",
  ];
}
