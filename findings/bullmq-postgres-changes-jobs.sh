#!/usr/bin/env bash
# On Postgres, BullMQ 6.7.0 gives the keys of a job's data back in another order, makes {} of null, and runs a job with one attempt twice when its error holds a NUL, until it is called stalled.
#
# bullmq 6.7.0 on @electric-sql/pglite 0.5.17. In Redis data is JSON as text; here it is `jsonb`, which sorts keys by length, and refuses a text with a NUL or half a
# surrogate pair where `add` is called. One expects a job's failure to be kept whatever its words are: the message is of the type `text`, the update that should say
# "failed" is refused, and the job stays active until another worker takes it up. A result with such a text fails the job after its work is done, and an error that
# is a text leaves no reason. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bullmq@6.7.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
added {"total":1,"id":2,"b":3}, kept {"b":3,"id":2,"total":1}
added null, kept {}
adding "a\u0000b": unsupported Unicode escape sequence
returns a text: completed after 1 run, no reason
returns a NUL: failed after 1 run, unsupported Unicode escape sequence
throws a NUL: failed after 2 runs, job stalled more than allowable limit
throws a text: failed after 1 run, no reason
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
const data = new Queue("data", connection);
for (const [jobId, value] of [["order", { total: 1, id: 2, b: 3 }], ["nothing", null]]) {
  await data.add("mail", value, { jobId });
  console.log(`added ${JSON.stringify(value)}, kept ${JSON.stringify((await data.getJob(jobId)).data)}`);
}
console.log(`adding "a\\u0000b": ${await data.add("mail", "a\0b").then(() => "added", ({ message }) => message)}`);

const work = {
  "returns a text": () => "ab",
  "returns a NUL": () => "a\0b",
  "throws a NUL": () => { throw new Error("a\0b"); },
  "throws a text": () => { throw "a"; },
};
const runs = {};
const queue = new Queue("work", connection);
const run = async ({ name }) => {
  runs[name] = (runs[name] ?? 0) + 1;
  return work[name]();
};
const worker = new Worker("work", run, { ...connection, drainDelay: 0.2, lockDuration: 1000, stalledInterval: 1000 });
worker.on("error", () => {});
for (const name of Object.keys(work)) await queue.add(name, {}, { jobId: name, attempts: 1 });
for (const name of Object.keys(work)) {
  while (!["completed", "failed"].includes(await queue.getJobState(name))) await setTimeout(50);
  const { failedReason } = await queue.getJob(name);
  console.log(`${name}: ${await queue.getJobState(name)} after ${runs[name]} run${runs[name] > 1 ? "s" : ""}, ${failedReason ?? "no reason"}`);
}
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
