#!/usr/bin/env bash
# In typebox 1.4.3 Value.Equal finds any two Dates equal, any two Maps, Sets, URLs, regular expressions and ArrayBuffers, Value.Diff sees no change between them, and Value.Hash tells all of them apart.
#
# Value.Equal is for JavaScript values, and takes a bigint, a symbol as a key and a typed array for what they are, so one expects it to do the same with a Date, whose clone and hash the library
# knows how to make. It compares the enumerable keys, and a Date has none. An order whose only change is its time of delivery has no difference to send. NaN is no
# NaN either: a row that holds one is updated each time it is compared. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typebox@1.4.3

cat >expected <<'TEXT'
Date: equal, 0 edits, other hash
Map: equal, 0 edits, other hash
Set: equal, 0 edits, other hash
URL: equal, 0 edits, other hash
RegExp: equal, 0 edits, other hash
ArrayBuffer: equal, 0 edits, other hash
Uint8Array: not equal, 1 edits, other hash
bigint: not equal, 1 edits, other hash
the same NaN: not equal, 1 edits, same hash
TEXT

cat >run.mjs <<'JS'
import Value from "typebox/value";

const pairs = {
  Date: [new Date("2024-01-01"), new Date("2025-01-01")],
  Map: [new Map([["a", 1]]), new Map()],
  Set: [new Set([1]), new Set([2, 3])],
  URL: [new URL("https://a.example"), new URL("https://b.example")],
  RegExp: [/a/, /b/],
  ArrayBuffer: [new ArrayBuffer(1), new ArrayBuffer(2)],
  Uint8Array: [new Uint8Array([1]), new Uint8Array([2])],
  bigint: [1n, 2n],
  "the same NaN": [NaN, NaN],
};
for (const [name, [one, other]] of Object.entries(pairs)) {
  const equal = Value.Equal(one, other) ? "equal" : "not equal";
  const edits = Value.Diff({ id: "7", at: one }, { id: "7", at: other }).length;
  const hash = Value.Hash(one) === Value.Hash(other) ? "same hash" : "other hash";
  console.log(`${name}: ${equal}, ${edits} edits, ${hash}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
