/**
 * Declares everything a command may know of the process it runs in. Commands never touch `process`, so tests run them in
 * place and `main.ts` is the only file that cannot be imported.
 */
import type { Readable, Writable } from "node:stream";

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Results: what a pipe or a redirection wants. */
  readonly stdout: Out;
  /** Standard output for the caller alone: what anything else in the process prints there goes to standard error from now on. */
  ownStdout(): Writable;
  /** Progress, warnings and usage errors. */
  readonly stderr: Out;
  /**
   * From now on an interrupt aborts the signal instead of ending the process; a second one ends it at once. Commands that
   * have nothing to clean up never call this.
   */
  interrupt(): AbortSignal;
  /** A thread of this process cannot be stopped any more: the process ends by force, when the command has. */
  stuck(): void;
}

export interface Out {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}
