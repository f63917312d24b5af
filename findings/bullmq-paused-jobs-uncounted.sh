#!/usr/bin/env bash
# On Postgres, a paused queue of BullMQ 6.7.0 counts none of its waiting jobs: getJobCounts(), count() and the Prometheus metrics say 0, while getWaiting() lists them all; on Redis they are all counted.
#
# bullmq 6.7.0 on @electric-sql/pglite 0.5.17 as a pool. The jobs are under `paused`, which getJobCounts() leaves out unless it is asked for by name, and each job says of itself
# that it is waiting. An alert on a queue that grows is silent while the queue is paused. The output seen is the expectation below; Redis 7.0.15 counted the waiting jobs of a paused queue in all of them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bullmq@6.7.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
running: getJobCounts() {"waiting":3}, count() 3, getWaitingCount() 3, metrics 3, getWaiting() 3 jobs, waiting, getJobCounts("paused") 0
paused: getJobCounts() {}, count() 0, getWaitingCount() 0, metrics 0, getWaiting() 3 jobs, waiting, getJobCounts("paused") 3
resumed: getJobCounts() {"waiting":3}, count() 3, getWaitingCount() 3, metrics 3, getWaiting() 3 jobs, waiting, getJobCounts("paused") 0
TEXT

cat >run.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { createPostgresBackend, runMigrations, withBackend } from "bullmq";

/** A pool of clients that share the one connection of PGlite. */
const db = await PGlite.create();
const query = async (asked, given) => {
  const { text, values } = typeof asked === "string" ? { text: asked, values: given } : asked;
  const answer = values?.length ? await db.query(text, values) : (await db.exec(text)).at(-1);
  return { rows: answer?.rows ?? [], rowCount: answer?.affectedRows ?? answer?.rows.length ?? 0 };
};
const quiet = { on: () => quiet, off: () => quiet, once: () => quiet, removeListener: () => quiet };
const pool = { ...quiet, query, connect: async () => ({ ...quiet, query, release() {} }), end: async () => {} };
await runMigrations(pool, "bullmq", { skipVersionCheck: true });
await db.exec("SET search_path = bullmq");

const { Queue } = withBackend(createPostgresBackend);
const queue = new Queue("jobs", { connection: pool, skipVersionCheck: true });
queue.on("error", () => {});
for (const n of [1, 2, 3]) await queue.add("mail", { n });
const told = async (title) => {
  const counts = Object.entries(await queue.getJobCounts()).filter(([, count]) => count > 0);
  const metrics = await queue.exportPrometheusMetrics();
  const waiting = await queue.getWaiting();
  console.log(
    [
      `${title}: getJobCounts() ${JSON.stringify(Object.fromEntries(counts))}`,
      `count() ${await queue.count()}`,
      `getWaitingCount() ${await queue.getWaitingCount()}`,
      `metrics ${/state="waiting"} (\d+)/.exec(metrics)[1]}`,
      `getWaiting() ${waiting.length} jobs, ${await waiting[0].getState()}`,
      `getJobCounts("paused") ${(await queue.getJobCounts("paused")).paused}`,
    ].join(", "),
  );
};
await told("running");
await queue.pause();
await told("paused");
await queue.resume();
await told("resumed");
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
