#!/usr/bin/env bash
# In DBOS 5.3.0 a workflow gets another error of the same step when it is run again: no RangeError, details as texts, and `"text"` that was thrown is an Error.
#
# @dbos-inc/dbos-sdk 5.3.0 on PGlite 0.5.14. A workflow that goes on after a crash, or a fork, gets the results of finished steps from the database and has to take the same way as before. Results are given to the first run as they will be read,
# and so one expects the errors to be. The first run gets what was thrown, the next what can be read of it: `instanceof`, a comparison of a text, and dates of an error are otherwise, and the workflow takes another way. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @dbos-inc/dbos-sdk@5.3.0 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17

cat >expected <<'TEXT'
first run, throw new RangeError(): RangeError true, Error true, message "too many"
first run, throw new Busy(): Error true, retryAt 1970-01-01T00:00:00.000Z, waiting Set(1) { 1 }
first run, throw new DOMException(): DOMException true, Error true, code 20
first run, throw "text": "text" true, Error false
first run, throw null: null false, message "Cannot read properties of null (reading 'message')"
first run, { date, method() {} }: Date true, method a function
run again, throw new RangeError(): RangeError false, Error true, message "too many"
run again, throw new Busy(): Error true, retryAt '1970-01-01T00:00:00.000Z', waiting {}
run again, throw new DOMException(): DOMException false, Error true, code undefined
run again, throw "text": "text" false, Error true
run again, throw null: null false, message "null"
run again, { date, method() {} }: Date true, method a undefined
TEXT

cat >run.mjs <<'JS'
import { once } from "node:events";
import { createServer } from "node:net";
import { inspect } from "node:util";
import { DBOS } from "@dbos-inc/dbos-sdk";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

const taken = createServer().listen(0);
await once(taken, "listening");
const { port } = taken.address();
taken.close();
const server = new PGLiteSocketServer({ db: await PGlite.create(), port, maxConnections: 20 });
await server.start();
DBOS.setConfig({
  name: "findings",
  systemDatabaseUrl: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres?sslmode=disable`,
  logLevel: "error",
  runAdminServer: false,
});

class Busy extends Error {
  retryAt = new Date(0);
  waiting = new Set([1]);
}
const thrower = (value) => () => {
  throw value;
};
const steps = {
  "throw new RangeError()": [thrower(new RangeError("too many")), (got) => `RangeError ${got instanceof RangeError}, Error ${got instanceof Error}, message "${got.message}"`],
  "throw new Busy()": [thrower(new Busy()), (got) => `Error ${got instanceof Error}, retryAt ${inspect(got.retryAt)}, waiting ${inspect(got.waiting)}`],
  "throw new DOMException()": [
    thrower(new DOMException("stop", "AbortError")),
    (got) => `DOMException ${got instanceof DOMException}, Error ${got instanceof Error}, code ${got.code}`,
  ],
  'throw "text"': [thrower("text"), (got) => `"text" ${got === "text"}, Error ${got instanceof Error}`],
  "throw null": [thrower(null), (got) => `null ${got === null}, message "${got?.message}"`],
  "{ date, method() {} }": [() => ({ date: new Date(0), method() {} }), (got) => `Date ${got.date instanceof Date}, method a ${typeof got.method}`],
};
let run = "first run";
const work = DBOS.registerWorkflow(
  async () => {
    for (const [title, [step, show]] of Object.entries(steps)) {
      const got = await DBOS.runStep(async () => step(), { name: title }).catch((error) => error);
      console.log(`${run}, ${title}: ${show(got)}`);
    }
    await DBOS.runStep(async () => "end", { name: "end" });
  },
  { name: "work" },
);
await DBOS.launch();
const handle = await DBOS.startWorkflow(work)();
await handle.getResult();
run = "run again";
const fork = await DBOS.forkWorkflow(handle.workflowID, Object.keys(steps).length);
await fork.getResult();
await DBOS.shutdown();
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
