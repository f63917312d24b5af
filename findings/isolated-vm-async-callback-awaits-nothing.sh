#!/usr/bin/env bash
# A Callback of isolated-vm 7.0.1 with async: true gives the script a promise and does not wait for the one that the host function returns: an async host function makes it reject with "#<Promise> could not be cloned".
#
# node 24.21.0, isolated-vm 7.0.1. `async` says where the function runs, not that it may be one: it must have its value when it returns, in every mode. The way to wait for the host is a Reference that the script
# applies with `result: { promise: true }`. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
returns 5: by default 5, async 5, as a Reference 5
async, returns 5: by default rejects: #<Promise> could not be cloned., async rejects: #<Promise> could not be cloned., as a Reference 5
async, waits, returns 5: by default rejects: #<Promise> could not be cloned., async rejects: #<Promise> could not be cloned., as a Reference 5
TEXT

cat >run.cjs <<'JS'
const { setTimeout } = require("node:timers/promises");
const ivm = require("isolated-vm");

const host = {
  "returns 5": () => 5,
  "async, returns 5": async () => 5,
  "async, waits, returns 5": async () => {
    await setTimeout(10);
    return 5;
  },
};
const modes = { "by default": {}, async: { async: true } };
const seen = async (source, given) => {
  const isolate = new ivm.Isolate();
  const context = isolate.createContextSync();
  context.global.setSync("host", given);
  return context.eval(`(async () => { try { return String(await ${source}); } catch (error) { return "rejects: " + error.message; } })()`, {
    promise: true,
  });
};
(async () => {
  for (const [title, run] of Object.entries(host)) {
    const said = [];
    for (const [mode, options] of Object.entries(modes)) said.push(`${mode} ${await seen("host()", new ivm.Callback(run, options))}`);
    const applied = "host.apply(undefined, [], { result: { promise: true } })";
    console.log(`${title}: ${said.join(", ")}, as a Reference ${await seen(applied, new ivm.Reference(run))}`);
  }
})();
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
