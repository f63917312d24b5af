/**
 * Makes the two drivers that a `NodeRuntime` is put together from. Here the system driver holds no powers, and the runtime
 * driver is a sandbox of ours.
 */
import type { OptionNames } from "../runtime/known-options.ts";
import { NodeExecutionDriver, type NodeRuntimeDriver } from "./execution-driver.ts";
import { powers, type RuntimeDriverOptions, type SystemDriver } from "./options.ts";
import { refuseOptions } from "./unsupported.ts";

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
  return { runtime: { process: {}, os: {} } };
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
  return { createRuntimeDriver: (options) => new NodeExecutionDriver({ ...factory, ...options }) };
}
