/**
 * Holds `NodeExecutionDriver`: a sandbox behind the interface of secure-exec's drivers. `NodeRuntime` and `createNodeRuntime` run their
 * scripts in one.
 */
import { checkGlobals } from "../runtime/globals.ts";
import { toRegistry } from "../runtime/load-registry.ts";
import { resolveLimits, tightenLimits, type Limits } from "../runtime/limits.ts";
import { createSandbox, type Sandbox } from "../runtime/sandbox.ts";
import { SandboxError } from "../runtime/errors.ts";
import type { ConsoleEvent } from "../runtime/host/hooks.ts";
import { prepare } from "./commonjs.ts";
import {
  driverOptions,
  execOptions,
  payloadLimits,
  powers,
  resourceBudgets,
  type ExecOptions,
  type RuntimeDriverOptions,
  type StdioHook,
  type WithGlobals,
} from "./options.ts";
import { toRunResult, type ExecResult, type RunResult } from "./results.ts";
import { noHandle, refuseOptions, UnsupportedError } from "./unsupported.ts";

export interface NodeRuntimeDriver {
  run<T = unknown>(code: string, filePath?: string): Promise<RunResult<T>>;
  exec(code: string, options?: ExecOptions): Promise<ExecResult>;
  dispose(): void;
  terminate(): Promise<void>;
}

export interface NodeExecutionDriverOptions extends RuntimeDriverOptions {
  /** Where isolates live, as in `createSandbox`. Default: `process`. The original has no such option. */
  readonly isolation?: "process" | "none";
}

/** What the original's driver takes from its kernel, and what no driver here has. */
const kernelPowers = {
  createIsolate: "isolates of the host's making",
  onPtySetRawMode: "terminal",
  liveStdinSource: "standard input",
  socketTable: "network",
  processTable: "processes",
  timerTable: "timers",
  pid: "processes",
};

/**
 * Runs scripts against bindings, each in a fresh isolate. The lower level of `NodeRuntime`: in secure-exec 0.2.1 it is the one that takes
 * `bindings`.
 *
 * @example
 * const system = createNodeDriver();
 * const driver = new NodeExecutionDriver({ system, runtime: system.runtime, bindings: { add: (a: number, b: number) => a + b } });
 * const { exports } = await driver.run(`module.exports = SecureExec.bindings.add(1, 2)`);
 * await driver.terminate();
 */
export class NodeExecutionDriver<Globals = unknown> implements NodeRuntimeDriver {
  readonly #options: RuntimeDriverOptions;
  readonly #limits: Required<Limits>;
  readonly #open: () => Promise<Sandbox>;
  /** Output of concurrent runs is told apart by the file each run was given; `onStdio` of `exec` belongs to one run. */
  readonly #stdio = new Map<string, StdioHook>();
  #sandbox: Promise<Sandbox> | undefined;
  #disposed = false;

