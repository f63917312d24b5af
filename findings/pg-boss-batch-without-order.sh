#!/usr/bin/env bash
# pg-boss 12.38.0 chooses the jobs of a batch by their priority and hands them over in another order, so a handler that goes through its batch does the urgent ones last.
#
# pg-boss 12.38.0 on PGlite 0.5.17, with `fetch`; `work` gets the same. `batchSize: 1` gives them in order, and a larger batch is expected to be the same jobs at once. They come as the database has updated them; jobs
# of one priority are not in the order in which they were sent either. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund pg-boss@12.38.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
priorities, batches of 1: in order in 20 of 20 queues
priorities, batches of 2: the right two first in 20 of 20 queues
priorities, batches of 6: in order in fewer than 20 of 20 queues
one priority, batches of 1: in order in 20 of 20 queues
one priority, batches of 6: in order in fewer than 20 of 20 queues
TEXT

cat >run.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { fromPglite, PgBoss } from "pg-boss";

const boss = new PgBoss({ db: fromPglite(await PGlite.create()), supervise: false, schedule: false });
await boss.start();
let made = 0;
const fetched = async (priorities, batchSize) => {
  const queue = `queue-${made++}`;
  await boss.createQueue(queue);
  for (const [n, priority] of priorities.entries()) await boss.send(queue, { n, priority }, { priority });
  const all = [];
  while (all.length < priorities.length) all.push(...(await boss.fetch(queue, { batchSize })));
  return all.map((job) => job.data);
};
const count = async (priorities, batchSize, right) => {
  let held = 0;
  for (let queue = 0; queue < 20; queue++) if (right(await fetched(priorities, batchSize))) held++;
  return held === 20 ? "in 20 of 20 queues" : "in fewer than 20 of 20 queues";
};
const byPriority = (jobs) => jobs.map((job) => job.priority).join() === "9,7,5,3,1,0";
const bySending = (jobs) => jobs.map((job) => job.n).join() === "0,1,2,3,4,5";
const firstTwo = ([one, two]) => one.priority + two.priority === 16;
const mixed = [0, 5, 9, 1, 7, 3];
const equal = [0, 0, 0, 0, 0, 0];
console.log(`priorities, batches of 1: in order ${await count(mixed, 1, byPriority)}`);
console.log(`priorities, batches of 2: the right two first ${await count(mixed, 2, firstTwo)}`);
console.log(`priorities, batches of 6: in order ${await count(mixed, 6, byPriority)}`);
console.log(`one priority, batches of 1: in order ${await count(equal, 1, bySending)}`);
console.log(`one priority, batches of 6: in order ${await count(equal, 6, bySending)}`);
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
