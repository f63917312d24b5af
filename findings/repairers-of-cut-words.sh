#!/usr/bin/env bash
# jsonrepair 3.15.0, best-effort-json-parser 1.5.1: of JSON that is cut in `false` one makes the text "fal", which is true to JavaScript, and where it is cut in an escape such as \u00e9 the other throws.
#
# jsonrepair 3.15.0, best-effort-json-parser 1.5.1 and partial-json 0.1.7, each made to read an answer of a model while it arrives, here beginnings of valid JSON.
# The half of a key is a key with null to the first, and a minus without its digits is 0 to two. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts jsonrepair@3.15.0 best-effort-json-parser@1.5.1 partial-json@0.1.7

cat >expected <<'TEXT'
{"pai: jsonrepair {"pai":null}, best-effort-json-parser {}, partial-json {}
{"paid":fal: jsonrepair {"paid":"fal"}, best-effort-json-parser {"paid":false}, partial-json {"paid":false}
{"paid":nul: jsonrepair {"paid":"nul"}, best-effort-json-parser {"paid":null}, partial-json {"paid":null}
{"paid":-: jsonrepair {"paid":0}, best-effort-json-parser {"paid":0}, partial-json {}
{"paid":1.: jsonrepair {"paid":1}, best-effort-json-parser {"paid":1}, partial-json {}
{"paid":"caf\u00: jsonrepair {"paid":"caf"}, best-effort-json-parser throws, partial-json {"paid":"caf"}
{"paid":"caf\: jsonrepair {"paid":"caf"}, best-effort-json-parser {"paid":"caf"}, partial-json {"paid":"caf"}
TEXT

cat >run.mjs <<'JS'
import { parse as bestEffort, setErrorLogger } from "best-effort-json-parser";
import { jsonrepair } from "jsonrepair";
import { parse as partial } from "partial-json";

const readers = { jsonrepair: (text) => JSON.parse(jsonrepair(text)), "best-effort-json-parser": bestEffort, "partial-json": partial };
setErrorLogger?.(() => {});
const read = (reader, text) => {
  try {
    return { value: reader(text) };
  } catch {
    return { thrown: true };
  }
};
for (const text of ['{"pai', '{"paid":fal', '{"paid":nul', '{"paid":-', '{"paid":1.', '{"paid":"caf\\u00', '{"paid":"caf\\']) {
  const seen = Object.entries(readers).map(([name, reader]) => {
    const { value, thrown } = read(reader, text);
    return `${name} ${thrown ? "throws" : JSON.stringify(value)}`;
  });
  console.log(`${text}: ${seen.join(", ")}`);
}
JS

node run.mjs 2>/dev/null | tee seen
diff expected seen || exit 1
