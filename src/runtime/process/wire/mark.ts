/**
 * Says how a process knows that it was started as a worker. The supervisor sets it in the worker's environment, where a
 * program that was started by mistake finds it too; a worker changes it, so that it is not taken for such a program.
 */
export const workerMark = "ISOBIND_WORKER";

/** Says that this process is a worker indeed. What it starts in turn inherits this, and makes no workers either. */
export function beWorker(): void {
  process.env[workerMark] = "worker";
}

/** The argument of a worker that shares memory with its supervisor. */
export const sharedMark = "shared";
