/**
 * Builds a diagnostic from its code, the data its words need, and where it is. The only way diagnostics are made, so
 * that every finding has words, help and a place in the same manner.
 */
import { catalogue, type Code, type DataOf, type Entry } from "./catalogue.ts";
import type { Diagnostic, Place } from "./diagnostic.ts";

/**
 * One finding as data. A wrong code or placeholder does not compile.
 *
 * @example
 * report("output-missing", { file: "generated/registry.ts", command: "isobind generate" }, null);
 */
export function report<C extends Code>(
  code: C,
  data: DataOf<C>,
  place: Place,
  path: readonly string[] = [],
): Diagnostic {
  // The catalogue's type ties `data` to `code`; TypeScript cannot follow that through the index.
  const { severity, message, help } = catalogue[code] as unknown as Entry<DataOf<C>>;
  const range = place !== null && "line" in place ? place : null;
  return {
    code,
    severity,
    message: message(data),
    file: place?.file ?? null,
    line: range?.line ?? null,
    column: range?.column ?? null,
    endLine: range?.endLine ?? null,
    endColumn: range?.endColumn ?? null,
    path,
    help: help(data),
  };
}
