#!/usr/bin/env bash
# Through serialize and deserialize of @ungap/structured-clone 1.4.0 an AggregateError comes back with the letters of its message as its errors, and a DataView shows its whole buffer.
#
# @ungap/structured-clone 1.4.0 on Node 24.21.0. The message of an AggregateError is handed to its constructor as the first argument, which is the list of errors. By way of the JSON of the same package
# (`@ungap/structured-clone/json`) NaN in a Set is null and NaN or -0 in a typed array is 0. structuredClone of Node keeps all but the list of errors, which it drops.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund node@24.21.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
npm i --silent --no-audit --no-fund @ungap/structured-clone@1.4.0

cat >expected <<'TEXT'
AggregateError: sent message "both", errors ["one"] | node message "both", errors undefined | records message "", errors ["b","o","t","h"] | JSON message "", errors ["b","o","t","h"]
DataView: sent 1 to 3 of 4 | node 1 to 3 of 4 | records 0 to 4 of 4 | JSON 0 to 4 of 4
Uint8Array of a part: sent 2,3 | node 2,3 | records 2,3 | JSON 2,3
Float64Array: sent NaN,-0 | node NaN,-0 | records NaN,-0 | JSON 0,0
Set with NaN: sent NaN | node NaN | records NaN | JSON null
TEXT

cat >run.mjs <<'JS'
import { deserialize, serialize } from "@ungap/structured-clone";
import { parse, stringify } from "@ungap/structured-clone/json";

const ways = {
  node: structuredClone,
  records: (value) => deserialize(serialize(value)),
  JSON: (value) => parse(stringify(value)),
};
const exact = (number) => (Object.is(number, -0) ? "-0" : String(number));
const window = ({ byteOffset, byteLength, buffer }) => `${byteOffset} to ${byteOffset + byteLength} of ${buffer.byteLength}`;
const cases = {
  AggregateError: [
    new AggregateError([new Error("one")], "both"),
    ({ message, errors }) => `message "${message}", errors ${JSON.stringify(errors?.map((error) => error.message ?? error))}`,
  ],
  DataView: [new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2), window],
  "Uint8Array of a part": [new Uint8Array([1, 2, 3, 4]).subarray(1, 3), (view) => [...view].join()],
  "Float64Array": [new Float64Array([NaN, -0]), (list) => [...list].map(exact).join()],
  "Set with NaN": [new Set([NaN]), (set) => [...set].map(exact).join()],
};
for (const [title, [value, shown]] of Object.entries(cases)) {
  const seen = Object.entries(ways).map(([way, there]) => `${way} ${shown(there(value))}`);
  console.log(`${title}: sent ${shown(value)} | ${seen.join(" | ")}`);
}
JS

node_modules/.bin/node run.mjs | tee seen
diff expected seen || exit 1
