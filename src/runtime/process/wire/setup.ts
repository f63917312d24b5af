/**
 * Declares what a worker is told in its first frame, and how much a worker may send after it.
 */
import type { GuestSetup } from "../../seam.ts";

/** The first frame of a worker. */
export interface WorkerSetup {
  readonly guest: GuestSetup;
  readonly concurrency: number;
  readonly module: string | null;
  /** Absolute path of the engine's entry; `null` when the worker looks for it itself. */
  readonly engine: string | null;
}

/** The longest line a console may be given: all of it at once, in letters of three bytes. */
export function maxLineBytes({ limits }: GuestSetup): number {
  return 3 * limits.consoleBytes + 1024;
}

/**
 * The longest frame a worker may send. The guest side measures a payload in its own way; V8's encoding of it may be longer, mostly
 * through repeated property names, but not by this much. Errors and their stacks fit in any case.
 */
export function maxFrameBytes(setup: GuestSetup): number {
  return Math.max(4 * setup.limits.payloadBytes, maxLineBytes(setup)) + 1024 * 1024;
}
