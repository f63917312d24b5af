#!/usr/bin/env bash
# The timeout of isolated-vm 7.0.1 stands still while the host is called and knows nothing of what the host enters again: a script with 50 ms to live goes on after 300 ms that its own isolate has run for it.
#
# node 24.21.0, isolated-vm 7.0.1. A host function that evaluates something in the isolate it was called from (a template, a callback of the script) has to pass a timeout of
# its own; without one there is none, and with a longer one that is what counts. The time in the host is not counted either, so that the wall time of a call is unbounded: what
# the timeout measures is the script's own turns, summed up. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
everything under a timeout of 100 ms
400 ms of its own: throws Script execution timed out.
twice 80 ms with a call of the host between: throws Script execution timed out.
400 ms in the host: goes on
400 ms in an entry of the host's: done, goes on
400 ms in an entry with 2000 ms: done, goes on
400 ms in an entry with 20 ms: stopped: Script execution timed out., goes on
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");

const isolate = new ivm.Isolate();
const context = isolate.createContextSync();
const busy = (ms) => {
  const end = Date.now() + ms;
  while (Date.now() < end);
};
context.global.setSync("host", new ivm.Callback(busy));
context.evalSync(`globalThis.busy = ${busy}`);
context.global.setSync(
  "enter",
  new ivm.Callback((source, timeout) => {
    try {
      return context.evalSync(source, timeout ? { timeout } : {});
    } catch (error) {
      return `stopped: ${error.message}`;
    }
  }),
);

const outcome = (title, source) => {
  let said;
  try {
    said = context.evalSync(`{ ${source} }`, { timeout: 100 });
  } catch (error) {
    said = `throws ${error.message}`;
  }
  console.log(`${title}: ${said}`);
};

console.log("everything under a timeout of 100 ms");
outcome("400 ms of its own", 'busy(400); "goes on"');
outcome("twice 80 ms with a call of the host between", 'busy(80); host(0); busy(80); "goes on"');
outcome("400 ms in the host", 'host(400); "goes on"');
outcome("400 ms in an entry of the host's", `enter('busy(400); "done"') + ", goes on"`);
outcome("400 ms in an entry with 2000 ms", `enter('busy(400); "done"', 2000) + ", goes on"`);
outcome("400 ms in an entry with 20 ms", `enter('busy(400); "done"', 20) + ", goes on"`);
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
