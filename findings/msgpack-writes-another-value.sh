#!/usr/bin/env bash
# @msgpack/msgpack 3.1.3 writes a bigint beyond 64 bits as its lowest 64, an invalid Date as 1 January 1970 and a Map as an empty map, all without an error.
#
# @msgpack/msgpack 3.1.3, its option `useBigInt64` for the bigints, beside msgpackr 2.1.4. One expects an error, as for a function or for a bigint without the
# option, or null, as JSON has for the date: MessagePack has maps with keys of any kind, but none of these numbers and no date that is none. What is read is valid
# and wrong. msgpackr refuses the bigint and keeps the date. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @msgpack/msgpack@3.1.3 msgpackr@2.1.4

cat >expected <<'TEXT'
2n ** 64n - 1n: @msgpack/msgpack 18446744073709551615n; msgpackr 18446744073709551615n
2n ** 64n + 5n: @msgpack/msgpack 5n; msgpackr throws RangeError
-(2n ** 63n) - 1n: @msgpack/msgpack 9223372036854775807n; msgpackr throws RangeError
new Date(NaN): @msgpack/msgpack 1970-01-01T00:00:00.000Z; msgpackr Invalid Date
new Map([["a", 1]]): @msgpack/msgpack {}; msgpackr { a: 1 }
() => 1: @msgpack/msgpack throws Error; msgpackr undefined
TEXT

cat >run.mjs <<'JS'
import { inspect } from "node:util";
import * as official from "@msgpack/msgpack";
import { pack, unpack } from "msgpackr";

const options = { useBigInt64: true };
const ways = {
  "@msgpack/msgpack": (value) => official.decode(official.encode(value, options), options),
  msgpackr: (value) => unpack(pack(value)),
};
for (const text of ["2n ** 64n - 1n", "2n ** 64n + 5n", "-(2n ** 63n) - 1n", "new Date(NaN)", 'new Map([["a", 1]])', "() => 1"]) {
  const value = (0, eval)(text);
  const seen = Object.entries(ways).map(([name, way]) => {
    try {
      return `${name} ${inspect(way(value))}`;
    } catch (error) {
      return `${name} throws ${error.name}`;
    }
  });
  console.log(`${text}: ${seen.join("; ")}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
