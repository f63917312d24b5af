#!/usr/bin/env bash
# In a workflow of Temporal 1.24.0 the bytes of `new TextEncoder().encode()` are no Uint8Array, and an activity gets them as `{ "0": 104, "1": 105 }`.
#
# @temporalio/worker 1.24.0. Bytes in the arguments of an activity travel as they are (binary/plain). The TextEncoder that the sandbox has is the one of the worker's own realm, and so is what it returns, which the converter in the workflow does not
# take for bytes: it writes JSON, an object with a key for each byte, and nothing fails before the activity reads it. An invalid URL throws what is no Error in the same way. `Uint8Array.from(…)` mends it. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @temporalio/worker@1.24.0 @temporalio/workflow@1.24.0

cat >expected <<'TEXT'
bytes are a Uint8Array: false, the error of an invalid URL an Error: false
new TextEncoder().encode("hi"): json/plain {"0":104,"1":105}
Uint8Array.from(new TextEncoder().encode("hi")): binary/plain hi
TEXT

cat >workflow.mjs <<'JS'
import { proxyActivities, proxySinks } from "@temporalio/workflow";

const { store } = proxyActivities({ startToCloseTimeout: "1 minute" });
const invalid = () => {
  try {
    return new URL("no address");
  } catch (error) {
    return error;
  }
};
export async function work() {
  const bytes = new TextEncoder().encode("hi");
  proxySinks().out.say(`bytes are a Uint8Array: ${bytes instanceof Uint8Array}, the error of an invalid URL an Error: ${invalid() instanceof Error}`);
  await store(bytes, Uint8Array.from(bytes));
}
JS

cat >commands.mjs <<'JS'
import { proxySinks } from "@temporalio/workflow";

const { out } = proxySinks();
const text = (bytes) => String.fromCharCode(...bytes);
export const interceptors = () => ({
  internals: [
    {
      concludeActivation(input, next) {
        const told = next(input);
        const [encoder, copy] = told.commands[0].scheduleActivity.arguments.map((payload) => `${text(payload.metadata.encoding)} ${text(payload.data)}`);
        out.say(`new TextEncoder().encode("hi"): ${encoder}`);
        out.say(`Uint8Array.from(new TextEncoder().encode("hi")): ${copy}`);
        return told;
      },
    },
  ],
});
JS

cat >run.mjs <<'JS'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from "@temporalio/worker";

Runtime.install({ logger: new DefaultLogger("ERROR") });
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: `${import.meta.dirname}/workflow.mjs`,
  workflowInterceptorModules: [`${import.meta.dirname}/commands.mjs`],
  logger: new DefaultLogger("ERROR"),
});

const id = "11111111-1111-1111-1111-111111111111";
const queue = { name: "queue" };
const event = (number, name, attributes) => ({
  eventId: String(number),
  eventTime: `2026-01-02T03:04:0${number}Z`,
  eventType: `EVENT_TYPE_${name.replaceAll(/(?<=[a-z])[A-Z]/g, "_$&").toUpperCase()}`,
  [`${name[0].toLowerCase()}${name.slice(1)}EventAttributes`]: attributes,
});
const history = {
  events: [
    event(1, "WorkflowExecutionStarted", { workflowType: { name: "work" }, taskQueue: queue, originalExecutionRunId: id, firstExecutionRunId: id, workflowTaskTimeout: "10s", attempt: 1 }),
    event(2, "WorkflowTaskScheduled", { taskQueue: queue, startToCloseTimeout: "10s", attempt: 1 }),
    event(3, "WorkflowTaskStarted", { scheduledEventId: "2" }),
  ],
};
const sinks = { out: { say: { fn: (_, text) => console.log(text), callDuringReplay: true } } };
await Worker.runReplayHistory({ workflowBundle, sinks }, history);
JS

node run.mjs | tee seen
diff expected seen || exit 1
