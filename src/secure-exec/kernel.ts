/**
 * Holds `createKernel`: what is left of secure-exec's kernel without a shell, a network and child processes: files for
 * scripts to be started from, and processes of the commands mounted into it.
 */
import type { OptionNames } from "../runtime/known-options.ts";
import { SandboxError } from "../runtime/errors.ts";
import { createInMemoryFileSystem, type VirtualFileSystem } from "./in-memory-files.ts";
import type { KernelRuntimeDriver, ProcessContext } from "./kernel-driver.ts";
import { noPermissions, refuseOptions, UnsupportedError } from "./unsupported.ts";

export interface KernelOptions {
  /** Where `node <file>` finds files. Scripts cannot reach it. Default: an empty one. */
  readonly filesystem?: VirtualFileSystem;
  /** What relative paths of scripts start at. Default: `/`. */
  readonly cwd?: string;
}

export type SpawnOptions = ProcessContext;

export interface ManagedProcess {
  readonly pid: number;
  /** `null` while it runs. */
  readonly exitCode: number | null;
  /** Ends the process with 128 and the signal's number. Default: 15. */
  kill(signal?: number): void;
  /** The exit code: 0; 1 with a message on stderr; 124 when time is up. */
  wait(): Promise<number>;
}

export interface Kernel {
  mount(driver: KernelRuntimeDriver): Promise<void>;
  spawn(command: string, args: string[], options?: SpawnOptions): ManagedProcess;
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  exists(path: string): Promise<boolean>;
  removeFile(path: string): Promise<void>;
  /** Throws an `UnsupportedError`: there is no shell. */
  exec(command: string): never;
  /** Ends everything and waits for the end. */
  dispose(): Promise<void>;
}

const kernelOptions: OptionNames<KernelOptions> = { filesystem: true, cwd: true };
const kernelPowers = {
  permissions: noPermissions,
  env: "environment",
  maxProcesses: "processes of their own",
  hostNetworkAdapter: "network",
  logger: "kernel whose calls could be logged",
  mounts: "filesystem",
};
const spawnOptions: OptionNames<SpawnOptions> = { cwd: true, onStdout: true, onStderr: true };
const spawnPowers = {
  env: "environment",
  stdin: "standard input",
  streamStdin: "standard input",
  stdinFd: "file descriptors",
  stdoutFd: "file descriptors",
  stderrFd: "file descriptors",
  stdio: "terminal",
  timeout: "time limits but `cpuTimeLimitMs` of createNodeRuntime",
};

/** A kernel to mount `createNodeRuntime` into, which has the example. */
export function createKernel(options: KernelOptions = {}): Kernel {
  refuseOptions("createKernel", options, kernelOptions, kernelPowers);
  const files = options.filesystem ?? createInMemoryFileSystem();
  const drivers = new Map<string, KernelRuntimeDriver>();
  let processes = 0;
  let isDisposed = false;
  const refuseDisposed = (): void => {
    if (isDisposed) throw new SandboxError("ERR_SANDBOX_DISPOSED", "The kernel has been disposed.");
  };
  return {
    async mount(driver) {
      refuseDisposed();
      await driver.init({ vfs: files });
      for (const command of driver.commands) drivers.set(command, driver);
    },
    spawn(command, args, spawned = {}) {
      refuseDisposed();
      refuseOptions("spawn", spawned, spawnOptions, spawnPowers);
      const driver = drivers.get(command);
      if (driver === undefined) {
        throw new UnsupportedError(
          `spawn: \`${command}\` is not supported: ${drivers.size === 0 ? "nothing is mounted. Write `await kernel.mount(createNodeRuntime({ bindings }))` first." : "scripts get no commands but `node` here."}`,
        );
      }
      const cwd = spawned.cwd ?? options.cwd ?? "/";
      const running = driver.spawn(command, args, { ...spawned, cwd });
      let exitCode: number | null = null;
      const ended = running.wait().then((code) => (exitCode = code));
      return {
        pid: ++processes,
        get exitCode() {
          return exitCode;
        },
        kill: (signal = 15) => running.kill(signal),
        wait: () => ended,
      };
    },
    readFile: (path) => files.readFile(path),
    writeFile: (path, content) => files.writeFile(path, content),
    exists: (path) => files.exists(path),
    removeFile: (path) => files.removeFile(path),
    exec() {
      throw new UnsupportedError(
        'kernel.exec is not supported: there is no shell here. Write `kernel.spawn("node", ["-e", code], { onStdout })`.',
      );
    },
    async dispose() {
      isDisposed = true;
      await Promise.all([...new Set(drivers.values())].map((driver) => driver.dispose()));
    },
  };
}
