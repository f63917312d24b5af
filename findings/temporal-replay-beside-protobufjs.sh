#!/usr/bin/env bash
# Beside another version of protobufjs in an application, Temporal 1.24.0 replays no history of JSON: `Worker.runReplayHistory` throws "type must be a Type".
#
# @temporalio/worker 1.24.0, with and without protobufjs 7.6.6 among the dependencies of the application. npm gives each package of Temporal a copy of protobufjs 8 then, and the reader of one copy does not know the types of another.
# Workers and clients go on as before, only what reads a downloaded history fails: replay tests and historyFromJSON. The message names neither. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --prefix alone @temporalio/worker@1.24.0 @temporalio/workflow@1.24.0
npm i --silent --no-audit --no-fund --prefix beside @temporalio/worker@1.24.0 @temporalio/workflow@1.24.0 protobufjs@7.6.6

cat >expected <<'TEXT'
alone: replayed
beside protobufjs 7.6.6: TypeError: type must be a Type
TEXT

cat >workflow.mjs <<'JS'
export async function work() {
  return "done";
}
JS

cat >run.mjs <<'JS'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from "@temporalio/worker";

const [, , title] = process.argv;
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
const told = await Worker.runReplayHistory({ workflowBundle }, history).then(
  () => "replayed",
  (error) => `${error.name}: ${error.message}`,
);
console.log(`${title}: ${told}`);
JS

cp workflow.mjs run.mjs alone/
cp workflow.mjs run.mjs beside/
(node alone/run.mjs alone && node beside/run.mjs "beside protobufjs 7.6.6") | tee seen
diff expected seen || exit 1
