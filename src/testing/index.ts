/**
 * `isobind/testing`: registries for tests of scripts. Mocks that answer from the types of a contract; recordings of real calls, and
 * registries that answer from them. Loads neither an engine nor a compiler.
 */
export type { CallLog, LeafName, MockCall } from "./calls.ts";
export type { ContractSource } from "./contract-source.ts";
export { mockGlobals, type MockGlobalsOptions } from "./mock-globals.ts";
export { mockInput, type MockInputOptions } from "./mock-input.ts";
export { mockScripts, type MockScripts, type MockScriptsOptions } from "./mock-scripts.ts";
export type { ScriptExports, ScriptRun } from "./run-script.ts";
export { mockRegistry, type MockOptions, type MockRegistry } from "./mock-registry.ts";
export type { BindingsOf, Override, Overrides, UntypedOverrides } from "./overrides.ts";
export { TestingError, type TestingErrorCode } from "./testing-error.ts";
export { throws, type DeclaredError } from "./throws.ts";
export { record, type RecordOptions } from "./recording/record.ts";
export { replay, type ReplayRegistry } from "./recording/replay.ts";
