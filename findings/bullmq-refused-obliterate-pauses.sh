#!/usr/bin/env bash
# When BullMQ 6.7.0 refuses to obliterate a queue because jobs are active, it leaves the queue paused: nothing is deleted, and no job is begun any more.
#
# bullmq 6.7.0 on @electric-sql/pglite 0.5.17 as a pool; on Redis it is the same. The queue is paused first and looked at then, and the error says nothing of it. A worker that was fine before
# finishes what it has and stays idle until somebody calls resume(). The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bullmq@6.7.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
before: paused false
obliterate: Cannot obliterate queue with active jobs
after: paused true
the active job: completed
the next job: waiting
the next job after resume(): completed
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
const queue = new Queue("jobs", connection);
queue.on("error", () => {});
await queue.add("first", {}, { jobId: "first" });
const started = Promise.withResolvers();
const release = Promise.withResolvers();
const run = async ({ name }) => {
  if (name !== "first") return;
  started.resolve();
  await release.promise;
};
const worker = new Worker("jobs", run, { ...connection, drainDelay: 0.2 });
worker.on("error", () => {});
await started.promise;
console.log(`before: paused ${await queue.isPaused()}`);
console.log(`obliterate: ${await queue.obliterate().then(() => "done", ({ message }) => message)}`);
console.log(`after: paused ${await queue.isPaused()}`);
release.resolve();
const ends = async (id) => {
  for (let left = 40; left > 0 && (await queue.getJobState(id)) !== "completed"; left--) await setTimeout(50);
  return queue.getJobState(id);
};
console.log(`the active job: ${await ends("first")}`);
await queue.add("second", {}, { jobId: "second" });
console.log(`the next job: ${await ends("second")}`);
await queue.resume();
console.log(`the next job after resume(): ${await ends("second")}`);
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
