#!/usr/bin/env bash
# When BullMQ 6.7.0 is asked to add a job under an id that exists, nothing is added and the returned job shows the name, data and options that were refused, under the id and the state of the job that is there.
#
# bullmq 6.7.0 on @electric-sql/pglite 0.5.17 as a pool; `addBulk` and deduplication do the same. There is no error and no flag; only asking the queue for the
# id shows what will be run. Who logs or stores what `add` gave back keeps a job that does not exist. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bullmq@6.7.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
add: returned one refund {"order":2} priority 1, in the queue one mail {"order":1} priority 3
add: getState() of the returned job is prioritized, jobs in the queue: 1
addBulk: returned {"n":1} and {"n":2}, in the queue {"n":1}
deduplication: returned {"n":2} under the id of {"n":1}
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
await runMigrations(client, "bullmq", { skipVersionCheck: true });
client.release();
await db.exec("SET search_path = bullmq");
const { Queue } = withBackend(createPostgresBackend);
const queue = new Queue("jobs", { connection: pool, skipVersionCheck: true });
queue.on("error", () => {});

const shown = ({ id, name, data, opts }) => `${id} ${name} ${JSON.stringify(data)} priority ${opts.priority}`;
await queue.add("mail", { order: 1 }, { jobId: "one", priority: 3 });
const again = await queue.add("refund", { order: 2 }, { jobId: "one", priority: 1 });
console.log(`add: returned ${shown(again)}, in the queue ${shown(await queue.getJob("one"))}`);
const count = await queue.getJobCountByTypes("waiting", "delayed", "prioritized");
console.log(`add: getState() of the returned job is ${await again.getState()}, jobs in the queue: ${count}`);

const bulk = await queue.addBulk([1, 2].map((n) => ({ name: "mail", data: { n }, opts: { jobId: "bulk" } })));
const datas = bulk.map(({ data }) => JSON.stringify(data)).join(" and ");
console.log(`addBulk: returned ${datas}, in the queue ${JSON.stringify((await queue.getJob("bulk")).data)}`);

const deduplication = { id: "only" };
const first = await queue.add("mail", { n: 1 }, { deduplication, delay: 60_000 });
const second = await queue.add("mail", { n: 2 }, { deduplication });
const under = first.id === second.id ? "under the id of" : "apart from";
console.log(`deduplication: returned ${JSON.stringify(second.data)} ${under} ${JSON.stringify((await queue.getJob(first.id)).data)}`);
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
