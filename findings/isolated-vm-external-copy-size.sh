#!/usr/bin/env bash
# In isolated-vm 7.0.1 an ExternalCopy of a 4-byte view carries the whole megabyte of its buffer into the isolate, and ExternalCopy.totalExternalSize, which counts texts in full, counts 48 bytes for it and none for a bare buffer.
#
# node 24.21.0, isolated-vm 7.0.1. `totalExternalSize` is documented as the bytes that are held outside of the heap because of such copies; whoever
# watches it sees texts and no binary data. `slice()` in place of `subarray()` copies four bytes. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund --ignore-scripts isolated-vm@7.0.1

cat >expected <<'TEXT'
text of 1048576 letters: counted 1048616
ArrayBuffer of 1048576 bytes: counted 0, 1048576 bytes there
view of all of it: counted 48, 1048576 bytes there
subarray of 4 bytes: counted 48, 1048576 bytes there
slice of 4 bytes: counted 48, 4 bytes there
object with the subarray: counted 0, 1048576 bytes there
TEXT

cat >run.cjs <<'JS'
const ivm = require("isolated-vm");

const context = new ivm.Isolate().createContextSync();
const size = 2 ** 20;
const bytes = new Uint8Array(size);
const there = (copy) =>
  context.evalClosureSync("const value = $0.view ?? $0; return (value.buffer ?? value).byteLength", [copy.copyInto()]);

for (const [name, value] of [
  [`text of ${size} letters`, "x".repeat(size)],
  [`ArrayBuffer of ${size} bytes`, bytes.buffer.slice(0)],
  ["view of all of it", bytes],
  ["subarray of 4 bytes", bytes.subarray(0, 4)],
  ["slice of 4 bytes", bytes.slice(0, 4)],
  ["object with the subarray", { view: bytes.subarray(0, 4) }],
]) {
  const before = ivm.ExternalCopy.totalExternalSize;
  const copy = new ivm.ExternalCopy(value);
  const counted = ivm.ExternalCopy.totalExternalSize - before;
  console.log(`${name}: counted ${counted}${typeof value === "string" ? "" : `, ${there(copy)} bytes there`}`);
}
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
