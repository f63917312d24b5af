import { createQueueWorker, openQueue, type Store } from "isobind/queue";

// A server: { redis: "redis://localhost" }. Without one, a folder of this process.
const { REDIS_URL } = process.env;
const store: Store = REDIS_URL ? { redis: REDIS_URL } : { folder: process.env["QUEUE_FOLDER"] ?? "./queue" };

const registry = { total: (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0) };

const worker = await createQueueWorker({ store, registry });
const queue = await openQueue({ store });

const id = await queue.enqueue("export default SecureExec.bindings.total(input)", [1, 2, 39]);
const outcome = await queue.outcome(id);
console.log(outcome.status === "ok" ? outcome.exports["default"] : outcome);

await worker.close();
await queue.close();
