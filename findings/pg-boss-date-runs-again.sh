#!/usr/bin/env bash
# In pg-boss 12.38.0 a job whose handler returns a Date or a URL is done, run again as often as its retries allow, and failed in the end, because its result cannot be written.
#
# pg-boss 12.38.0 on PGlite 0.5.17. What a handler returns is kept as the output of the job, and a Date inside an object is written as JSON has it.
# One expects that of a Date on its own too: a number and a text become { value }. A handler that ends with `return order.paidAt` pays twice. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund pg-boss@12.38.0 @electric-sql/pglite@0.5.17

cat >expected <<'TEXT'
nothing: completed after 1 run, output null
"done": completed after 1 run, output {"value":"done"}
{ at: new Date(0) }: completed after 1 run, output {"at":"1970-01-01T00:00:00.000Z"}
new Date(0): failed after 2 runs, output "invalid input syntax for type json"
new URL("https://example.com"): failed after 2 runs, output "invalid input syntax for type json"
TEXT

cat >run.mjs <<'JS'
import { setTimeout } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { fromPglite, PgBoss } from "pg-boss";

const boss = new PgBoss({ db: fromPglite(await PGlite.create()), supervise: false, schedule: false });
boss.on("error", (error) => console.log(error));
await boss.start();
const values = {
  nothing: undefined,
  '"done"': "done",
  "{ at: new Date(0) }": { at: new Date(0) },
  "new Date(0)": new Date(0),
  'new URL("https://example.com")': new URL("https://example.com"),
};
for (const [index, [title, value]] of Object.entries(values).entries()) {
  const queue = `queue-${index}`;
  await boss.createQueue(queue, { retryLimit: 1 });
  let runs = 0;
  const id = await boss.send(queue, {});
  await boss.work(queue, { pollingIntervalSeconds: 0.5 }, async () => {
    runs++;
    return value;
  });
  let job;
  do {
    await setTimeout(50);
    [job] = await boss.findJobs(queue, { id });
  } while (job.state !== "completed" && job.state !== "failed");
  await boss.offWork(queue);
  const output = JSON.stringify(job.state === "failed" ? job.output.message : job.output);
  console.log(`${title}: ${job.state} after ${runs} run${runs === 1 ? "" : "s"}, output ${output}`);
}
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