  constructor(given: WithGlobals<NodeExecutionDriverOptions, Globals>) {
    // What the types say of globals is checked beside the registry.
    const options = given as unknown as NodeExecutionDriverOptions;
    refuseOptions(
      "NodeExecutionDriver",
      options,
      { ...driverOptions, isolation: true },
      { ...powers, ...kernelPowers },
    );
    refuseSystem(options);
    if (options.payloadLimits) refuseOptions("payloadLimits", options.payloadLimits, payloadLimits);
    if (options.resourceBudgets) refuseOptions("resourceBudgets", options.resourceBudgets, resourceBudgets);
    this.#options = options;
    this.#limits = resolveLimits(limitsOf(options));
    // Bindings are judged where they are given: a bad name is an error of the constructor, not of the first run.
    const registry = toRegistry(options.bindings ?? {});
    const globals = checkGlobals(options.globals, this.#limits.payloadBytes, registry);
    this.#open = () =>
      createSandbox({
        registry,
        globals,
        limits: this.#limits,
        // The original's runs go on until nothing is pending.
        onDetached: "wait",
        isolation: options.isolation ?? "process",
        onConsole: (event) => this.#print(event),
      });
  }

  run<T = unknown>(code: string, filePath?: string): Promise<RunResult<T>> {
    return this.#run<T>(code, filePath === undefined ? {} : { filePath });
  }

  async exec(code: string, options: ExecOptions = {}): Promise<ExecResult> {
    refuseOptions("exec", options, execOptions, {
      env: "environment",
      cwd: "filesystem",
      stdin: "standard input",
    });
    const { code: exitCode, errorMessage } = await this.#run(code, options);
    return errorMessage === undefined ? { code: exitCode } : { code: exitCode, errorMessage };
  }

  dispose(): void {
    // The original's `dispose` is synchronous. Whoever wants to know when everything is gone awaits `terminate`.
    this.terminate().catch(() => {});
  }

  async terminate(): Promise<void> {
    this.#disposed = true;
    const sandbox = await this.#sandbox?.catch(() => undefined);
    await sandbox?.dispose();
  }

  async #run<T>(code: string, options: ExecOptions): Promise<RunResult<T>> {
    if (this.#disposed) throw new SandboxError("ERR_SANDBOX_DISPOSED", "The runtime has been disposed.");
    const { cpuTimeLimitMs, filePath } = options;
    const limits = cpuTimeLimitMs === undefined ? undefined : timeLimits(cpuTimeLimitMs);
    if (limits) tightenLimits(this.#limits, limits);
    this.#sandbox ??= this.#open();
    const sandbox = await this.#sandbox;
    const mitigation = options.timingMitigation ?? this.#options.timingMitigation ?? "freeze";
    const { source, commonjs } = prepare(code, mitigation === "freeze" ? Date.now() : null);
    const runId = crypto.randomUUID();
    if (options.onStdio) this.#stdio.set(runId, options.onStdio);
    try {
      const result = await sandbox.run(source, {
        runId,
        ...(filePath === undefined ? {} : { filename: filePath, language: "auto" }),
        ...(limits ? { limits } : {}),
        ...(options.signal ? { signal: options.signal } : {}),
      });
      return toRunResult<T>(result, commonjs);
    } finally {
      this.#stdio.delete(runId);
    }
  }

  get network(): never {
    throw new UnsupportedError(noHandle.network);
  }

  get unsafeIsolate(): never {
    throw new UnsupportedError(noHandle.isolate);
  }

  createUnsafeContext(): never {
    throw new UnsupportedError(noHandle.context);
  }

  #print({ level, text, runId }: ConsoleEvent): void {
    const channel = level === "warn" || level === "error" ? "stderr" : "stdout";
    (this.#stdio.get(runId) ?? this.#options.onStdio)?.({ channel, message: `${text}\n` });
  }
}

function limitsOf(options: RuntimeDriverOptions): Limits {
  const { memoryLimit, cpuTimeLimitMs, payloadLimits, resourceBudgets } = options;
  return {
    ...(memoryLimit === undefined ? {} : { memoryMb: memoryLimit }),
    ...(cpuTimeLimitMs === undefined ? {} : timeLimits(cpuTimeLimitMs)),
    ...(payloadLimits?.jsonPayloadBytes === undefined
      ? {}
      : { payloadBytes: payloadLimits.jsonPayloadBytes }),
    ...(resourceBudgets?.maxOutputBytes === undefined
      ? {}
      : { consoleBytes: resourceBudgets.maxOutputBytes }),
    ...(resourceBudgets?.maxBridgeCalls === undefined ? {} : { calls: resourceBudgets.maxBridgeCalls }),
  };
}

/** The original has one clock; a script that waits for ever must end by it too. */
function timeLimits(cpuTimeLimitMs: number): Limits {
  return { cpuMs: cpuTimeLimitMs, wallMs: Math.max(cpuTimeLimitMs, 30_000) };
}

/** A driver of the original may hold powers; it must not be taken for one without. */
function refuseSystem({ system, runtime }: RuntimeDriverOptions): void {
  refuseOptions("system", system, { runtime: true }, { ...powers, network: "network" });
  const config = runtime ?? system.runtime;
  if (config === undefined) return;
  refuseOptions("runtime", config, { process: true, os: true });
  if (config.process)
    refuseOptions("runtime.process", config.process, {}, named(config.process, "`process`"));
  if (config.os) refuseOptions("runtime.os", config.os, {}, named(config.os, "`os`"));
}

function named(options: object, power: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(options).map((name) => [name, power]));
}
