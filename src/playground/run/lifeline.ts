/**
 * Ends the process of the host functions when its server is gone. Its main thread hears that as well, unless a host function keeps it busy; a thread of its own always
 * does, because the system closes the pipe of a server that was killed.
 */
import { Worker } from "node:worker_threads";

/** The pipe to the server that nothing is written to: behind the three of every process and the channel of messages. */
export const lifelineFd = 4;

export function holdLifeline(): void {
  new Worker(new URL("./lifeline-thread.js", import.meta.url), { env: {} }).unref();
}
