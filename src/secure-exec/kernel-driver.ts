/**
 * Declares what a kernel and the commands mounted into it know of each other. The shapes are those of secure-exec 0.2.1, so
 * that `createNodeRuntime` can be mounted into its kernel as well.
 */

/** The part of a kernel's filesystem that a command needs. */
export interface FileReader {
  /** Rejects when there is no such file. */
  readTextFile(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
}

export interface KernelInterface {
  readonly vfs: FileReader;
}

export interface ProcessContext {
  /** What relative paths of scripts start at. Default: `/`. */
  readonly cwd?: string;
  readonly onStdout?: (data: Uint8Array) => void;
  readonly onStderr?: (data: Uint8Array) => void;
}

export interface DriverProcess {
  /** Set by the kernel. */
  onStdout: ((data: Uint8Array) => void) | null;
  onStderr: ((data: Uint8Array) => void) | null;
  onExit: ((code: number) => void) | null;
  writeStdin(data: Uint8Array): void;
  closeStdin(): void;
  /** The process ends with 128 and the signal's number. */
  kill(signal: number): void;
  wait(): Promise<number>;
}

export interface KernelRuntimeDriver {
  name: string;
  commands: string[];
  init(kernel: KernelInterface): Promise<void>;
  spawn(command: string, args: string[], context: ProcessContext): DriverProcess;
  dispose(): Promise<void>;
}
