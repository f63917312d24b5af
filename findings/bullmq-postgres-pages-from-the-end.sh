#!/usr/bin/env bash
# On Postgres, the first page of waiting jobs in ascending order holds the newest of them: BullMQ 6.7.0 takes the page from the descending list and turns only the page around, where Redis gives the oldest.
#
# bullmq 6.7.0 on @electric-sql/pglite 0.5.17 as a pool. getWaiting(0, 0) is the job that will be run last, each page is in order and the pages are not, and a start below zero, which
# on Redis counts from the end, gives the whole list. The output seen is the expectation below; what Redis 7.0.15 gave for the same calls stands beside it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bullmq@6.7.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
0 to -1: ascending a b c d e f, getWaiting a b c d e f, on Redis a b c d e f
0 to 0: ascending f, getWaiting f, on Redis a
0 to 1: ascending e f, getWaiting e f, on Redis a b
4 to 99: ascending a b, getWaiting a b, on Redis e f
-1 to -1: ascending a b c d e f, getWaiting a b c d e f, on Redis f
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
for (const name of "abcdef") await queue.add(name, {});
const names = (jobs) => jobs.map(({ name }) => name).join(" ");
const onRedis = [[0, -1, "a b c d e f"], [0, 0, "a"], [0, 1, "a b"], [4, 99, "e f"], [-1, -1, "f"]];
for (const [start, end, redis] of onRedis) {
  const ascending = await queue.getJobs(["waiting"], start, end, true);
  const waiting = await queue.getWaiting(start, end);
  console.log(`${start} to ${end}: ascending ${names(ascending)}, getWaiting ${names(waiting)}, on Redis ${redis}`);
}
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
