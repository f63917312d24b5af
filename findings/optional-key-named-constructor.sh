#!/usr/bin/env bash
# An optional key named constructor, toString or valueOf makes zod 4.6.7, valibot 1.5.0, arktype 2.2.9 and Ajv 8.20.0 refuse the object without it, and a record of valibot loses an entry of the name constructor.
#
# zod 4.6.7, valibot 1.5.0, arktype 2.2.9, ajv 8.20.0, beside @cfworker/json-schema 4.1.6. A JSON object has no key that it does not show, and one expects a schema to ask
# for those. These read the property, find the function that every object inherits, and say it is no text; a required key of that name is found in {}. A
# table of racing teams, `{ driver, constructor? }`, cannot be described. Ajv has the option `ownProperties`. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund zod@4.6.7 valibot@1.5.0 arktype@2.2.9 ajv@8.20.0 @cfworker/json-schema@4.1.6

cat >expected <<'TEXT'
optional constructor, {}: zod refuses, valibot refuses, arktype refuses, ajv refuses, ajv ownProperties takes, cfworker takes
optional toString, {}: zod refuses, valibot refuses, arktype refuses, ajv refuses, ajv ownProperties takes, cfworker takes
optional team, {}: zod takes, valibot takes, arktype takes, ajv takes, ajv ownProperties takes, cfworker takes
required valueOf, {}: arktype takes, ajv takes, ajv ownProperties refuses, cfworker refuses
record of {"driver":"a","constructor":"b"}: zod {"driver":"a","constructor":"b"}, valibot {"driver":"a"}
TEXT

cat >run.mjs <<'JS'
import { Validator } from "@cfworker/json-schema";
import Ajv from "ajv";
import { type } from "arktype";
import * as v from "valibot";
import { z } from "zod";

const show = (name, takes) =>
  console.log(`${name}: ${Object.entries(takes).map(([library, is]) => `${library} ${is ? "takes" : "refuses"}`).join(", ")}`);
const bySchema = (schema) => ({
  ajv: new Ajv.default().validate(schema, {}),
  "ajv ownProperties": new Ajv.default({ ownProperties: true }).validate(schema, {}),
  cfworker: new Validator(schema).validate({}).valid,
});
for (const key of ["constructor", "toString", "team"])
  show(`optional ${key}, {}`, {
    zod: z.object({ [key]: z.string().optional() }).safeParse({}).success,
    valibot: v.is(v.object({ [key]: v.optional(v.string()) }), {}),
    arktype: type({ [`${key}?`]: "string" }).allows({}),
    ...bySchema({ type: "object", properties: { [key]: { type: "string" } } }),
  });
show("required valueOf, {}", {
  arktype: type({ valueOf: "unknown" }).allows({}),
  ...bySchema({ type: "object", properties: { valueOf: {} }, required: ["valueOf"] }),
});
const team = { driver: "a", constructor: "b" };
const records = { zod: z.record(z.string(), z.string()).parse(team), valibot: v.parse(v.record(v.string(), v.string()), team) };
const read = Object.entries(records).map(([library, record]) => `${library} ${JSON.stringify(record)}`);
console.log(`record of ${JSON.stringify(team)}: ${read.join(", ")}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
