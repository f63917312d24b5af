#!/usr/bin/env bash
# The JSON Schema that valibot 1.5.0 has written for a tuple requires the optional elements at its end, and includes("a") of a list becomes a pattern of text, which no list has to match.
#
# valibot 1.5.0, @valibot/to-json-schema 1.8.0 and Ajv 8.20.0. The converter throws for what it does not know, so that silence reads as agreement. An optional key of an object is right, and
# an object with a rest too. A record takes a list and its schema does not. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund valibot@1.5.0 @valibot/to-json-schema@1.8.0 ajv@8.20.0

cat >expected <<'TEXT'
tuple: {"type":"array","prefixItems":[{"type":"string"},{"type":"number"}],"minItems":2}
  ["a"] valibot true, schema false; ["a",1] valibot true, schema true
strictTuple: {"type":"array","prefixItems":[{"type":"string"},{"type":"number"}],"minItems":2,"items":false}
  ["a"] valibot true, schema false; ["a",1] valibot true, schema true
tuple with a default: {"type":"array","prefixItems":[{"type":"string"},{"type":"number","default":5}],"minItems":2}
  ["a"] valibot true, schema false
object: {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"number"}},"required":["a"]}
  {"a":"a"} valibot true, schema true
list that includes: {"type":"array","items":{"type":"string"},"pattern":"a"}
  ["b"] valibot false, schema true
record: {"type":"object","propertyNames":{"type":"string"},"additionalProperties":{"type":"number"}}
  [1] valibot true, schema false
TEXT

cat >run.mjs <<'JS'
import { toJsonSchema } from "@valibot/to-json-schema";
import Ajv2020 from "ajv/dist/2020.js";
import * as v from "valibot";

const ajv = new Ajv2020({ strict: false });
const seen = (title, schema, ...values) => {
  const { $schema, ...json } = toJsonSchema(schema, { target: "draft-2020-12" });
  const valid = ajv.compile(json);
  const said = values.map((value) => `${JSON.stringify(value)} valibot ${v.safeParse(schema, value).success}, schema ${valid(value)}`);
  console.log(`${title}: ${JSON.stringify(json)}\n  ${said.join("; ")}`);
};

const text = v.string();
const maybe = v.optional(v.number());
seen("tuple", v.tuple([text, maybe]), ["a"], ["a", 1]);
seen("strictTuple", v.strictTuple([text, maybe]), ["a"], ["a", 1]);
seen("tuple with a default", v.tuple([text, v.optional(v.number(), 5)]), ["a"]);
seen("object", v.object({ a: text, b: maybe }), { a: "a" });
seen("list that includes", v.pipe(v.array(text), v.includes("a")), ["b"]);
seen("record", v.record(text, v.number()), [1]);
JS

node run.mjs | tee seen
diff expected seen || exit 1
