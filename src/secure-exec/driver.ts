/**
 * Makes the two drivers that a `NodeRuntime` is put together from. Here the system driver holds no powers, and the runtime
 * driver is a sandbox of ours.
 */
import type { BindingTree, Registry } from "../contract/registry.ts";
import { toRegistry } from "../runtime/load-registry.ts";
import type { OptionNames } from "../runtime/known-options.ts";
import { resolveLimits, tightenLimits, type Limits } from "../runtime/limits.ts";
import { createSandbox, type Sandbox } from "../runtime/sandbox.ts";
import { SandboxError } from "../runtime/errors.ts";
import type { ConsoleEvent } from "../runtime/host/hooks.ts";
import { prepare } from "./commonjs.ts";
import { toRunResult, type ExecResult, type RunResult } from "./results.ts";
import { refuseOptions } from "./unsupported.ts";

export type TimingMitigation = "off" | "freeze";

export interface StdioEvent {
  readonly channel: "stdout" | "stderr";
  /** With its line end. */
  readonly message: string;
}
export type StdioHook = (event: StdioEvent) => void;

export interface ExecOptions {
  readonly filePath?: string;
  /** May tighten the runtime's own limit. */
  readonly cpuTimeLimitMs?: number;
  readonly timingMitigation?: TimingMitigation;
  readonly onStdio?: StdioHook;
}

/** A system without powers: nothing of the host is reachable but bindings. */
export interface SystemDriver {
  readonly kind: "isobind-system";
}

export interface RuntimeDriverOptions {
  readonly system: SystemDriver;
  readonly bindings?: BindingTree | Registry;
  /** MiB. Default: 128. */
  readonly memoryLimit?: number;
  /** Default: 5000, and the same for waiting as long as it is below 30 s. */
  readonly cpuTimeLimitMs?: number;
  readonly timingMitigation?: TimingMitigation;
  readonly onStdio?: StdioHook;
  readonly payloadLimits?: {
    /** Accepted for compatibility: it limits file transfers, and there are none. */
    readonly base64TransferBytes?: number;
    readonly jsonPayloadBytes?: number;
  };
  readonly resourceBudgets?: {
    readonly maxOutputBytes?: number;
    readonly maxBridgeCalls?: number;
    /** Accepted for compatibility: scripts have no timers. */
    readonly maxTimers?: number;
    /** Accepted for compatibility: scripts have no child processes. */
    readonly maxChildProcesses?: number;
    /** Accepted for compatibility: scripts have no handles. */
    readonly maxHandles?: number;
  };
}

const driverOptions: OptionNames<RuntimeDriverOptions> = {
  system: true,
  bindings: true,
  memoryLimit: true,
  cpuTimeLimitMs: true,
  timingMitigation: true,
  onStdio: true,
  payloadLimits: true,
  resourceBudgets: true,
};
const payloadLimits: OptionNames<NonNullable<RuntimeDriverOptions["payloadLimits"]>> = {
  base64TransferBytes: true,
  jsonPayloadBytes: true,
};
const resourceBudgets: OptionNames<NonNullable<RuntimeDriverOptions["resourceBudgets"]>> = {
  maxOutputBytes: true,
  maxBridgeCalls: true,
  maxTimers: true,
  maxChildProcesses: true,
  maxHandles: true,
};
const execOptions: OptionNames<ExecOptions> = {
  filePath: true,
  cpuTimeLimitMs: true,
  timingMitigation: true,
  onStdio: true,
};

/** What `NodeRuntime` and `createNodeDriver` of the original take that would give a script powers. */
const powers = {
  filesystem: "filesystem",
  moduleAccess: "host packages",
  networkAdapter: "network",
  useDefaultNetwork: "network",
  loopbackExemptPorts: "network",
  commandExecutor: "child processes",
  permissions:
    "filesystem, network, child processes or environment, so there is nothing to permit; scripts get no powers",
  processConfig: "`process`",
  osConfig: "`os`",
};

export interface NodeRuntimeDriver {
  run<T = unknown>(code: string, filePath?: string): Promise<RunResult<T>>;
  exec(code: string, options?: ExecOptions): Promise<ExecResult>;
  dispose(): void;
  terminate(): Promise<void>;
}

export interface NodeRuntimeDriverFactory {
  createRuntimeDriver(options: RuntimeDriverOptions): NodeRuntimeDriver;
}

export interface NodeRuntimeDriverFactoryOptions {
  /** Where isolates live, as in `createSandbox`. Default: `process`. */
  readonly isolation?: "process" | "none";
}

/** A system driver. Options that would give a script powers are refused by name. */
export function createNodeDriver(options: object = {}): SystemDriver {
  refuseOptions("createNodeDriver", options, {}, powers);
  return { kind: "isobind-system" };
}

/** A factory of runtime drivers, each a sandbox of its own. */
export function createNodeRuntimeDriverFactory(
  factory: NodeRuntimeDriverFactoryOptions = {},
): NodeRuntimeDriverFactory {
  refuseOptions(
    "createNodeRuntimeDriverFactory",
    factory,
    { isolation: true } satisfies OptionNames<NodeRuntimeDriverFactoryOptions>,
    { createIsolate: "isolates of the host's making" },
  );
  return { createRuntimeDriver: (options) => new SandboxDriver(options, factory) };
}

class SandboxDriver implements NodeRuntimeDriver {
  readonly #options: RuntimeDriverOptions;
  readonly #limits: Required<Limits>;
  readonly #open: () => Promise<Sandbox>;
  /** Output of concurrent runs is told apart by the file each run was given; `onStdio` of `exec` belongs to one run. */
  readonly #stdio = new Map<string, StdioHook>();
  #sandbox: Promise<Sandbox> | undefined;
  #disposed = false;

  constructor(options: RuntimeDriverOptions, factory: NodeRuntimeDriverFactoryOptions) {
    refuseOptions("NodeRuntime", options, driverOptions, powers);
    if (options.payloadLimits) refuseOptions("payloadLimits", options.payloadLimits, payloadLimits);
    if (options.resourceBudgets) refuseOptions("resourceBudgets", options.resourceBudgets, resourceBudgets);
    this.#options = options;
    this.#limits = resolveLimits(limitsOf(options));
    // Bindings are judged where they are given: a bad name is an error of the constructor, not of the first run.
    const registry = toRegistry(options.bindings ?? {});
    this.#open = () =>
      createSandbox({
        registry,
        limits: this.#limits,
        // The original's runs go on until nothing is pending.
        onDetached: "wait",
        isolation: factory.isolation ?? "process",
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
      });
      return toRunResult<T>(result, commonjs);
    } finally {
      this.#stdio.delete(runId);
    }
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
