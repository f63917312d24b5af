#!/usr/bin/env bash
# With the flexbuffers of flatbuffers 25.9.23 a whole number beyond 32 bits, such as a time in milliseconds, comes back as a bigint, and so do the small numbers beside it in an array or object, while a bigint within 32 bits cannot be written.
#
# flatbuffers 25.9.23. The two are told apart by size and not by type, and all values of a vector have the width of the widest: a count beside a time is a bigint, and the same count without it a number. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund flatbuffers@25.9.23

cat >expected <<'TEXT'
2147483647: 2147483647
2147483648: 2147483648n
4294967296: 4294967296n
-2147483649: -2147483649n
1500000000000: 1500000000000n
1500000000000.5: 1500000000000.5
[ 1, 2 ]: [ 1, 2 ]
[ 1, 1500000000000 ]: [ 1n, 1500000000000n ]
{ at: 1500000000000, count: 1 }: { at: 1500000000000n, count: 1n }
5n: throws Cannot convert a BigInt value to a number
2147483648n: 2147483648n
1500000000000n: 1500000000000n
TEXT

cat >run.mjs <<'JS'
import { inspect } from "node:util";
import flexbuffers from "flatbuffers/js/flexbuffers.js";

const show = (value) => inspect(value, { breakLength: Infinity });
for (const value of [2147483647, 2147483648, 4294967296, -2147483649, 1500000000000, 1500000000000.5, [1, 2], [1, 1500000000000], { at: 1500000000000, count: 1 }, 5n, 2147483648n, 1500000000000n]) {
  let seen;
  try {
    const { buffer, byteOffset, byteLength } = flexbuffers.encode(value);
    seen = show(flexbuffers.toObject(buffer.slice(byteOffset, byteOffset + byteLength)));
  } catch (error) {
    seen = `throws ${error.message}`;
  }
  console.log(`${show(value)}: ${seen}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
