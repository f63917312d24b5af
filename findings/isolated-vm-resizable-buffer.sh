#!/usr/bin/env bash
# isolated-vm 7.0.1 hands a resizable ArrayBuffer over as a fixed one when the buffer or a view of it is the argument itself, and as a resizable one when it is a property of the argument.
#
# node 24.21.0, isolated-vm 7.0.1. The two ways give values that cannot be told apart until somebody calls resize(): a bare value is copied by
# isolated-vm's own code, everything inside an object by V8's serialiser. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
buffer: resizable false, up to 2 bytes
{ buffer }: resizable true, up to 8 bytes
view: resizable false, up to 2 bytes
{ view }: resizable true, up to 8 bytes
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");

const context = new ivm.Isolate().createContextSync();
const look = `
  const found = $0.value ?? $0;
  const buffer = found instanceof ArrayBuffer ? found : found.buffer;
  return "resizable " + buffer.resizable + ", up to " + buffer.maxByteLength + " bytes";
`;
const buffer = () => new ArrayBuffer(2, { maxByteLength: 8 });
const view = () => new Uint8Array(buffer());

for (const [name, value] of [
  ["buffer", buffer()],
  ["{ buffer }", { value: buffer() }],
  ["view", view()],
  ["{ view }", { value: view() }],
])
  console.log(`${name}: ${context.evalClosureSync(look, [value], { arguments: { copy: true } })}`);
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
