#!/usr/bin/env bash
# z.fromJSONSchema of zod 4.6.7 drops in silence whatever stands beside a $ref, an allOf next to a type and rules without a type, so that it reads less than z.toJSONSchema of the same version has written.
#
# zod 4.6.7. It throws for keywords it does not know (`not`, `if`, `dependentRequired`), so one takes what it accepts as understood. `startsWith` with
# `endsWith` is written as an `allOf` and comes back as any text; a shared type that is narrowed where it is used comes back as it was; a list of `required`
# that names a key without a property, and `minimum` without `"type": "number"`, say nothing. With `target: "draft-7"` the `$ref` is lost as well.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund zod@4.6.7

cat >expected <<'TEXT'
two ends: {"type":"string","format":"ends_with","allOf":[{"pattern":"^a.*"},{"pattern":".*b$"}]}
  "x": refused by the first, taken by the one that was read
two patterns: {"type":"string","allOf":[{"pattern":"^a"},{"pattern":"b$"}]}
  "x": refused by the first, taken by the one that was read
shared, narrowed: {"minLength":3,"$ref":"#/$defs/Code","$defs":{"Code":{"type":"string"}}}
  "x": refused by the first, taken by the one that was read
shared, narrowed, draft 7: {"minLength":3,"allOf":[{"$ref":"#/definitions/Code"}],"definitions":{"Code":{"type":"string"}}}
  "x": refused by the first, taken by the one that was read
{"minimum":3} takes 1: true
{"type":"object","properties":{},"required":["a"]} takes {}: true
{"type":"object","properties":{"a":{}},"anyOf":[{"required":["a"]}]} takes {}: true
{"type":"string","enum":["a",1]} takes 1: true
{"const":{"a":1}} takes {"a":1}: false
{"not":{"type":"string"}}: not is not supported in Zod (except { not: {} } for never)
TEXT

cat >run.mjs <<'JS'
import { z } from "zod";

const text = JSON.stringify;
const shared = () => z.string().meta({ id: "Code" }).min(3);
const word = (schema, value) => (schema.safeParse(value).success ? "taken" : "refused");
const roundTrip = (name, schema, target = "draft-2020-12") => {
  z.globalRegistry.clear();
  const made = schema();
  const written = z.toJSONSchema(made, { target, io: "input" });
  const { $schema, ...shown } = written;
  console.log(`${name}: ${text(shown)}`);
  console.log(`  "x": ${word(made, "x")} by the first, ${word(z.fromJSONSchema(written), "x")} by the one that was read`);
};
roundTrip("two ends", () => z.string().startsWith("a").endsWith("b"));
roundTrip("two patterns", () => z.string().regex(/^a/).regex(/b$/));
roundTrip("shared, narrowed", shared);
roundTrip("shared, narrowed, draft 7", shared, "draft-7");

for (const [schema, value] of [
  [{ minimum: 3 }, 1],
  [{ type: "object", properties: {}, required: ["a"] }, {}],
  [{ type: "object", properties: { a: {} }, anyOf: [{ required: ["a"] }] }, {}],
  [{ type: "string", enum: ["a", 1] }, 1],
  [{ const: { a: 1 } }, { a: 1 }],
  [{ not: { type: "string" } }, 1],
])
  try {
    console.log(`${text(schema)} takes ${text(value)}: ${z.fromJSONSchema(schema).safeParse(value).success}`);
  } catch (error) {
    console.log(`${text(schema)}: ${error.message}`);
  }
JS

node run.mjs | tee seen
diff expected seen || exit 1
