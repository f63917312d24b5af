/**
 * Errors the runtime throws at its host, and the list of codes scripts and hosts can rely on. What a script sees is
 * built in `host/`; this file knows nothing of guests.
 */

/** Every value of `error.code` the runtime itself gives. Names are permanent. */
export const errorCodes = [
  "ERR_BINDING_NOT_CLONABLE",
  "ERR_BINDING_INVALID_ARGUMENT",
  "ERR_BINDING_INVALID_RESULT",
  "ERR_BINDING_MODE",
  "ERR_BINDING_FAILED",
  "ERR_BINDING_TIMEOUT",
  "ERR_BINDING_LIMIT",
  "ERR_BINDING_PROFILE",
  "ERR_BINDING_APPROVAL",
  "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
  "ERR_SANDBOX_TIMEOUT",
  "ERR_SANDBOX_MEMORY",
  "ERR_SANDBOX_CRASHED",
  "ERR_SANDBOX_ABORTED",
  "ERR_SANDBOX_DISPOSED",
  "ERR_SANDBOX_NESTED",
  "ERR_SANDBOX_BUSY",
  "ERR_SANDBOX_OPTION",
  "ERR_SANDBOX_PACKAGE",
  "ERR_SANDBOX_SUSPENDED",
  "ERR_SCRIPT_DETACHED",
  "ERR_SCRIPT_INPUT",
  "ERR_SCRIPT_RESULT",
  "ERR_SCRIPT_TYPES",
  "ERR_MODULE_NOT_FOUND",
  "ERR_MODULE_FAILED",
  "ERR_MODULE_LIMIT",
  "ERR_JOURNAL_MISMATCH",
  "ERR_JOURNAL_IN_DOUBT",
  "ERR_JOURNAL_REQUIRED",
  "ERR_JOURNAL_DAMAGED",
  "ERR_JOURNAL_FAILED",
  "ERR_REGISTRY_INVALID",
  "ERR_REGISTRY_MISMATCH",
  "ERR_ENGINE_MISSING",
  "ERR_ENGINE_UNSAFE",
  "ERR_ENGINE_HOST",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * A mistake in how the host uses the runtime: a bad option, a registry that does not fit its declaration, a sandbox
 * used after `dispose`; or an `input` that is none, which may be a mistake of whoever it comes from. Never thrown for what a script did.
 *
 * @example
 * try {
 *   await createSandbox({ limits: { memoryMb: 0 } });
 * } catch (error) {
 *   if (error instanceof SandboxError) console.error(error.code, error.message);
 * }
 */
export class SandboxError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  override get name(): string {
    return "SandboxError";
  }
}

/** Where an input is not of its type. */
export interface InputProblem {
  /** `.rows[0].cents`; empty for the input itself. */
  readonly path: string;
  /** `number` */
  readonly expected: string;
  /** What stands there, in short: `"12"`. */
  readonly received: string;
}

/**
 * The `input` of a run is not of the type that the definition says, code `ERR_SCRIPT_INPUT`. The message tells the `problems`, of which there are at most five.
 *
 * @example
 * catch (error) {
 *   if (error instanceof ScriptInputError) return response.status(400).json(error.problems);
 * }
 */
export class ScriptInputError extends SandboxError {
  readonly problems: readonly InputProblem[];

  constructor(message: string, problems: readonly InputProblem[]) {
    super("ERR_SCRIPT_INPUT", message);
    this.problems = problems;
  }
}

/** An option that cannot be meant: what is said of it begins with its name. */
export function option(message: string, options?: ErrorOptions): SandboxError {
  return new SandboxError("ERR_SANDBOX_OPTION", message, options);
}
