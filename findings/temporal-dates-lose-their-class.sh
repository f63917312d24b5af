#!/usr/bin/env bash
# In a workflow of Temporal 1.24.0 `new` of a class that extends Date gives a plain Date: no method of the class, and a TZDate has lost its time zone.
#
# @temporalio/worker 1.24.0, @date-fns/tz 1.4.1. A workflow has a Date of its own, so that the time is the one of its history; new Date, Date.now and Date.UTC are as they were, and one expects a subclass to work as well.
# Its constructor is a function that returns another object, so what the subclass adds is gone, without an error: a day in Tokyo is the one in UTC. And Date() without new is an object, no text. The same code is run in Node beside it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @temporalio/worker@1.24.0 @temporalio/workflow@1.24.0 @date-fns/tz@1.4.1 date-fns@4.1.0

cat >expected <<'TEXT'
Node: a Deadline is a Deadline true, its method a function, Date() a string, midnight in Tokyo 2026-01-01 00:00
workflow: a Deadline is a Deadline false, its method a undefined, Date() a object, midnight in Tokyo 2025-12-31 15:00
TEXT

cat >look.mjs <<'JS'
import { TZDate } from "@date-fns/tz";
import { format } from "date-fns";

class Deadline extends Date {
  passed() {
    return this.getTime() < Date.now();
  }
}
export function look() {
  const deadline = new Deadline(0);
  const midnight = new TZDate("2025-12-31T15:00:00Z", "Asia/Tokyo");
  return `a Deadline is a Deadline ${deadline instanceof Deadline}, its method a ${typeof deadline.passed}, Date() a ${typeof Date()}, midnight in Tokyo ${format(midnight, "yyyy-MM-dd HH:mm")}`;
}
JS

cat >workflow.mjs <<'JS'
import { proxySinks } from "@temporalio/workflow";
import { look } from "./look.mjs";

export async function work() {
  proxySinks().out.say(`workflow: ${look()}`);
}
JS

cat >run.mjs <<'JS'
import { look } from "./look.mjs";
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from "@temporalio/worker";

console.log(`Node: ${look()}`);
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
const sinks = { out: { say: { fn: (_, text) => console.log(text), callDuringReplay: true } } };
await Worker.runReplayHistory({ workflowBundle, sinks }, history);
JS

TZ=UTC node run.mjs | tee seen
diff expected seen || exit 1
