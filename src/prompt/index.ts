/**
 * `isobind/prompt`: an API for a language model. Loads no compiler and no engine.
 */
export type { ContractSource } from "./contract-source.ts";
export type { Lookup } from "./index-text.ts";
export { prompt, type PromptOptions, type PromptResult } from "./prompt.ts";
export { PromptError, type PromptErrorCode } from "./prompt-error.ts";
export { createReference, type Reference } from "./reference.ts";
export type { Detail } from "./shorten.ts";
export type { CountTokens } from "./tokens.ts";
