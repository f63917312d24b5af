#!/usr/bin/env bash
# superjson 2.2.7 gives an array that ends in a hole back with a smaller length, though holes elsewhere are kept as null.
#
# superjson 2.2.7, beside JSON itself and devalue 6.0.3. The array is copied into a new one entry by entry, holes have no entry, and nothing sets
# the length. JSON.stringify, on which superjson builds, keeps the length. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund superjson@2.2.7 devalue@6.0.3

cat >expected <<'TEXT'
holeFirst, length 2: JSON gives length 2, [null,"a"]
holeFirst, length 2: devalue gives length 2, [null,"a"]
holeFirst, length 2: superjson gives length 2, [null,"a"]
holeLast, length 2: JSON gives length 2, ["a",null]
holeLast, length 2: devalue gives length 2, ["a",null]
holeLast, length 2: superjson gives length 1, ["a"]
onlyHoles, length 3: JSON gives length 3, [null,null,null]
onlyHoles, length 3: devalue gives length 3, [null,null,null]
onlyHoles, length 3: superjson gives length 0, []
TEXT

cat >run.mjs <<'JS'
import * as devalue from "devalue";
import superjson from "superjson";

const ways = {
  JSON: (value) => JSON.parse(JSON.stringify(value)),
  devalue: (value) => devalue.parse(devalue.stringify(value)),
  superjson: (value) => superjson.parse(superjson.stringify(value)),
};
const holeFirst = [, "a"];
const holeLast = ["a", ,];
const onlyHoles = new Array(3);
for (const [name, value] of Object.entries({ holeFirst, holeLast, onlyHoles }))
  for (const [way, there] of Object.entries(ways)) {
    const back = there(value);
    console.log(`${name}, length ${value.length}: ${way} gives length ${back.length}, ${JSON.stringify(back)}`);
  }
JS

node run.mjs | tee seen
diff expected seen || exit 1
