/**
 * Declares the options of the drivers and of one run, and names of those that would give a script powers. They stand apart
 * because `NodeRuntime`, `NodeExecutionDriver` and `createNodeRuntime` share them.
 */
import type { BindingTree, Registry } from "../model/registry.ts";
import type { OptionNames } from "../runtime/known-options.ts";
import type { GlobalsOption } from "../runtime/sandbox-options.ts";
import { noPermissions } from "./unsupported.ts";

export type TimingMitigation = "off" | "freeze";

export type StdioChannel = "stdout" | "stderr";

export interface StdioEvent {
  readonly channel: StdioChannel;
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
  /** Ends the run when it is aborted. The original has no such option. */
  readonly signal?: AbortSignal;
}

/** What the original tells a script of `process` and `os`: nothing here, because a script has neither. */
export interface DriverRuntimeConfig {
  readonly process: Readonly<Record<string, never>>;
  readonly os: Readonly<Record<string, never>>;
}

/** A system without powers: nothing of the host is reachable but bindings. */
export interface SystemDriver {
  readonly runtime: DriverRuntimeConfig;
}

export interface ResourceBudgets {
  readonly maxOutputBytes?: number;
  readonly maxBridgeCalls?: number;
  /** Accepted for compatibility: scripts have no timers. */
  readonly maxTimers?: number;
  /** Accepted for compatibility: scripts have no child processes. */
  readonly maxChildProcesses?: number;
  /** Accepted for compatibility: scripts have no handles. */
  readonly maxHandles?: number;
}

/** Options of a driver whose globals are those that its registry lists. The original has none. */
export type WithGlobals<Options, Globals> = Omit<Options, "bindings" | "globals"> & {
  readonly bindings?: BindingTree | Registry<unknown, Globals>;
} & GlobalsOption<NoInfer<Globals>>;

export interface RuntimeDriverOptions {
  readonly system: SystemDriver;
  /** `system.runtime`. */
  readonly runtime?: DriverRuntimeConfig;
  readonly bindings?: BindingTree | Registry;
  /** Frozen data every script finds in its global scope, as in `createSandbox`. The original has no such option. */
  readonly globals?: Readonly<Record<string, unknown>>;
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
  readonly resourceBudgets?: ResourceBudgets;
}

export const driverOptions: OptionNames<RuntimeDriverOptions> = {
  system: true,
  runtime: true,
  bindings: true,
  globals: true,
  memoryLimit: true,
  cpuTimeLimitMs: true,
  timingMitigation: true,
  onStdio: true,
  payloadLimits: true,
  resourceBudgets: true,
};
export const payloadLimits: OptionNames<NonNullable<RuntimeDriverOptions["payloadLimits"]>> = {
  base64TransferBytes: true,
  jsonPayloadBytes: true,
};
export const resourceBudgets: OptionNames<ResourceBudgets> = {
  maxOutputBytes: true,
  maxBridgeCalls: true,
  maxTimers: true,
  maxChildProcesses: true,
  maxHandles: true,
};
export const execOptions: OptionNames<ExecOptions> = {
  filePath: true,
  cpuTimeLimitMs: true,
  timingMitigation: true,
  onStdio: true,
  signal: true,
};

/** What `NodeRuntime` and `createNodeDriver` of the original take that would give a script powers. */
export const powers = {
  filesystem: "filesystem",
  moduleAccess: "host packages",
  networkAdapter: "network",
  useDefaultNetwork: "network",
  loopbackExemptPorts: "network",
  commandExecutor: "child processes",
  permissions: noPermissions,
  processConfig: "`process`",
  osConfig: "`os`",
};
