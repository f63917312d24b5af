#!/usr/bin/env bash
# In workerpool 10.0.3 an error of a task keeps its own keys, and the objects in them lose every key that the error itself does not have: `cause` comes back as an object with a message at most, `details` as {}.
#
# workerpool 10.0.3, also with workerType "thread", beside piscina 5.3.2. One expects the keys or their absence, as the structured clone of a worker thread leaves them out. workerpool writes the error as JSON
# with the list of its keys, and that list holds at every depth. So `error.details.id` is undefined in production and there in a test without a pool. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund workerpool@10.0.3 piscina@5.3.2

cat >expected <<'TEXT'
no pool: code E_LIMIT, details {"code":7,"id":"a"}, issues [{"path":["x"]}], cause an Error "too many"
workerpool process: code E_LIMIT, details {"code":7}, issues [{}], cause {"message":"too many"}
workerpool thread: code E_LIMIT, details {"code":7}, issues [{}], cause {"message":"too many"}
piscina: code undefined, details undefined, issues undefined, cause an Error "too many"
TEXT

cat >task.cjs <<'JS'
exports.fail = () => {
  const error = new Error("refused", { cause: new Error("too many") });
  delete error.cause.stack;
  throw Object.assign(error, { code: "E_LIMIT", details: { code: 7, id: "a" }, issues: [{ path: ["x"] }] });
};
JS
cat >worker.cjs <<'JS'
require("workerpool").worker(require("./task.cjs"));
JS

cat >run.cjs <<'JS'
const { Piscina } = require("piscina");
const workerpool = require("workerpool");
const { fail } = require("./task.cjs");

const pools = ["process", "thread"].map((workerType) => workerpool.pool(`${__dirname}/worker.cjs`, { workerType, maxWorkers: 1 }));
const piscina = new Piscina({ filename: `${__dirname}/task.cjs`, maxThreads: 1 });
const ways = {
  "no pool": async () => fail(),
  "workerpool process": () => pools[0].exec("fail"),
  "workerpool thread": () => pools[1].exec("fail"),
  piscina: () => piscina.run(undefined, { name: "fail" }),
};
(async () => {
  for (const [title, way] of Object.entries(ways)) {
    const { code, details, issues, cause } = await way().then(undefined, (error) => error);
    const because = cause instanceof Error ? `an Error "${cause.message}"` : JSON.stringify({ ...cause, stack: undefined });
    console.log(`${title}: code ${code}, details ${JSON.stringify(details)}, issues ${JSON.stringify(issues)}, cause ${because}`);
  }
  await Promise.all([...pools.map((pool) => pool.terminate()), piscina.destroy()]);
})();
JS

node run.cjs | tee seen
diff expected seen || exit 1
