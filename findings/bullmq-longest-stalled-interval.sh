#!/usr/bin/env bash
# In BullMQ 6.7.0 on Redis all workers of a queue share one look for stalled jobs, at the interval of the worker that looked last: one that looks every 30 s keeps one that looks every 0.5 s from looking for 30 s.
#
# bullmq 6.7.0 on the redis-server of this machine (any version from 6.2 on). The look is skipped while the mark of the last one lives, and that lives as long as the interval of whoever set it: one careless worker decides how long the
# job of a dead one lies. On Postgres each worker keeps its own interval. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bullmq@6.7.0 ioredis@6.0.0

cat >expected <<'TEXT'
a worker that looks every 0.5 s, alone: the job is completed within 6 s
with one that looked first and looks every 30 s: the job is still active after 6 s
TEXT

redis-server --port 0 --unixsocket "$work/redis.sock" --save '' --appendonly no >redis.log &
trap 'kill %1; wait; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -S redis.sock ] && break; sleep 0.1; done

cat >run.mjs <<'JS'
import { setTimeout } from "node:timers/promises";
import { Queue, Worker } from "bullmq";

const connection = { connection: { path: `${process.cwd()}/redis.sock` } };
const works = (name, more) => {
  const worker = new Worker(name, async () => {}, { ...connection, ...more });
  worker.on("error", () => {});
  return worker;
};
for (const [name, title, isShared] of [
  ["alone", "a worker that looks every 0.5 s, alone", false],
  ["shared", "with one that looked first and looks every 30 s", true],
]) {
  const queue = new Queue(name, connection);
  queue.on("error", () => {});
  await queue.add("mail", {}, { jobId: "mail" });
  const dead = new Worker(name, null, { ...connection, lockDuration: 500, skipStalledCheck: true });
  dead.on("error", () => {});
  await dead.getNextJob("dies");
  if (isShared) {
    works(name, { stalledInterval: 30_000 });
    await setTimeout(1000);
  }
  works(name, { stalledInterval: 500 });
  for (let left = 60; left > 0 && (await queue.getJobState("mail")) !== "completed"; left--) await setTimeout(100);
  const state = await queue.getJobState("mail");
  console.log(`${title}: the job is ${state === "completed" ? "completed within" : `still ${state} after`} 6 s`);
}
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
