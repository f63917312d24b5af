/**
 * Holds the sandbox, which owns the limits, the hooks and the runner, and runs scripts. Everything about one run lives in
 * `run`; what a script may do to its host is decided by the runner, what it may ask of it by the host run.
 */
import { randomUUID } from "node:crypto";
import type { Registry, RegistryScript } from "../model/registry.ts";
import { createRunner } from "./create-runner.ts";
import { checkDeclaration } from "./declaration.ts";
import { checkEngine } from "./engine/release.ts";
import { SandboxError } from "./errors.ts";
import { checkGlobals, encodeGlobals } from "./globals.ts";
import { decode } from "./crossing/host-codec.ts";
import type { CallHook } from "./host/hooks.ts";
import { checkHost } from "./engine/supported-host.ts";
import { createHostRun, type HostRunOptions, type OwnedHostRun } from "./host/host-run.ts";
import { notify } from "./host/hooks.ts";
import { createModuleHost, type ModuleHost } from "./host/module-host.ts";
import { guestSetup } from "./host/leaves.ts";
import { compose, loadTelemetry, type Telemetry } from "./host/telemetry.ts";
import { languageOf } from "./host/language.ts";
import { limitsOf, resolveLimits, tightenLimits, type Limits, type ResolvedLimits } from "./limits.ts";
import { checkContractPin } from "./contract-pin.ts";
import { givenInput, scriptResult } from "./host/script-values.ts";
import { checkKind, kindOfRun } from "./script-kind.ts";
import { loadTypecheck, type Typecheck } from "./typecheck.ts";
import { loadRegistry } from "./load-registry.ts";
import { enterNesting } from "./nesting.ts";
import { outside } from "./outside.ts";
import {
  abortedError,
  runError,
  runStats,
  type RunError,
  type RunResult,
  type RunTimeStats,
  type Wait,
} from "./result.ts";
import {
  checkRunOptions,
  type DefaultKind,
  type GivenRunOptions,
  type KindName,
  type RunArguments,
  type ScriptOutput,
} from "./run-options.ts";
import { RunTimes } from "./run-times.ts";
import {
  identityOf,
  openJournal,
  runRecorded,
  startJournal,
  withRecordedInput,
  type JournaledRun,
} from "./journaled-run.ts";
import { isOfJournal } from "./journal/words.ts";
import type { HostRun, RefusedRun, RunEnd, Runner } from "./runner.ts";
import { expectSameZone, resolveRegional, type Regional } from "./regional.ts";
import {
  checkSandboxOptions,
  type GlobalsOption,
  type SandboxOptions,
  type SandboxSettings,
} from "./sandbox-options.ts";
import { sendContext } from "./sent-context.ts";
import type { GuestLimits, GuestScript, GuestUsage } from "./seam.ts";

/** `Scripts`: what the kinds of script are, as the registry's type says it; `unknown` when nothing is said of them. */
export interface Sandbox<Scripts = unknown> extends AsyncDisposable {
  /**
   * Runs one script in a fresh isolate, and says how it ended. Never rejects for what the script did.
   *
   * A result whose `status` is not `ok` has an `error` with a `code`: `ERR_SANDBOX_TIMEOUT` (`timeout`), `ERR_SANDBOX_MEMORY` (`memory`),
   * `ERR_SANDBOX_ABORTED` (`aborted`), `ERR_SANDBOX_CRASHED` or `ERR_ENGINE_MISSING` (`crashed`). With `error` it is
   * `ERR_REGISTRY_MISMATCH` for a script that is pinned to another contract, `ERR_SCRIPT_DETACHED` for work it left behind,
   * `ERR_BINDING_NOT_CLONABLE` or `ERR_SANDBOX_PAYLOAD_TOO_LARGE` for its exports, `ERR_SCRIPT_RESULT` for a default export of another
   * type than the definition says, or what the script itself threw: a call that was
   * refused has a code that begins with `ERR_BINDING_`, a plain error has none.
   *
   * Rejects for a mistake of the host: `ERR_SANDBOX_DISPOSED`, `ERR_SANDBOX_OPTION` (an unknown option, a looser limit, an input of another type),
   * `ERR_SANDBOX_NESTED` (runs inside of runs, too deep), `ERR_BINDING_NOT_CLONABLE` or `ERR_SANDBOX_PAYLOAD_TOO_LARGE` (the input).
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
  const sandbox = new LiveSandbox(options, {
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

interface Parts {
  readonly limits: ResolvedLimits;
  readonly registry: Registry;
  readonly globals: Readonly<Record<string, unknown>>;
  readonly telemetry: Telemetry | null;
  readonly regional: Regional;
  readonly runner: Runner;
  readonly typecheck: Typecheck | null;
}

class LiveSandbox implements Omit<Sandbox, "run"> {
  readonly limits: ResolvedLimits;
  readonly #parts: Parts;
  readonly #options: SandboxOptions;
  /** One controller per run in progress; aborting them all is what disposal starts with. */
  readonly #running = new Set<AbortController>();
  #runs = 0;
  #closing: Promise<void> | undefined;
  #disposal: Promise<void> | undefined;
  readonly #unwatch: (() => void) | undefined;
  /** Hears that no run is in progress any more. */
  #drained: () => void = () => {};

