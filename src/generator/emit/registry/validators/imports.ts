/**
 * The names emitted validators use from `isobind/registry`, and a scan of emitted code for the names in it.
 */

/** Also the names that no emitted function may have. */
export const importedNames: ReadonlySet<string> = new Set([
  "anyText",
  "bigintText",
  "either",
  "hasKey",
  "isArrayBuffer",
  "isDataView",
  "isDate",
  "isError",
  "isMap",
  "isNumericKey",
  "isPlainObject",
  "isRegExp",
  "isSet",
  "isTypedArray",
  "matches",
  "numberText",
  "oneOf",
  "onlyKeys",
  "own",
  "template",
]);

/** Identifiers in code; what stands in strings does not count. */
export function usedNames(lines: readonly string[]): ReadonlySet<string> {
  const code = lines.join("\n").replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/gu, '""');
  return new Set(code.match(/[A-Za-z_$][\w$]*/gu) ?? []);
}
