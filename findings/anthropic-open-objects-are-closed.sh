#!/usr/bin/env bash
# zodOutputFormat of @anthropic-ai/sdk 1.14.0 turns a record, a loose object and a catchall into an object without keys, so that the only answer a model may give is {}, and drops descriptions beside a $ref.
#
# @anthropic-ai/sdk 1.14.0, ajv 8.20.0, openai 7.59.0, zod 4.6.7. An open object cannot be told to a model that answers by a strict schema, and one expects an error,
# as openai's helper gives and as this one gives for a tuple. Here it is closed in silence: the answer is {} for ever, and passes. Rules that the service does not know
# move into the description; what stands beside a `$ref` is lost with its description. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund openai@7.59.0 @anthropic-ai/sdk@1.14.0 zod@4.6.7 ajv@8.20.0

cat >expected <<'TEXT'
record: openai throws, anthropic allows {} yes, {"a":1} no
loose object: openai throws, anthropic allows {} yes, {"a":1} no
catchall: openai throws, anthropic allows {} yes, {"a":1} no
tuple: openai throws, anthropic throws
home: described as "where somebody lives"
delivery: described as "where somebody lives"
TEXT

cat >run.mjs <<'JS'
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import Ajv from "ajv/dist/2020.js";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

const attempt = (make) => {
  try {
    return make();
  } catch {
    return undefined;
  }
};
for (const [name, counts] of [
  ["record", z.record(z.string(), z.number())],
  ["loose object", z.looseObject({})],
  ["catchall", z.object({}).catchall(z.number())],
  ["tuple", z.tuple([z.string(), z.number()])],
]) {
  const schema = z.object({ counts });
  const openai = attempt(() => zodResponseFormat(schema, "answer")) === undefined ? "throws" : "tells";
  const told = attempt(() => zodOutputFormat(schema).schema);
  const isAllowed = told && new Ajv.default().compile(told);
  const allows = (counts) => `${JSON.stringify(counts)} ${isAllowed({ counts }) ? "yes" : "no"}`;
  console.log(`${name}: openai ${openai}, anthropic ${told ? `allows ${allows({})}, ${allows({ a: 1 })}` : "throws"}`);
}
const Address = z.object({ street: z.string() }).meta({ id: "Address", description: "where somebody lives" });
const order = z.object({ home: Address.describe("of the buyer"), delivery: Address.describe("only if it is a gift") });
const { properties, $defs } = zodOutputFormat(order).schema;
for (const [key, { description, $ref }] of Object.entries(properties))
  console.log(`${key}: described as "${description ?? $defs[$ref.split("/").at(-1)].description}"`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
