/** Comparison of contracts, as the generator and the command line use it. */
export { contractsInHistory } from "./against/history.ts";
export type { Change, ChangeClass } from "./change.ts";
export { diffContracts, type DiffOptions } from "./diff.ts";
export { diff, type ContractDiff, type DiffProjectOptions, type DiffResult } from "./diff-project.ts";
export { changesAsDiagnostics } from "./diagnostics.ts";
export { explainKind } from "./explain.ts";
export { formatDiffJson } from "./format/json.ts";
export { formatMarkdown, type MarkdownInput } from "./format/markdown.ts";
export { formatChanges, summaryOf } from "./format/text.ts";
export { changeKinds, type ChangeKind } from "./kinds.ts";
export { failOnValues, isFailure, verdictOf, type FailOn, type Verdict } from "./verdict.ts";
