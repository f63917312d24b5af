/**
 * A worker of a queue in a process of its own, to be killed: `worker-program.ts <store as JSON> <counts> <die at>`. Each host function writes a line into the
 * file `counts` before it does anything else, and the process kills itself in the call whose line has been written as the last of `die at`: `before`, `in`, `after`.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { callContext } from "../../src/runtime/index.ts";
import { createQueueWorker, type JobContext, type Store } from "../../src/queue/index.ts";
import { registryOf } from "./registry.ts";

const [, , store, counts, dieAt = "", digest = "sha256-faults"] = process.argv;

/** Writes what is done, and dies where it shall, once: whoever takes the job next does not. */
function step(name: string): void {
  const { job } = callContext<JobContext>().context;
  appendFileSync(counts!, `${job.id} ${name}\n`);
  if (dieAt === name || (dieAt === "random" && Math.random() < 0.01)) process.kill(process.pid, "SIGKILL");
}

const registry = registryOf(digest, {
  first: { mode: "async", call: async () => step("first") },
  second: { mode: "async", call: async () => step("second") },
  pure: { mode: "async", policy: { idempotent: true }, call: async (value) => (step("pure"), value) },
  last: { mode: "sync", call: () => step("last") },
  /** A kind word for whoever waits. */
  lines: {
    mode: "sync",
    policy: { idempotent: true },
    call: () => readFileSync(counts!, "utf8").split("\n").length,
  },
});

const worker = await createQueueWorker({
  store: JSON.parse(store!) as Store,
  registry,
  concurrency: 2,
  lockMs: 1_000,
  maxLost: 3,
  drainMs: 100,
});
process.once("SIGTERM", () => void worker.close());
process.stdout.write("ready\n");
