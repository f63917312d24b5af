/**
 * Redis, two workers and a producer, as a compose file would start them: `node queue-fleet.ts`. Needs `redis-server` on PATH, `bullmq` and `ioredis`.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { createQueueWorker, openQueue } from "isobind/queue";

const registry = { square: async (n: number) => n * n };
const [, self = "", role, url = ""] = process.argv;
const store = { redis: url };

if (role === "worker") {
  const worker = await createQueueWorker({ store, registry, concurrency: 2 });
  process.once("SIGTERM", () => void worker.close());
} else if (role === "producer") {
  const queue = await openQueue({ store });
  const source = "export default await SecureExec.bindings.square(input)";
  const ids = await Promise.all([1, 2, 3, 4].map((n) => queue.enqueue(source, n)));
  for (const id of ids) {
    const outcome = await queue.outcome(id);
    console.log(outcome.status === "ok" ? outcome.exports["default"] : outcome);
  }
  await queue.close();
} else {
  const redis = await startRedis();
  const start = (as: string): ChildProcess =>
    spawn(process.execPath, [self, as, redis.url], { stdio: "inherit" });
  const workers = [start("worker"), start("worker")];
  const ends = workers.map((worker) => once(worker, "exit"));
  const producer = start("producer");
  const isDone = once(producer, "exit").then(([code]) => code === 0);
  // Without a worker nobody would do the jobs, and the producer would wait for their outcomes.
  process.exitCode = (await Promise.race([isDone, Promise.all(ends).then(() => false)])) ? 0 : 1;
  for (const child of [producer, ...workers]) child.kill("SIGTERM");
  await Promise.all(ends);
  redis.server.kill("SIGTERM");
}

/** On a port of this machine that is free, with every job on the disk. */
async function startRedis(): Promise<{ server: ChildProcess; url: string }> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  const folder = mkdtempSync(`${tmpdir()}/fleet-`);
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes"];
  const server = spawn("redis-server", args, { stdio: "ignore" });
  return { server, url: `redis://127.0.0.1:${port}` };
}
