#!/usr/bin/env bash
# In a workflow of Temporal 1.24.0 `new Intl.DateTimeFormat().format()` is the day of the machine, where `new Date()` is the time of the workflow.
#
# @temporalio/worker 1.24.0. A workflow is run again from its history, and its sandbox makes Date, Math.random and the timers give what they gave the first time. With no argument the formatter asks no Date, so format() and formatToParts()
# tell the day of whoever replays: code that branches on it passes every test and breaks its history on another day. With new Date() as the argument it is right. The history below began on 2 January 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @temporalio/worker@1.24.0 @temporalio/workflow@1.24.0

cat >expected <<'TEXT'
new Date(): 2026-01-02
format(new Date()): 2026-01-02
format(): the day of the machine
formatToParts(): the day of the machine
TEXT

cat >workflow.mjs <<'JS'
import { proxySinks } from "@temporalio/workflow";

export async function work() {
  const { out } = proxySinks();
  const days = new Intl.DateTimeFormat("en-CA", { timeZone: "UTC" });
  out.say(`new Date(): ${new Date().toISOString().slice(0, 10)}`);
  out.say(`format(new Date()): ${days.format(new Date())}`);
  out.say(`format(): ${days.format()}`);
  out.say(`formatToParts(): ${days.formatToParts().map((part) => part.value).join("")}`);
}
JS

cat >run.mjs <<'JS'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from "@temporalio/worker";

Runtime.install({ logger: new DefaultLogger("ERROR") });
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: `${import.meta.dirname}/workflow.mjs`,
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
const today = new Date().toISOString().slice(0, 10);
const sinks = { out: { say: { fn: (_, text) => console.log(text.replace(today, "the day of the machine")), callDuringReplay: true } } };
await Worker.runReplayHistory({ workflowBundle, sinks }, history);
JS

node run.mjs | tee seen
diff expected seen || exit 1
