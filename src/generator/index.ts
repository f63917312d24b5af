/**
 * `isobind/generator`: the generator as a library. Nothing here loads a compiler until a definition must be read.
 */
export type { Config, ContractConfig } from "../config/config.ts";
export type { Diagnostic } from "../diagnostics/diagnostic.ts";
export { formatGithub } from "../diagnostics/format/github.ts";
export { formatJson } from "../diagnostics/format/json.ts";
export { formatSarif } from "../diagnostics/format/sarif.ts";
export { formatText } from "../diagnostics/format/text.ts";
export {
  check,
  type ContractResult,
  generate,
  type GenerateOptions,
  type GenerateResult,
} from "./generate.ts";
export { createMemory, type Memory } from "./memory.ts";
export type { Phase, PhaseName } from "./phases.ts";
export type { FileReport } from "../stages.ts";
export {
  type Change,
  type ContractDiff,
  diff,
  type DiffProjectOptions,
  type DiffResult,
  type Verdict,
} from "../changes/index.ts";
