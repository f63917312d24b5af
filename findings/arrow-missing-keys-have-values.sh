#!/usr/bin/env bash
# In apache-arrow 21.2.0 a key that a row of tableFromJSON does not have is the number NaN, the text "" or false; only null is null, and for a Date or a bigint the whole table fails.
#
# apache-arrow 21.2.0, after its IPC format; `undefined` is the same, also in vectorFromArray and in a builder without `nullValues`. Rows with optional keys are what JSON is made of, and one expects them to be null, as
# every column of Arrow can be. Whoever reads the table, in another language too, counts an empty text and a false that nobody has written. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund apache-arrow@21.2.0

cat >expected <<'TEXT'
number: with the key 1.5, without it NaN, with null null, nulls counted 1
text: with the key 'x', without it '', with null null, nulls counted 1
boolean: with the key true, without it false, with null null, nulls counted 1
Date: Cannot convert undefined to a BigInt
bigint: Cannot convert undefined to a BigInt
TEXT

cat >run.mjs <<'JS'
import { inspect } from "node:util";
import { tableFromIPC, tableFromJSON, tableToIPC } from "apache-arrow";

for (const [title, value] of Object.entries({ number: 1.5, text: "x", boolean: true, Date: new Date(0), bigint: 5n })) {
  try {
    const table = tableFromIPC(tableToIPC(tableFromJSON([{ id: 1, value }, { id: 2 }, { id: 3, value: null }])));
    const column = table.getChild("value");
    const [withKey, without, withNull] = [0, 1, 2].map((row) => inspect(column.get(row)));
    console.log(`${title}: with the key ${withKey}, without it ${without}, with null ${withNull}, nulls counted ${column.nullCount}`);
  } catch (error) {
    console.log(`${title}: ${error.message}`);
  }
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
