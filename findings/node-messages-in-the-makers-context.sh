#!/usr/bin/env bash
# On Node 24.21.0 the message listeners of a Worker, a MessagePort and a child process run in the asynchronous context in which the worker, the channel or the process was made, not in that of whoever listens or sends.
#
# Node 24.21.0. So a pool that starts its workers when they are first needed answers every later request in the AsyncLocalStorage store of the first one: its tenant, its trace. A listener that awaits
# once() or wraps itself in AsyncResource.bind is in its own context, and an EventEmitter or an AbortSignal has the context of who emits or aborts. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
Worker: on() the one who makes, await once() the one who listens, AsyncResource.bind the one who listens
MessagePort: on() the one who makes, await once() the one who listens, AsyncResource.bind the one who listens
child process: on() the one who makes, await once() the one who listens, AsyncResource.bind the one who listens
EventEmitter: on() the one who sends, await once() the one who listens, AsyncResource.bind the one who listens
TEXT

cat >run.mjs <<'JS'
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { writeFileSync } from "node:fs";
import { MessageChannel, Worker } from "node:worker_threads";

const storage = new AsyncLocalStorage();
const heard = (add) => new Promise((resolve) => storage.run("listens", add, () => resolve(storage.getStore())));

const echo = "require('node:worker_threads').parentPort.on('message', function (m) { this.postMessage(m); })";
writeFileSync("child.cjs", "process.on('message', (message) => process.send(message));");
const sources = {
  Worker: () => {
    const worker = storage.run("makes", () => new Worker(echo, { eval: true }));
    return { target: worker, send: () => worker.postMessage(1) };
  },
  MessagePort: () => {
    const { port1, port2 } = storage.run("makes", () => new MessageChannel());
    return { target: port2, send: () => port1.postMessage(1) };
  },
  "child process": () => {
    const child = storage.run("makes", () => fork("child.cjs"));
    return { target: child, send: () => child.send(1) };
  },
  EventEmitter: () => {
    const emitter = storage.run("makes", () => new EventEmitter());
    return { target: emitter, send: () => setImmediate(() => emitter.emit("message")) };
  },
};
for (const [name, make] of Object.entries(sources)) {
  const { target, send } = make();
  const ways = {
    "on()": (hear) => target.once("message", hear),
    "await once()": async (hear) => {
      await once(target, "message");
      hear();
    },
    "AsyncResource.bind": (hear) => target.once("message", AsyncResource.bind(hear)),
  };
  const seen = [];
  for (const [way, add] of Object.entries(ways)) {
    const answer = heard(add);
    storage.run("sends", send);
    seen.push(`${way} the one who ${await answer}`);
  }
  console.log(`${name}: ${seen.join(", ")}`);
}
process.exit();
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
