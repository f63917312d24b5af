#!/usr/bin/env bash
# Given a Float16Array of Node 24, msgpackr 2.1.4, superjson 2.2.7 and seroval 1.8.2 write it without complaint, and throw only when they read back what they wrote.
#
# node 24.21.0, msgpackr 2.1.4 (structuredClone: true), superjson 2.2.7, seroval 1.8.2 (toJSON); a Float32Array is the control. They know a
# typed array by what it is when they write, and by a list of kinds when they read: the fault shows where the data is needed, after it was
# stored or sent. msgpackr writes 255, the index -1 in its list, as the kind of the array. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0 msgpackr@2.1.4 superjson@2.2.7 seroval@1.8.2
[ -x node_modules/.bin/node ] || npm rebuild --silent node

cat >expected <<'TEXT'
msgpackr Float32Array: written, read Float32Array 1.5
msgpackr Float16Array: written, read throws Could not find typed array for code 255
superjson Float32Array: written, read Float32Array 1.5
superjson Float16Array: written, read throws Trying to deserialize unknown typed array
seroval Float32Array: written, read Float32Array 1.5
seroval Float16Array: written, read throws Seroval Error (step: 3)
TEXT

cat >run.mjs <<'JS'
import { Packr } from "msgpackr";
import * as seroval from "seroval";
import superjson from "superjson";

const packr = new Packr({ structuredClone: true });
const serialisers = {
  msgpackr: [(value) => packr.pack(value), (bytes) => packr.unpack(bytes)],
  superjson: [(value) => superjson.stringify(value), (text) => superjson.parse(text)],
  seroval: [(value) => JSON.stringify(seroval.toJSON(value)), (text) => seroval.fromJSON(JSON.parse(text))],
};
for (const [name, [write, read]] of Object.entries(serialisers))
  for (const Kind of [Float32Array, Float16Array]) {
    const written = write(Kind.of(1.5));
    let outcome;
    try {
      const value = read(written);
      outcome = `read ${value.constructor.name} ${value}`;
    } catch (error) {
      outcome = `read throws ${error.message}`;
    }
    console.log(`${name} ${Kind.name}: written, ${outcome}`);
  }
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
