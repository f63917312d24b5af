#!/usr/bin/env bash
# With a Postgres pool of one's own, the migrations of BullMQ 6.7.0 succeed and put add_job into the schema bullmq, and then no job can be added, because every statement leaves out the schema and only a pool that BullMQ makes itself is told to look there.
#
# bullmq 6.7.0 on @electric-sql/pglite 0.5.17 as a pool. The migration sets its search path for its own transaction. What fails later is named as a missing
# function, with a list of `unknown` types. `SET search_path` on the connection, or `options: "-c search_path=bullmq"` of a `pg` pool, is what is missing.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bullmq@6.7.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
migrations applied: true
add_job is in the schema bullmq
add: function add_job(…) does not exist
after SET search_path: added first
TEXT

cat >run.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { createPostgresBackend, runMigrations, withBackend } from "bullmq";

/** A pool of one connection, which its users have one after the other: what the engine asks of `pg`. */
const db = await PGlite.create();
const query = async (asked, given) => {
  const { text, values } = typeof asked === "string" ? { text: asked, values: given } : asked;
  const answer = values?.length ? await db.query(text, values) : (await db.exec(text)).at(-1);
  return { rows: answer?.rows ?? [], rowCount: answer?.affectedRows ?? answer?.rows.length ?? 0 };
};
const quiet = { on: () => quiet, off: () => quiet, once: () => quiet, removeListener: () => quiet };
let turn = Promise.resolve();
const connect = async () => {
  const before = turn;
  const { promise, resolve } = Promise.withResolvers();
  turn = promise;
  await before;
  return { ...quiet, query, release: resolve };
};
const pool = {
  ...quiet,
  connect,
  query: async (text, values) => {
    const client = await connect();
    return client.query(text, values).finally(client.release);
  },
  end: async () => {},
};

const client = await pool.connect();
console.log(`migrations applied: ${(await runMigrations(client, "bullmq", { skipVersionCheck: true })) > 0}`);
client.release();
const { rows } = await query(
  "select nspname from pg_proc join pg_namespace on pg_namespace.oid = pronamespace where proname = 'add_job'",
);
console.log(`add_job is in the schema ${rows.map(({ nspname }) => nspname)}`);

const { Queue } = withBackend(createPostgresBackend);
const queue = new Queue("jobs", { connection: pool, skipVersionCheck: true });
queue.on("error", () => {});
const add = () =>
  queue.add("mail", {}, { jobId: "first" }).then(
    ({ id }) => `added ${id}`,
    ({ message }) => message.replace(/\(.*\)/, "(…)"),
  );
console.log(`add: ${await add()}`);
await db.exec("SET search_path = bullmq");
console.log(`after SET search_path: ${await add()}`);
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
