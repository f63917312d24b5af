#!/usr/bin/env bash
# With `runtime: "child_process"` tinypool 2.2.0 rejects with a plain object in place of the error that a task threw, without its cause and errors, and with the text "[object Object]" in place of an object.
#
# tinypool 2.2.0, beside its runtime "worker_threads". One expects an Error, as the other runtime gives, so that `error instanceof Error` and the printing of Node hold; whoever passes it on rethrows an object that
# loggers print as data. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund tinypool@2.2.0

cat >expected <<'TEXT'
worker_threads
  an error with a cause: an Error "refused", cause "too many"
  an AggregateError: an Error "both", cause undefined
  an object: object {"code":7}
child_process
  an error with a cause: object {"name":"TypeError","message":"refused"}
  an AggregateError: object {"name":"AggregateError","message":"both"}
  an object: string "[object Object]"
TEXT

cat >task.cjs <<'JS'
exports.cause = () => {
  throw new TypeError("refused", { cause: new Error("too many") });
};
exports.aggregate = () => {
  throw new AggregateError([new Error("one"), new Error("two")], "both");
};
exports.object = () => {
  throw { code: 7 };
};
JS

cat >run.mjs <<'JS'
import { Tinypool } from "tinypool";

const tasks = { "an error with a cause": "cause", "an AggregateError": "aggregate", "an object": "object" };
for (const runtime of ["worker_threads", "child_process"]) {
  const pool = new Tinypool({ filename: `${import.meta.dirname}/task.cjs`, runtime, minThreads: 1, maxThreads: 1 });
  console.log(runtime);
  for (const [title, name] of Object.entries(tasks)) {
    const reason = await pool.run(undefined, { name }).catch((error) => error);
    const told =
      reason instanceof Error
        ? `an Error "${reason.message}", cause ${reason.cause && JSON.stringify(reason.cause.message)}`
        : `${typeof reason} ${JSON.stringify(typeof reason === "object" ? { ...reason, stack: undefined } : reason)}`;
    console.log(`  ${title}: ${told}`);
  }
  await pool.destroy();
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
