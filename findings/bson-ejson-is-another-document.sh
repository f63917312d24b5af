#!/usr/bin/env bash
# In bson 7.3.4 `EJSON.stringify` makes `{ "0": 104 }` of the Buffer that BSON stores as bytes, null of a key that BSON leaves out, and for an invalid date a text that `EJSON.parse` refuses.
#
# bson 7.3.4. EJSON is the text of a BSON document, for logs, exports and fixtures, and one expects EJSON.parse(EJSON.stringify(document)) to be what deserialize(serialize(document)) is. For a Binary, a Date or an ObjectId it is;
# for the JavaScript values that serialize takes as well it is another document, and an import of it stores objects for bytes. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund bson@7.3.4

cat >expected <<'TEXT'
new Binary(bytes): BSON Binary "hi", EJSON Binary "hi"
Buffer.from("hi"): BSON Binary "hi", EJSON {"0":104,"1":105}
new Uint8Array([104, 105]): BSON Binary "hi", EJSON {"0":104,"1":105}
undefined: BSON no key, EJSON null
-0: BSON -0, EJSON 0
2n ** 60n: BSON 1152921504606846976, EJSON 1152921504606847000
/a/g: BSON /a/g, EJSON The regular expression option [g] is not supported
new Date(NaN): BSON 1970-01-01T00:00:00.000Z, EJSON $numberLong string "NaN" is in an invalid format
TEXT

cat >run.mjs <<'JS'
import { Binary, deserialize, EJSON, Long, serialize } from "bson";

const values = {
  "new Binary(bytes)": new Binary(Buffer.from("hi")),
  'Buffer.from("hi")': Buffer.from("hi"),
  "new Uint8Array([104, 105])": new Uint8Array([104, 105]),
  undefined: undefined,
  "-0": -0,
  "2n ** 60n": 2n ** 60n,
  "/a/g": /a/g,
  "new Date(NaN)": new Date(NaN),
};
const show = (use) => {
  try {
    const document = use();
    if (!("value" in document)) return "no key";
    const { value } = document;
    if (value instanceof Binary) return `Binary "${Buffer.from(value.value())}"`;
    if (value instanceof RegExp || value instanceof Long) return String(value);
    return Object.is(value, -0) ? "-0" : value instanceof Date ? value.toISOString() : JSON.stringify(value);
  } catch (error) {
    return error.message;
  }
};
for (const [title, value] of Object.entries(values)) {
  console.log(`${title}: BSON ${show(() => deserialize(serialize({ value })))}, EJSON ${show(() => EJSON.parse(EJSON.stringify({ value })))}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
