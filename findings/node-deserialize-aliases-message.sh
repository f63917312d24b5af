#!/usr/bin/env bash
# On Node 24.21.0 typed arrays that v8.deserialize gives are views into the message, so that two reads of one message share memory, or copies, and which of the two depends on where in the message they happen to be aligned.
#
# node 24.21.0. A cache that keeps the bytes and reads them anew for each user hands all of them one array; a longer text in front of it hands each
# their own. A bare ArrayBuffer is always a copy, and structuredClone never shares. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
name of 3 letters: Uint8Array shared, Uint16Array shared, ArrayBuffer own
name of 4 letters: Uint8Array shared, Uint16Array own, ArrayBuffer own
name of 5 letters: Uint8Array shared, Uint16Array shared, ArrayBuffer own
the message itself is changed by its reader: true
TEXT

cat >run.cjs <<'JS'
const { deserialize, serialize } = require("node:v8");

const first = (value) => new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0);
for (const letters of [3, 4, 5]) {
  const message = serialize({
    name: "x".repeat(letters),
    bytes: Uint8Array.of(1, 2),
    words: Uint16Array.of(1, 2),
    buffer: new ArrayBuffer(2),
  });
  const { name, ...one } = deserialize(message);
  const other = deserialize(message);
  const seen = Object.entries(one).map(([key, value]) => {
    first(value)[0] = 99;
    return `${value.constructor.name} ${first(other[key])[0] === 99 ? "shared" : "own"}`;
  });
  console.log(`name of ${letters} letters: ${seen.join(", ")}`);
}
const message = serialize(Uint8Array.of(1, 2));
const before = Buffer.from(message);
deserialize(message)[0] = 99;
console.log(`the message itself is changed by its reader: ${!before.equals(message)}`);
JS

node_modules/.bin/node run.cjs | tee seen
diff expected seen || exit 1
