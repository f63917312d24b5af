/**
 * `isobind/secure-exec`: the drop-in facade for programs written for secure-exec's custom bindings.
 */
export { NodeRuntime, type NodeRuntimeOptions } from "./node-runtime.ts";
export {
  createNodeDriver,
  createNodeRuntimeDriverFactory,
  type ExecOptions,
  type NodeRuntimeDriver,
  type NodeRuntimeDriverFactory,
  type NodeRuntimeDriverFactoryOptions,
  type StdioEvent,
  type StdioHook,
  type SystemDriver,
  type TimingMitigation,
} from "./driver.ts";
export type { ExecResult, RunResult } from "./results.ts";
export { toBindingTree } from "./binding-tree.ts";
export { UnsupportedError } from "./unsupported.ts";
export type { BindingFunction, BindingTree } from "../contract/registry.ts";
