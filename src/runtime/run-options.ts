/**
 * RunOptions: what the caller of one run may choose, and the check of what was given.
 */
import { SandboxError } from "./errors.ts";
import { refuseUnknown, type OptionNames } from "./known-options.ts";
import type { Limits } from "./limits.ts";
import type { GuestScript } from "./seam.ts";

export interface RunOptions {
  /** Shown in stacks; its extension decides the language. Default: `script.js`. */
  readonly filename?: string;
  /** Names the run in hooks, contexts and spans. Default: a random UUID. */
  readonly runId?: string;
  /** Frozen global `input` of the script. */
  readonly input?: unknown;
  /** Ends the run as `aborted`. */
  readonly signal?: AbortSignal;
  /** `auto` takes JavaScript, and strips types from what is not. Default: by the extension of `filename`, else `auto`. */
  readonly language?: GuestScript["language"];
  /** Tighter limits for this run. */
  readonly limits?: Limits;
}

const names: OptionNames<RunOptions> = {
  filename: true,
  runId: true,
  input: true,
  signal: true,
  language: true,
  limits: true,
};

const languages: readonly unknown[] = ["javascript", "typescript", "auto", undefined];

/** Throws a `SandboxError` for a source that is no text, and for an option that does not exist or cannot be meant. */
export function checkRunOptions(source: unknown, options: RunOptions): void {
  if (typeof source !== "string") throw option("source: expected the text of a script.");
  refuseUnknown("run", options, names);
  if (options.filename !== undefined && typeof options.filename !== "string")
    throw option("filename: expected a string.");
  if (options.runId !== undefined && typeof options.runId !== "string")
    throw option("runId: expected a string.");
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal)) {
    throw option("signal: expected an AbortSignal.");
  }
  if (!languages.includes(options.language))
    throw option('language: expected "javascript", "typescript" or "auto".');
}

function option(message: string): SandboxError {
  return new SandboxError("ERR_SANDBOX_OPTION", message);
}
