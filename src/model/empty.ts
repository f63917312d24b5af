/**
 * Holds the contract that grants nothing: a sandbox without bindings. What is emitted for it is kept in `templates/`.
 */
import { emptyDoc, type Contract, type Source } from "./contract.ts";

const source: Source = { file: "bindings.ts", line: 1, column: 1, endLine: 1, endColumn: 1 };

export const emptyContract: Contract = {
  style: "implementation",
  root: { kind: "namespace", name: "", path: [], doc: emptyDoc, members: [], source },
  declarations: [],
};
