#!/usr/bin/env bash
# cbor-x 1.6.9 writes a Map under tag 259, which cbor2 2.3.0 hands out as a tag, and reads the plain map that cbor2 writes for a Map as an object, where the key 1 and the key "1" are one.
#
# cbor-x 1.6.9, cbor2 2.3.0, cborg 6.1.5. CBOR has maps with keys of any kind, so one expects a Map to pass between two libraries whatever happens to objects.
# Each keeps it for itself only: in one direction the reader gets a wrapper without `get`, in the other entries are lost in silence. A set passes. A byte string of
# cbor-x bears a tag as well, without which a strict reader would take it. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund cbor-x@1.6.9 cbor2@2.3.0 cborg@6.1.5

cat >expected <<'TEXT'
Map: cbor-x to cbor-x Map(2) { 1 => 'a', '1' => 'b' }
Map: cbor-x to cbor2 259(Map(2) { 1 => 'a', '1' => 'b' })
Map: cbor-x to cborg throws CBOR decode error: tag not supported (259)
Map: cbor2 to cbor-x { '1': 'b' }
Map: cbor2 to cbor2 Map(2) { 1 => 'a', '1' => 'b' }
Map: cbor2 to cborg throws CBOR decode error: non-string keys not supported (got number)
Set: cbor-x to cbor-x Set(1) { 1 }
Set: cbor-x to cbor2 Set(1) { 1 }
Set: cbor2 to cbor-x Set(1) { 1 }
Set: cbor2 to cbor2 Set(1) { 1 }
bytes: cbor-x to cborg throws CBOR decode error: tag not supported (64)
bytes: cbor2 to cborg Uint8Array(1) [ 1 ]
TEXT

cat >run.mjs <<'JS'
import { inspect } from "node:util";
import * as cborX from "cbor-x";
import * as cbor2 from "cbor2";
import * as cborg from "cborg";

const libraries = { "cbor-x": cborX, cbor2, cborg };
const pass = (name, value, writer, reader) => {
  const written = libraries[writer].encode(value);
  try {
    console.log(`${name}: ${writer} to ${reader} ${inspect(libraries[reader].decode(written))}`);
  } catch (error) {
    console.log(`${name}: ${writer} to ${reader} throws ${error.message}`);
  }
};
const map = new Map([[1, "a"], ["1", "b"]]);
for (const writer of ["cbor-x", "cbor2"]) for (const reader of ["cbor-x", "cbor2", "cborg"]) pass("Map", map, writer, reader);
for (const writer of ["cbor-x", "cbor2"]) for (const reader of ["cbor-x", "cbor2"]) pass("Set", new Set([1]), writer, reader);
for (const writer of ["cbor-x", "cbor2"]) pass("bytes", new Uint8Array([1]), writer, "cborg");
JS

node run.mjs | tee seen
diff expected seen || exit 1
