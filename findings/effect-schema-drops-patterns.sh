#!/usr/bin/env bash
# In effect 4.1.0 the JSON Schema of Schema.isPattern(/^[A-Z]{3}$/) has no pattern, unless the expression has the flag u, and that of Schema.isMinLength(8) has a minLength of 4.
#
# JSON Schema counts code points and reads patterns as Unicode, so the library keeps only what can refuse no text that its own check takes. One expects the pattern and the 8
# of every other library, and a model or a form that follows the schema sends "eur" and "abcd", which are then refused. With the flag u, or with
# isMinCodePoints, nothing is lost; isStartingWith and isUUID keep their patterns. Keys with such a check leave the whole record unsaid.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund effect@4.1.0

cat >expected <<'TEXT'
isPattern(/^[A-Z]{3}$/): {"type":"string"}
isPattern(/^[A-Z]{3}$/u): {"type":"string","pattern":"^[A-Z]{3}$"}
isStartingWith("https:"): {"type":"string","pattern":"^https:"}
isMinLength(8): {"type":"string","minLength":4}
isMinCodePoints(8): {"type":"string","minLength":8}
isMaxLength(8): {"type":"string","maxLength":8}
a record with keys of /^[A-Z]{3}$/: {"type":"object","additionalProperties":true}
a record with keys of /^[A-Z]{3}$/u: {"type":"object","patternProperties":{"^[A-Z]{3}$":{"type":"number"}},"additionalProperties":true}
"eur" in isPattern(/^[A-Z]{3}$/): false
TEXT

cat >run.mjs <<'JS'
import { Schema } from "effect";

const text = (check) => Schema.String.check(check);
const code = text(Schema.isPattern(/^[A-Z]{3}$/));
const schemas = {
  "isPattern(/^[A-Z]{3}$/)": code,
  "isPattern(/^[A-Z]{3}$/u)": text(Schema.isPattern(/^[A-Z]{3}$/u)),
  'isStartingWith("https:")': text(Schema.isStartingWith("https:")),
  "isMinLength(8)": text(Schema.isMinLength(8)),
  "isMinCodePoints(8)": text(Schema.isMinCodePoints(8)),
  "isMaxLength(8)": text(Schema.isMaxLength(8)),
  "a record with keys of /^[A-Z]{3}$/": Schema.Record(code, Schema.Finite),
  "a record with keys of /^[A-Z]{3}$/u": Schema.Record(text(Schema.isPattern(/^[A-Z]{3}$/u)), Schema.Finite),
};
for (const [name, schema] of Object.entries(schemas)) {
  console.log(`${name}: ${JSON.stringify(Schema.toJsonSchemaDocument(schema).schema)}`);
}
console.log(`"eur" in isPattern(/^[A-Z]{3}$/): ${Schema.is(code)("eur")}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
