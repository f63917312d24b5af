/**
 * `isobind/secure-exec`: the drop-in facade for programs written for the custom bindings of secure-exec 0.2.1.
 */
export { NodeRuntime, type NodeRuntimeOptions } from "./node-runtime.ts";
export {
  createNodeDriver,
  createNodeRuntimeDriverFactory,
  type NodeRuntimeDriverFactory,
  type NodeRuntimeDriverFactoryOptions,
} from "./driver.ts";
export {
  NodeExecutionDriver,
  type NodeExecutionDriverOptions,
  type NodeRuntimeDriver,
} from "./execution-driver.ts";
export { createNodeRuntime, type KernelNodeRuntimeOptions } from "./node-command.ts";
export {
  createKernel,
  type Kernel,
  type KernelOptions,
  type ManagedProcess,
  type SpawnOptions,
} from "./kernel.ts";
export { createInMemoryFileSystem, type VirtualFileSystem } from "./in-memory-files.ts";
export type {
  DriverProcess,
  FileReader,
  KernelInterface,
  KernelRuntimeDriver,
  ProcessContext,
} from "./kernel-driver.ts";
export type {
  DriverRuntimeConfig,
  ExecOptions,
  ResourceBudgets,
  RuntimeDriverOptions,
  StdioChannel,
  StdioEvent,
  StdioHook,
  SystemDriver,
  TimingMitigation,
} from "./options.ts";
export type { ExecResult, RunResult } from "./results.ts";
export * from "./not-offered.ts";
export { toBindingTree } from "./binding-tree.ts";
export { UnsupportedError } from "./unsupported.ts";
export type { BindingFunction, BindingTree } from "../model/registry.ts";
