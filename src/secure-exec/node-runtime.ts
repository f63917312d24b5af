/**
 * Holds `NodeRuntime`, the class that programs written for secure-exec construct. What it offers behaves as the original documents it;
 * what it does not offer says so.
 */
import type {
  NodeRuntimeDriver,
  NodeRuntimeDriverFactory,
  RuntimeDriverOptions,
  SystemDriver,
} from "./driver.ts";
import type { ExecOptions } from "./driver.ts";
import type { ExecResult, RunResult } from "./results.ts";
import { UnsupportedError } from "./unsupported.ts";

export interface NodeRuntimeOptions extends Omit<RuntimeDriverOptions, "system"> {
  readonly systemDriver: SystemDriver;
  readonly runtimeDriverFactory: NodeRuntimeDriverFactory;
}

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
export class NodeRuntime {
  readonly #driver: NodeRuntimeDriver;

  constructor(options: NodeRuntimeOptions) {
    const { systemDriver, runtimeDriverFactory, ...rest } = options;
    this.#driver = runtimeDriverFactory.createRuntimeDriver({ ...rest, system: systemDriver });
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
    throw new UnsupportedError(
      "`network` is not supported: scripts get no network here. Offer a binding that fetches.",
    );
  }

  get __unsafeIsoalte(): never {
    throw new UnsupportedError("The isolate is not reachable: a handle to it is a way into the host.");
  }

  __unsafeCreateContext(): never {
    throw new UnsupportedError("Contexts are not reachable: a handle to one is a way into the host.");
  }
}
