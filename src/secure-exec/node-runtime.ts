/**
 * Holds `NodeRuntime`, the class that programs written for secure-exec construct. What it offers behaves as the original documents it;
 * what it does not offer says so.
 */
import { SandboxError } from "../runtime/errors.ts";
import type { OptionNames } from "../runtime/known-options.ts";
import type { NodeRuntimeDriverFactory } from "./driver.ts";
import type { NodeRuntimeDriver } from "./execution-driver.ts";
import {
  driverOptions,
  powers,
  type ExecOptions,
  type RuntimeDriverOptions,
  type SystemDriver,
  type WithGlobals,
} from "./options.ts";
import type { ExecResult, RunResult } from "./results.ts";
import { noHandle, refuseOptions, UnsupportedError } from "./unsupported.ts";

export interface NodeRuntimeOptions extends Omit<RuntimeDriverOptions, "system" | "runtime"> {
  readonly systemDriver: SystemDriver;
  readonly runtimeDriverFactory: NodeRuntimeDriverFactory;
}

const { system: _system, runtime: _runtime, ...shared } = driverOptions;
const runtimeOptions: OptionNames<NodeRuntimeOptions> = {
  ...shared,
  systemDriver: true,
  runtimeDriverFactory: true,
};

/**
 * Runs scripts against bindings, each in a fresh isolate.
 *
 * @example
 * const runtime = new NodeRuntime({
 *   systemDriver: createNodeDriver(),
 *   runtimeDriverFactory: createNodeRuntimeDriverFactory(),
 *   bindings: { greet: (name: string) => `Hello, ${name}!` },
 * });
 * const { code, exports } = await runtime.run(`export default SecureExec.bindings.greet("Ada")`);
 * await runtime.terminate();
 */
export class NodeRuntime<Globals = unknown> {
  readonly #driver: NodeRuntimeDriver;

  constructor(given: WithGlobals<NodeRuntimeOptions, Globals>) {
    const options = given as unknown as NodeRuntimeOptions;
    refuseOptions("NodeRuntime", options, runtimeOptions, powers);
    const { systemDriver, runtimeDriverFactory, ...rest } = options;
    if (typeof systemDriver !== "object" || typeof runtimeDriverFactory?.createRuntimeDriver !== "function") {
      throw new SandboxError(
        "ERR_SANDBOX_OPTION",
        "NodeRuntime: `systemDriver` and `runtimeDriverFactory` are needed. createNodeDriver() and " +
          "createNodeRuntimeDriverFactory() make them.",
      );
    }
    // The original hands `runtime` to the factory, and factories that construct a `NodeExecutionDriver` pass it on.
    this.#driver = runtimeDriverFactory.createRuntimeDriver({
      ...rest,
      system: systemDriver,
      runtime: systemDriver.runtime,
    });
  }

  /** Runs a script and gives its exports. Never rejects for what the script did. */
  run<T = unknown>(code: string, filePath?: string): Promise<RunResult<T>> {
    return this.#driver.run<T>(code, filePath);
  }

  /** Runs a script for its effects. */
  exec(code: string, options?: ExecOptions): Promise<ExecResult> {
    return this.#driver.exec(code, options);
  }

  dispose(): void {
    this.#driver.dispose();
  }

  /** Ends everything and waits for the end. */
  terminate(): Promise<void> {
    return this.#driver.terminate();
  }

  get network(): never {
    throw new UnsupportedError(noHandle.network);
  }

  get __unsafeIsoalte(): never {
    throw new UnsupportedError(noHandle.isolate);
  }

  __unsafeCreateContext(): never {
    throw new UnsupportedError(noHandle.context);
  }

  /** How secure-exec 0.3 makes one. Throws an `UnsupportedError` that says how it is done here. */
  static create(): never {
    throw new UnsupportedError(
      "`NodeRuntime.create` is not supported: it belongs to secure-exec 0.3. Write `new NodeRuntime({ systemDriver: createNodeDriver(), " +
        "runtimeDriverFactory: createNodeRuntimeDriverFactory(), bindings })`.",
    );
  }
}
