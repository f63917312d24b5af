/** Findings of every code, for tests of formats: the same place, path and help for all of them. */
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { catalogue, codes } from "../../src/diagnostics/catalogue.ts";

export const source = `export interface Bindings {\n  db: {\n    then: (id: string) => string;\n  };\n}\n`;

export function sample(over: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "binding-name-reserved",
    severity: "error",
    message: "`db.then` cannot be a binding, because `await` treats a namespace with `then` as a promise.",
    file: "bindings.ts",
    line: 3,
    column: 5,
    endLine: 3,
    endColumn: 9,
    path: ["db", "then"],
    help: "Rename the leaf, for example `db.next`.",
    ...over,
  };
}

/** One finding per code of the catalogue. */
export const oneOfEach: readonly Diagnostic[] = codes.map((code) =>
  sample({ code, severity: catalogue[code].severity, message: catalogue[code].title }),
);
