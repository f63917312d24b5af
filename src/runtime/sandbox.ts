/**
 * Holds what a sandbox is and how one is made: everything that was given is checked, then the workers are started that scripts
 * will run in.
 */
import { checkDeclaration } from "./declaration.ts";
import { createRunner } from "./create-runner.ts";
import { checkEngine } from "./engine/release.ts";
import { checkHost } from "./engine/supported-host.ts";
import { checkGlobals } from "./globals.ts";
import { guestSetup } from "./host/leaves.ts";
import { loadTelemetry } from "./host/telemetry.ts";
import { resolveLimits, type Limits } from "./limits.ts";
import { LiveSandbox } from "./live-sandbox.ts";
import { loadRegistry } from "./load-registry.ts";
import { outside } from "./outside.ts";
import { resolveRegional } from "./regional.ts";
import type { RunResult } from "./result.ts";
import type { DefaultKind, KindName, RunArguments, ScriptOutput } from "./run-options.ts";
import {
  checkSandboxOptions,
  type GlobalsOption,
  type SandboxOptions,
  type SandboxSettings,
} from "./sandbox-options.ts";
import { loadTypecheck } from "./typecheck.ts";

/** `Scripts`: what the kinds of script are, as the registry's type says it; `unknown` when nothing is said of them. */
export interface Sandbox<Scripts = unknown> extends AsyncDisposable {
  /**
   * Runs one script in a fresh isolate, and says how it ended. Never rejects for what the script did.
   *
   * A result whose `status` is not `ok` has an `error` with a `code`: `ERR_SANDBOX_TIMEOUT` (`timeout`), `ERR_SANDBOX_MEMORY` (`memory`),
   * `ERR_SANDBOX_ABORTED` (`aborted`), `ERR_SANDBOX_CRASHED`, `ERR_ENGINE_MISSING` or `ERR_JOURNAL_DAMAGED` (`crashed`), `ERR_SANDBOX_SUSPENDED` (`suspended`: a run with a journal that
   * waits; its `waits` say for what, and `run(source, { journal, answer })` goes on). With `error` it is `ERR_SCRIPT_TYPES` for a script that does not pass the
   * check, `ERR_MODULE_NOT_FOUND`, `ERR_MODULE_FAILED` or `ERR_MODULE_LIMIT` for what it imports, `ERR_JOURNAL_MISMATCH` or `ERR_JOURNAL_IN_DOUBT` for a run that is gone on with,
   * `ERR_REGISTRY_MISMATCH` for a script that is pinned to another contract, `ERR_SCRIPT_DETACHED` for work it left behind,
   * `ERR_BINDING_NOT_CLONABLE` or `ERR_SANDBOX_PAYLOAD_TOO_LARGE` for its exports, `ERR_SCRIPT_RESULT` for a default export of another
   * type than the definition says, or what the script itself threw: a call that was
   * refused has a code that begins with `ERR_BINDING_`, a plain error has none.
   *
   * Rejects for a mistake of the host: `ERR_SANDBOX_DISPOSED`, `ERR_SANDBOX_OPTION` (an unknown option, a looser limit, an input of another type),
   * `ERR_SANDBOX_BUSY` (no place in the line, or none in time), `ERR_JOURNAL_DAMAGED` (its bytes), `ERR_SANDBOX_NESTED` (runs inside of runs, too deep), `ERR_BINDING_NOT_CLONABLE` or `ERR_SANDBOX_PAYLOAD_TOO_LARGE` (the input).
   *
   * Host functions and hooks of the run see the asynchronous context of this call (`AsyncLocalStorage`), and `context` as
   * `callContext().context`. A run that a host function starts while its own run waits takes no place in the line: it gets a worker
   * beside the pool.
   *
   * @example
   * const result = await sandbox.run(`export default await SecureExec.bindings.db.query("select 1", [])`);
   * if (result.status === "ok") console.log(result.exports.default);
   */
  run<const Kind extends KindName<Scripts> = DefaultKind<Scripts>>(
    source: string,
    ...options: RunArguments<Scripts, Kind>
  ): Promise<RunResult<ScriptOutput<Scripts, Kind>>>;
  /** Ends running scripts as `aborted` and frees every isolate and process. Twice is fine. */
  dispose(): Promise<void>;
  /**
   * Takes no new runs, waits for those that are running or wait for a worker, then disposes. Twice is fine; `dispose` ends the waiting.
   *
   * @example
   * process.once("SIGTERM", () => void sandbox.close());
   */
  close(): Promise<void>;
  /** What the sandbox is doing at this moment. */
  stats(): SandboxStats;
  /** False from the first call of `close` or `dispose`. */
  readonly alive: boolean;
  /** The limits in force, defaults filled in. */
  readonly limits: Required<Limits>;
}

/** What a sandbox is doing: numbers for a health check, or for deciding whether to take more work. */
export interface SandboxStats {
  /** Workers that have a run, or runs in this process with `isolation: "none"`. */
  readonly busy: number;
  /** Workers that have none: ready, or getting ready for the next. */
  readonly idle: number;
  /** Runs that wait for a worker. */
  readonly waiting: number;
  /** Scripts that were started since the sandbox was made. */
  readonly runs: number;
}

/**
 * Creates a sandbox: checks what was given, and starts the workers that scripts will run in.
 *
 * Rejects with an error whose `code` is `ERR_SANDBOX_OPTION` (an unknown option, a limit out of its range, a global that
 * cannot cross or is of another type than the definition says), `ERR_REGISTRY_INVALID`, `ERR_REGISTRY_MISMATCH` (the declaration is of another contract), `ERR_ENGINE_HOST`,
 * `ERR_ENGINE_MISSING` or `ERR_ENGINE_UNSAFE`. `isobind explain <code>` says more about each.
 *
 * @example
 * const sandbox = await createSandbox({ registry, onConsole: ({ level, text }) => console[level](text) });
 * const result = await sandbox.run(source, { filename: "report.ts", input: { month: 7 } });
 * await sandbox.dispose();
 */
export async function createSandbox<Scripts = unknown, Globals = unknown>(
  options?: SandboxSettings<Scripts, Globals> & GlobalsOption<NoInfer<Globals>>,
): Promise<Sandbox<Scripts>>;
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkHost();
  checkSandboxOptions(options);
  const regional = resolveRegional(options, options.isolation ?? "process");
  const limits = resolveLimits(options.limits);
  const registry = await loadRegistry(options);
  const globals = checkGlobals(options.globals, limits.payloadBytes, registry);
  const declaration =
    options.declaration === undefined ? undefined : await checkDeclaration(registry, options.declaration);
  checkEngine();
  const telemetry = await loadTelemetry(options.telemetry);
  const typecheck =
    (options.typecheck ?? "off") === "off"
      ? null
      : await loadTypecheck({
          registry,
          globals: Object.keys(globals),
          ...(declaration !== undefined && { declaration }),
        });
  const runner = await outside(() => createRunner(guestSetup(registry, limits), limits, options, regional));
  const sandbox = new LiveSandbox({
    options,
    limits,
    registry,
    globals,
    telemetry,
    regional,
    runner,
    typecheck,
  });
  // What is checked at run time is what the types say.
  return sandbox as unknown as Sandbox;
}
