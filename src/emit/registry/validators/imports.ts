/**
 * Lists the names that emitted validators use from `isobind/registry`, and finds those that a piece of emitted code uses.
 */

/** Also the names that no emitted function may have. */
export const importedNames: ReadonlySet<string> = new Set([
  "anyText",
  "bigintText",
  "cased",
  "either",
  "hasKey",
  "isArrayBuffer",
  "isCased",
  "isDataView",
  "isDate",
  "isError",
  "isMap",
  "isNumericKey",
  "isPlainObject",
  "isRegExp",
  "isSet",
  "isTemporal",
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
  const names = new Set<string>();
  for (const line of lines) for (const name of namesIn(line)) names.add(name);
  return names;
}

export function usesName(lines: readonly string[], name: string): boolean {
  return lines.some((line) => line.includes(name) && namesIn(line).includes(name));
}

/** Lines are looked at again and again, and most are alike: `return true;`. */
const known = new Map<string, readonly string[]>();

function namesIn(line: string): readonly string[] {
  let names = known.get(line);
  if (names === undefined) {
    const code = /["']/u.test(line) ? line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gu, '""') : line;
    names = code.match(/[A-Za-z_$][\w$]*/gu) ?? [];
    if (known.size >= mostKnown) known.clear();
    known.set(line, names);
  }
  return names;
}

/** A watcher emits for as long as it runs. */
const mostKnown = 10_000;