  constructor(options: SandboxOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    this.limits = Object.freeze({ ...parts.limits });
    this.#unwatch = parts.telemetry?.watch(() => parts.runner.stats);
  }

  get alive(): boolean {
    return this.#closing === undefined && this.#disposal === undefined;
  }

  stats(): SandboxStats {
    const { busy, idle, waiting } = this.#parts.runner.stats;
    return { busy, idle, waiting, runs: this.#runs };
  }

  async run(source: string, given: GivenRunOptions = {}): Promise<RunResult> {
    const nesting = enterNesting();
    if (this.#disposal) throw gone("disposed");
    // What is in progress is finished, and that includes the runs its host functions start.
    if (this.#closing && nesting === 0) throw gone("closed");
    const times = new RunTimes();
    checkRunOptions(source, given);
    const { journal } = given;
    // Nothing is awaited without one: a run takes its place in the line when it is asked for.
    if (journal === undefined) return this.#run(source, given, null, nesting, times);
    const journaled = await openJournal({ ...given, journal }, this.#options.placement);
    try {
      if (this.#disposal) throw gone("disposed");
      return await this.#run(source, given, journaled, nesting, times);
    } finally {
      await journaled.close();
    }
  }

  async #run(
    source: string,
    given: GivenRunOptions,
    journaled: JournaledRun | null,
    nesting: number,
    times: RunTimes,
  ): Promise<RunResult> {
    const options = withRecordedInput(journaled, given);
    const { registry, regional, runner, telemetry } = this.#parts;
    if (this.#options.isolation === "none") expectSameZone(regional);
    const limits = options.limits ? tightenLimits(this.limits, options.limits) : this.limits;
    const kind = kindOfRun(registry, options.kind);
    const script = this.#script(source, options, limits, kind);
    const { placement } = this.#options;
    const { context } = options;
    const sentContext =
      placement === "worker" && context !== undefined ? sendContext(context, limits.payloadBytes) : undefined;
    const runId = options.runId ?? randomUUID();
    const span = telemetry?.startRun({ runId, filename: script.filename });
    const { signal, release } = this.#startRun(options.signal);
    const modules = this.#modules(script.filename, runId, limits, options);
    const mayWait = journaled !== null;
    const mine = { id: runId, signal, limits, context, nesting, sentContext, modules, mayWait };
    const host = createHostRun({ ...this.#hostRunOptions(span?.onCall), ...mine });
    const refusal =
      checkContractPin(source, script.filename, registry) ??
      checkKind(source, script.filename, registry, kind) ??
      this.#typecheck(source, options, host);
    const began = (): void => {
      times.begin();
      this.#runs++;
    };
    let end: RunEnd;
    let waits: readonly Wait[] = [];
    try {
      if (refusal) end = { kind: "error", error: refusal, usage: nothing };
      else if (journaled === null) end = await run(runner, script, host, began);
      else {
        const identity = identityOf(script, options, registry, regional);
        const canHold = this.#options.isolation !== "none";
        const started = await startJournal(journaled, identity, {
          host,
          registry,
          canHold,
          wallMs: limits.wallMs,
        });
        ({ end, waits } = await runRecorded(started, (recording, replay) =>
          run(runner, { ...script, replay }, recording, began),
        ));
      }
    } catch (error) {
      release();
      host.end(error);
      span?.end({ status: "error", code: codeOf(error), calls: 0, times: times.end() });
      throw error;
    }
    release();
    host.end(endReason(end));
    if (end.kind === "busy") {
      const { message } = end.error;
      span?.end({ status: "busy", code: "ERR_SANDBOX_BUSY", calls: 0, times: times.end() });
      throw new SandboxError("ERR_SANDBOX_BUSY", message);
    }
    const result = toResult(end, times.end(), host, { limits, registry, kind, waits });
    span?.end({
      status: result.status,
      code: result.status === "ok" ? undefined : (result.error.code ?? result.error.name),
      calls: result.stats.calls,
      times: result.stats,
    });
    return result;
  }

  close(): Promise<void> {
    this.#closing ??= this.#drain();
    return this.#closing;
  }

  async #drain(): Promise<void> {
    if (this.#running.size > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
    await this.dispose();
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #dispose(): Promise<void> {
    const reason = gone("disposed");
    this.#unwatch?.();
    for (const controller of this.#running) controller.abort(reason);
    await outside(() => this.#parts.runner.dispose());
  }

  /**
   * The signal of one run: the caller's, or disposal. Linked by hand and unlinked at the end, because a caller may pass one
   * long-lived signal to a million runs.
   */
  #startRun(caller: AbortSignal | undefined): { signal: AbortSignal; release: () => void } {
    const controller = new AbortController();
    const forward = (): void => controller.abort(caller?.reason);
    if (caller?.aborted) forward();
    else caller?.addEventListener("abort", forward, { once: true });
    this.#running.add(controller);
    return {
      signal: controller.signal,
      release: () => {
        caller?.removeEventListener("abort", forward);
        this.#running.delete(controller);
        if (this.#running.size === 0) this.#drained();
      },
    };
  }

  #script(
    source: string,
    options: GivenRunOptions,
    limits: ResolvedLimits,
    kind: RegistryScript | null,
  ): GuestScript {
    const filename = options.filename ?? "script.js";
    const { globals, registry } = this.#parts;
    const isGiven = "input" in options || (kind !== null && kind.input !== null);
    const input = kind ? givenInput(kind, registry, options.input, limits.payloadBytes) : options.input;
    const values = isGiven ? { ...globals, input } : globals;
    const tightened = guestLimitsChanged(this.limits, limits);
    return {
      source,
      filename,
      language: options.language ?? (options.filename === undefined ? "auto" : languageOf(filename)),
      globals: encodeGlobals(values, limits.payloadBytes),
      onDetached: options.onDetached ?? this.#options.onDetached ?? "error",
      ...(options.modules === undefined
        ? {}
        : { imports: options.dynamicImport === true ? "dynamic" : "static" }),
      ...(tightened ? { limits: tightened } : {}),
    };
  }

  #modules(
    filename: string,
    runId: string,
    limits: ResolvedLimits,
    { modules, context }: GivenRunOptions,
  ): ModuleHost | undefined {
    if (modules === undefined) return undefined;
    const { onError, errors = "show" } = this.#options;
    let failures = 0;
    return createModuleHost({
      modules,
      filename,
      limits,
      runId,
      context,
      errors,
      report(failure) {
        const id = `${runId}-module-${++failures}`;
        notify(onError, { ...failure, id, runId, context, path: [] });
        return id;
      },
    });
  }

  /** What the run ends with when its script does not fit the declaration; `null` also where that is only said on its console. */
  #typecheck(source: string, options: GivenRunOptions, host: OwnedHostRun): RunError | null {
    // Types of modules are not known here: their loader is the run's.
    if (this.#parts.typecheck === null || options.modules !== undefined) return null;
    const error = this.#parts.typecheck(source, options.filename ?? "script.ts", options.kind);
    if (error === null || this.#options.typecheck === "error") return error;
    host.console("warn", error.message);
    return null;
  }

  /** What all runs have in common. */
  #hostRunOptions(
    spans: CallHook | undefined,
  ): Pick<HostRunOptions, "registry" | "hooks" | "errors" | "validateResults"> {
    const { onConsole, onError, onCall, approve, errors, validateResults } = this.#options;
    return {
      registry: this.#parts.registry,
      hooks: { approve, onConsole, onError, onCall: compose(spans, onCall) },
      errors: errors ?? "show",
      validateResults: validateResults ?? (process.env["NODE_ENV"] === "production" ? "off" : "error"),
    };
  }
}

function guestLimitsChanged(allowed: ResolvedLimits, wanted: ResolvedLimits): GuestLimits | null {
  const limits = limitsOf("guest", wanted);
  const names = Object.keys(limits) as (keyof GuestLimits)[];
  return names.some((name) => limits[name] !== allowed[name]) ? limits : null;
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "Error";
}

function gone(how: "closed" | "disposed"): SandboxError {
  return new SandboxError("ERR_SANDBOX_DISPOSED", `The sandbox has been ${how}.`);
}

/** What the contexts of calls hear that are still open when the run ends. */
function endReason(end: RunEnd): unknown {
  return end.kind === "ok" || end.kind === "error"
    ? new DOMException("The run has ended.", "AbortError")
    : new DOMException(end.error.message, end.kind === "timeout" ? "TimeoutError" : "AbortError");
}

/** What a run is held to. */
interface Expected {
  readonly limits: ResolvedLimits;
  readonly registry: Registry;
  readonly kind: RegistryScript | null;
  /** What a suspended run waits for. */
  readonly waits: readonly Wait[];
}

function toResult(
  end: Exclude<RunEnd, RefusedRun>,
  times: RunTimeStats,
  host: OwnedHostRun,
  { limits, registry, kind, waits }: Expected,
): RunResult {
  const stats = runStats(times, end.usage, host.usage);
  if (end.kind === "aborted") return { status: "aborted", error: abortedError(host.signal.reason), stats };
  if (end.kind === "suspended") return { status: end.kind, error: runError(end.error), waits, stats };
  if (end.kind !== "ok") {
    // What a journal says is ours, and known as such: a script may throw errors with the same code.
    const error = isOfJournal(end.error) ? end.error : runError(end.error);
    return { status: end.kind, error, stats };
  }
  const decoded = decode(end.exports, limits.payloadBytes);
  if (decoded.ok && typeof decoded.value === "object" && decoded.value !== null) {
    const exports = decoded.value as { readonly [name: string]: unknown };
    if (kind === null || kind.result === null) return { status: "ok", exports, stats };
    const result = scriptResult(kind, registry, exports["default"], decoded.bytes);
    if (!result.ok) return { status: "error", error: result.error, stats };
    // A script that exports nothing as default has nothing of that name.
    if (!Object.hasOwn(exports, "default")) return { status: "ok", exports, stats };
    return { status: "ok", exports: { ...exports, default: result.value }, stats };
  }
  if (!decoded.ok && decoded.reason === "too-large") {
    const message = `the exports: the payload is larger than the limit of ${limits.payloadBytes} bytes`;
    const error = { name: "RangeError", code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE", message, stack: "" };
    return { status: "error", error, stats };
  }
  const message = "The exports of the script arrived damaged.";
  return {
    status: "crashed",
    error: { name: "Error", code: "ERR_SANDBOX_CRASHED", message, stack: "" },
    stats,
  };
}

const nothing: GuestUsage = { cpuMs: 0, heapBytes: 0 };

async function run(runner: Runner, script: GuestScript, host: HostRun, began: () => void): Promise<RunEnd> {
  try {
    return await outside(() => runner.run(script, host, began));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The run could not be carried out: ${why}`;
    return {
      kind: "crashed",
      error: { name: "Error", code: "ERR_SANDBOX_CRASHED", message, stack: "" },
      usage: nothing,
    };
  }
}
