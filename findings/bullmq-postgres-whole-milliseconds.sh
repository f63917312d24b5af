#!/usr/bin/env bash
# On Postgres, BullMQ 6.7.0 refuses a job whose delay is no whole number of milliseconds, and a job that fails with such a backoff stays active until it is found stalled, and ends as stalled; on Redis both are taken.
#
# bullmq 6.7.0 on @electric-sql/pglite 0.5.17 as a pool. Delays with chance or a factor in them are fractions: `Math.random() * 1000`, `1000 * 1.1 ** attempt`. What the job has failed with is lost.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bullmq@6.7.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
delay 1500: delayed
delay 1500.5: invalid input syntax for type bigint: "1500.5"
delay 0.5: invalid input syntax for type bigint: "0.5"
backoff 100: failed after 2 runs, attempts made 2, down
backoff 100.5: failed after 2 runs, attempts made 1, job stalled more than allowable limit
error of the worker: invalid input syntax for type bigint: "(time).5"
TEXT

cat >run.mjs <<'JS'
import { setTimeout } from "node:timers/promises";
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

const { Queue, Worker } = withBackend(createPostgresBackend);
const connection = { connection: pool, skipVersionCheck: true };
const delays = new Queue("delays", connection);
delays.on("error", () => {});
for (const delay of [1500, 1500.5, 0.5]) {
  const said = await delays.add("mail", {}, { delay }).then((job) => job.getState(), ({ message }) => message);
  console.log(`delay ${delay}: ${said}`);
}

const queue = new Queue("backoff", connection);
queue.on("error", () => {});
const backoffs = { whole: 100, fraction: 100.5 };
const errors = new Set();
const runs = {};
const run = async ({ name }) => {
  runs[name] = (runs[name] ?? 0) + 1;
  throw new Error("down");
};
const settings = { backoffStrategy: (_attempts, _type, _error, { name }) => backoffs[name] };
const worker = new Worker("backoff", run, { ...connection, settings, drainDelay: 0.2, lockDuration: 1000, stalledInterval: 1000 });
worker.on("error", ({ message }) => errors.add(message.replace(/\d+(?=\.5)/, "(time)")));
for (const name of Object.keys(backoffs)) await queue.add(name, {}, { jobId: name, attempts: 2, backoff: { type: "custom" } });
for (const name of Object.keys(backoffs)) {
  for (let left = 200; left > 0 && (await queue.getJobState(name)) !== "failed"; left--) await setTimeout(50);
  const { failedReason, attemptsMade } = await queue.getJob(name);
  console.log(`backoff ${backoffs[name]}: ${await queue.getJobState(name)} after ${runs[name]} runs, attempts made ${attemptsMade}, ${failedReason}`);
}
for (const message of errors) console.log(`error of the worker: ${message}`);
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
