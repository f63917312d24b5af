/**
 * `isobind/runtime`: runs scripts against a registry. Loads no compiler, and the engine only when a sandbox is made.
 */
export { createSandbox, type Sandbox, type SandboxStats } from "./sandbox.ts";
export type { SandboxOptions } from "./sandbox-options.ts";
export type {
  DefaultKind,
  KindName,
  RunArguments,
  RunOptions,
  RunSettings,
  ScriptOutput,
} from "./run-options.ts";
export { RegistryError } from "../registry/define-registry.ts";
export { errorCodes, SandboxError, ScriptInputError, type ErrorCode, type InputProblem } from "./errors.ts";
export type { LoadedModule, ModuleAbout, ModuleLoader, Modules } from "./host/modules.ts";
export { limitTable, type Limits } from "./limits.ts";
export { formatError, type FormatErrorOptions } from "./explain/format-error.ts";
export type { PlacementOptions } from "./create-runner.ts";
export type { RunError, RunExports, RunResult, RunStats, Wait } from "./result.ts";
export type { Approve } from "./host/approval.ts";
export type { BindingCall, CallFailure, CallHook, ConsoleEvent } from "./host/hooks.ts";
export type { TelemetryOption } from "./host/telemetry.ts";
export { callContext, type CallContext, type HostContext } from "../registry/call-context.ts";
export { suspend } from "../registry/suspend.ts";
export { fileJournal, type FileJournalOptions } from "./journal/file.ts";
export type { Journal } from "./journal/journal.ts";
export { memoryJournal, type MemoryJournal } from "./journal/memory.ts";
export type { Answer, DoubtDecision, DoubtfulCall, OnDoubt } from "./journal/options.ts";
export type { ConsoleLevel, OnDetached } from "./seam.ts";
export type { BindingFunction, BindingTree, Registry } from "../model/registry.ts";
