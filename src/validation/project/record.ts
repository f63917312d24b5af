/**
 * Tells which objects are seen as their own enumerable properties: plain ones, and instances of classes. Not arrays and the built-ins
 * that hold something else.
 */
import { isArrayBuffer, isDate, isError, isMap, isRegExp, isSet } from "../brand.ts";

export function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return (
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !isMap(value) &&
    !isSet(value) &&
    !isDate(value) &&
    !isError(value, "Error") &&
    !isRegExp(value) &&
    !isArrayBuffer(value)
  );
}
