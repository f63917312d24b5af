/**
 * Turns between tenants of one queue: the more jobs of a tenant wait, the later its next one begins, so that who adds a thousand does not stand before who adds one.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { callContext } from "isobind/runtime";
import { createQueueWorker, openQueue, type JobContext, type Store } from "isobind/queue";

const { REDIS_URL } = process.env;
const store: Store = REDIS_URL ? { redis: REDIS_URL } : { folder: mkdtempSync(`${tmpdir()}/queue-`) };
const queue = await openQueue({ store, name: "shared" });

/** Jobs of each tenant that this producer has added, and that have not ended. */
const open = new Map<string, number>();

async function enqueueFor(tenant: string, source: string): Promise<void> {
  const before = open.get(tenant) ?? 0;
  open.set(tenant, before + 1);
  // 1 is the most urgent; of one priority, who came first.
  const id = await queue.enqueue(source, null, { tenant, priority: before + 1 });
  ends.push(queue.outcome(id).then(() => open.set(tenant, open.get(tenant)! - 1)));
}

const ends: Promise<unknown>[] = [];
for (let n = 0; n < 4; n++) await enqueueFor("acme", "SecureExec.bindings.work()");
for (let n = 0; n < 2; n++) await enqueueFor("globex", "SecureExec.bindings.work()");

const registry = { work: () => console.log(callContext<JobContext>().context.job.tenant) };
const worker = await createQueueWorker({ store, name: "shared", registry, concurrency: 1 });
await Promise.all(ends);
await worker.close();
await queue.close();
