/** Exports the comparison of contracts, as the generator and the command line use it. */
export { readAgainst } from "./against/against.ts";
export { type Published, readPublished } from "./against/published.ts";
export { runTool } from "./against/run.ts";
export { contractsInHistory } from "./against/history.ts";
export type { Change, ChangeClass } from "../diff/change.ts";
export type { DiffOptions } from "../diff/diff.ts";
export { diff, type ContractDiff, type DiffProjectOptions, type DiffResult } from "./diff-project.ts";
export { explainKind } from "../diff/explain.ts";
export { formatDiffJson } from "./format/json.ts";
export { formatMarkdown, type MarkdownInput } from "./format/markdown.ts";
export { brokenOf, formatChanges } from "./format/text.ts";
export { changeKinds, type ChangeKind } from "../diff/kinds.ts";
export type { FailOn, Verdict } from "../diff/verdict.ts";
