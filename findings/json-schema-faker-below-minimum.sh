#!/usr/bin/env bash
# json-schema-faker 0.6.3: of a number with a minimum above 1001 and no maximum each example is below the minimum, and none is valid for \p{…} in a pattern, a back reference or keys with a pattern.
#
# json-schema-faker 0.6.3, generate() with a hundred seeds for each schema, checked by Ajv 8.20.0 with ajv-formats 3.0.1. The missing maximum is 1000, and what is made
# lies between the two, so a year or a time in milliseconds is never valid; with a maximum it always is. There is no error and no warning. Of
# `byte`, two thirds are no base64. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts json-schema-faker@0.6.3 ajv@8.20.0 ajv-formats@3.0.1

cat >expected <<'TEXT'
{"type":"integer","minimum":900}: 100 of 100
{"type":"integer","minimum":2024}: 0 of 100
{"type":"integer","minimum":2024,"maximum":2030}: 100 of 100
{"type":"number","maximum":-2024}: 0 of 100
{"type":"string","format":"duration"}: 92 of 100
{"type":"string","format":"byte"}: 36 of 100
{"type":"string","format":"date-time"}: 100 of 100
{"type":"string","format":"uuid"}: 100 of 100
{"type":"string","pattern":"^\\p{Lu}\\p{Ll}$"}: 0 of 100
{"type":"string","pattern":"^(a|b)\\1$"}: 0 of 100
{"type":"string","pattern":"^[A-Z]{3}-\\d{4}$"}: 100 of 100
{"type":"object","propertyNames":{"pattern":"^[a-z]{3}$"},"minProperties":2}: 0 of 100
TEXT

cat >run.mjs <<'JS'
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { generate } from "json-schema-faker";

const ajv = new Ajv.default();
addFormats.default(ajv);
const text = (more) => ({ type: "string", ...more });
for (const schema of [
  { type: "integer", minimum: 900 },
  { type: "integer", minimum: 2024 },
  { type: "integer", minimum: 2024, maximum: 2030 },
  { type: "number", maximum: -2024 },
  text({ format: "duration" }),
  text({ format: "byte" }),
  text({ format: "date-time" }),
  text({ format: "uuid" }),
  text({ pattern: "^\\p{Lu}\\p{Ll}$" }),
  text({ pattern: "^(a|b)\\1$" }),
  text({ pattern: "^[A-Z]{3}-\\d{4}$" }),
  { type: "object", propertyNames: { pattern: "^[a-z]{3}$" }, minProperties: 2 },
]) {
  let valid = 0;
  for (let seed = 0; seed < 100; seed++) {
    if (ajv.validate(schema, await generate(structuredClone(schema), { seed }))) valid++;
  }
  console.log(`${JSON.stringify(schema)}: ${valid} of 100`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
