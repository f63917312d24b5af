#!/usr/bin/env bash
# With @inngest/test 1.0.0 a mocked step that throws has succeeded, with null, and a real one that throws ends the run although the function catches it.
#
# @inngest/test 1.0.0, inngest 4.24.0, with an error that is not to be tried again. In production the error is thrown into the function, which then sends its refund. One expects the same of the mock, which is there to
# reach that code; `result: null, error: undefined` looks like a function that has gone well. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund inngest@4.24.0 @inngest/test@1.0.0 --ignore-scripts

cat >expected <<'TEXT'
try and catch, step succeeds: result "charged", error none, refunds 0
try and catch, step throws: result undefined, error declined, refunds 0
try and catch, mocked step throws: result null, error none, refunds 0
Promise.allSettled, step succeeds: result "fulfilled", error none, refunds 0
Promise.allSettled, step throws: result undefined, error declined, refunds 0
Promise.allSettled, mocked step throws: result "fulfilled", error none, refunds 0
TEXT

cat >run.mjs <<'JS'
import { InngestTestEngine } from "@inngest/test";
import { Inngest, NonRetriableError } from "inngest";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const inngest = new Inngest({ id: "shop", isDev: true, logger: silent });
let refunds = 0;
let charge;
const functions = {
  "try and catch": async ({ step }) => {
    try {
      return await step.run("charge", charge);
    } catch {
      refunds++;
      return "refunded";
    }
  },
  "Promise.allSettled": async ({ step }) => {
    const [{ status }] = await Promise.allSettled([step.run("charge", charge)]);
    if (status === "rejected") refunds++;
    return status;
  },
};
const succeed = () => "charged";
const fail = () => {
  throw new NonRetriableError("declined");
};
const ways = {
  "step succeeds": { real: succeed },
  "step throws": { real: fail },
  "mocked step throws": { real: succeed, steps: [{ id: "charge", handler: fail }] },
};
for (const [kind, handler] of Object.entries(functions))
  for (const [title, { real, steps }] of Object.entries(ways)) {
    charge = real;
    const definition = inngest.createFunction({ id: "pay", triggers: [{ event: "order" }], retries: 0 }, handler);
    const { result, error } = await new InngestTestEngine({ function: definition, steps }).execute();
    console.log(`${kind}, ${title}: result ${JSON.stringify(result)}, error ${error?.message ?? "none"}, refunds ${refunds}`);
  }
process.exit();
JS

node run.mjs | tee seen
diff expected seen || exit 1
