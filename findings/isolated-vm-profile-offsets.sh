#!/usr/bin/env bash
# In isolated-vm 7.0.1 the `timeDeltas` of a CPU profile are not differences but offsets from its start, so that a viewer shows a profile many times as long as it was.
#
# node 24.21.0, isolated-vm 7.0.1. The format of DevTools, which Node's own inspector writes, gives with each sample the time since the
# one before; their sum is about `endTime - startTime`. The profile of an isolate has the same fields, and numbers that only rise: each
# is the time since the start. Its lines count from 1, where those of DevTools count from 0.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
node: sum of timeDeltas is at most the time profiled, burn is at line 0
isolated-vm: timeDeltas rise, the last is at most the time profiled and the sum over twice as much, burn is at line 1
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");
const { Session } = require("node:inspector/promises");

const burn = "function burn() { const end = Date.now() + 60; let n = 0; while (Date.now() < end) n++; return n; } burn();";
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const lineOf = ({ nodes }) => nodes.find(({ callFrame }) => callFrame.functionName === "burn").callFrame.lineNumber;
const rises = (numbers) => numbers.every((number, at) => at === 0 || number >= numbers[at - 1]);
const time = ({ startTime, endTime }) => endTime - startTime;

const inNode = async () => {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  require("node:vm").runInThisContext(burn, { filename: "burn.js" });
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const summed = sum(profile.timeDeltas) <= time(profile) ? "at most" : "more than";
  console.log(`node: sum of timeDeltas is ${summed} the time profiled, burn is at line ${lineOf(profile)}`);
};

const inIsolate = async () => {
  const isolate = new ivm.Isolate();
  const context = isolate.createContextSync();
  isolate.startCpuProfiler("burn");
  context.evalSync(burn, { filename: "burn.js" });
  const [{ profile: first }] = await isolate.stopCpuProfiler("burn");
  const order = rises(first.timeDeltas) ? "rise" : "do not rise";
  const last = first.timeDeltas.at(-1) <= time(first) ? "at most" : "more than";
  const summed = sum(first.timeDeltas) > 2 * time(first) ? "over twice as much" : "no more";
  console.log(
    `isolated-vm: timeDeltas ${order}, the last is ${last} the time profiled and the sum ${summed}, burn is at line ${lineOf(first)}`,
  );
  isolate.dispose();
};

inNode().then(inIsolate);
JS

node_modules/.bin/node --no-node-snapshot run.cjs | tee seen
diff expected seen || exit 1
