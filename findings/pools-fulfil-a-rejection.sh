#!/usr/bin/env bash
# A task that throws null has succeeded for piscina 5.3.2 and tinypool 2.2.0, and one that throws false, 0 or "" for workerpool 10.0.3: their promises are fulfilled, and nobody is told.
#
# piscina 5.3.2, tinypool 2.2.0 and workerpool 10.0.3, with worker threads. A promise rejects with any value, and `reject(null)` is what callbacks in the style of Node give when they are mixed up;
# one expects a rejection with that value. They look whether an error is there by its value. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund piscina@5.3.2 tinypool@2.2.0 workerpool@10.0.3

cat >expected <<'TEXT'
throw null: no pool rejects with null, piscina gives null, tinypool gives null
throw false: no pool rejects with false, piscina rejects with false, tinypool rejects with false, workerpool gives null
throw 0: no pool rejects with 0, piscina rejects with 0, tinypool rejects with 0, workerpool gives null
throw "": no pool rejects with "", piscina rejects with "", tinypool rejects with "", workerpool gives null
TEXT

cat >task.cjs <<'JS'
exports.fail = async (value) => {
  throw value;
};
JS
cat >worker.cjs <<'JS'
require("workerpool").worker(require("./task.cjs"));
JS

cat >run.mjs <<'JS'
import { Piscina } from "piscina";
import { Tinypool } from "tinypool";
import workerpool from "workerpool";
import task from "./task.cjs";

const filename = `${import.meta.dirname}/task.cjs`;
const piscina = new Piscina({ filename, maxThreads: 1 });
const tinypool = new Tinypool({ filename, minThreads: 1, maxThreads: 1 });
const other = workerpool.pool(`${import.meta.dirname}/worker.cjs`, { workerType: "thread", maxWorkers: 1 });
const ways = {
  "no pool": (value) => task.fail(value),
  piscina: (value) => piscina.run(value, { name: "fail" }),
  tinypool: (value) => tinypool.run(value, { name: "fail" }),
  workerpool: (value) => other.exec("fail", [value]),
};
for (const value of [null, false, 0, ""]) {
  const seen = [];
  for (const [name, way] of Object.entries(ways)) {
    if (value === null && name === "workerpool") continue;
    const told = await way(value).then(
      (given) => `gives ${JSON.stringify(given)}`,
      (reason) => `rejects with ${JSON.stringify(reason)}`,
    );
    seen.push(`${name} ${told}`);
  }
  console.log(`throw ${JSON.stringify(value)}: ${seen.join(", ")}`);
}
await Promise.all([piscina.destroy(), tinypool.destroy(), other.terminate()]);
JS

node run.mjs | tee seen
diff expected seen || exit 1
