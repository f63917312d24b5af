#!/usr/bin/env bash
# In a workflow of Temporal 1.24.0 `setTimeout(callback)` without a delay never calls back, and neither fails nor starts a timer.
#
# @temporalio/worker 1.24.0. setTimeout of a workflow is a durable timer, and a delay of 0 or null is one of a millisecond, as in Node. One expects the same of none at all, which libraries write to yield, and of Infinity, which Node makes a millisecond too.
# Both become a duration that cannot be written; the error ends as if the timer had been cleared. The commands that the workflow gives are the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @temporalio/worker@1.24.0 @temporalio/workflow@1.24.0

cat >expected <<'TEXT'
setTimeout(callback, 0): a timer of 1 ms
setTimeout(callback, null): a timer of 1 ms
setTimeout(callback, "20"): a timer of 20 ms
setTimeout(callback): nothing
setTimeout(callback, undefined): nothing
setTimeout(callback, Infinity): nothing
TEXT

cat >workflow.mjs <<'JS'
import { condition } from "@temporalio/workflow";

export async function work() {
  const callback = () => undefined;
  setTimeout(callback, 0);
  setTimeout(callback, null);
  setTimeout(callback, "20");
  setTimeout(callback);
  setTimeout(callback, undefined);
  setTimeout(callback, Infinity);
  await condition(() => false);
}
JS

cat >commands.mjs <<'JS'
import { proxySinks } from "@temporalio/workflow";

const { out } = proxySinks();
export const interceptors = () => ({
  internals: [
    {
      concludeActivation(input, next) {
        const told = next(input);
        const timers = new Map(told.commands.map(({ startTimer }) => [startTimer.seq, `a timer of ${startTimer.startToFireTimeout.nanos / 1e6} ms`]));
        for (const [index, delay] of [", 0", ", null", ', "20"', "", ", undefined", ", Infinity"].entries()) {
          out.say(`setTimeout(callback${delay}): ${timers.get(index + 1) ?? "nothing"}`);
        }
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
