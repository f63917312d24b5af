#!/usr/bin/env bash
# In @restatedev/restate-sdk-core 1.17.2 a `serde.schema` checks nothing that it writes, so a `z.date()` is written and refused at every read, and with an optional schema what it writes has no content type.
#
# @restatedev/restate-sdk-core 1.17.2 with zod 4.6.7. The serde of a schema is for state, results of steps and messages, which the same service writes and reads. Reading parses the JSON by the schema, writing only makes JSON:
# a value of the schema's type is stored for good before the first error, and each retry reads it again. A schema that takes undefined is held to be of void, whatever else it takes. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @restatedev/restate-sdk-core@1.17.2 zod@4.6.7

cat >expected <<'TEXT'
z.number() with "no number": written as "no number", read: refused
z.date() with a Date: written as "1970-01-01T00:00:00.000Z", read: refused
z.stringbool() with true: written as true, read: refused
z.object({ n: z.number() }) with { n: 1 }: written as {"n":1}, read: {"n":1}
content types: z.string() application/json, z.string().optional() undefined, z.string().default("a") undefined, z.json() application/json, z.unknown() undefined
TEXT

cat >run.mjs <<'JS'
import { serde } from "@restatedev/restate-sdk-core";
import { z } from "zod";

const cases = [
  ['z.number() with "no number"', z.number(), "no number"],
  ["z.date() with a Date", z.date(), new Date(0)],
  ["z.stringbool() with true", z.stringbool(), true],
  ["z.object({ n: z.number() }) with { n: 1 }", z.object({ n: z.number() }), { n: 1 }],
];
for (const [title, schema, value] of cases) {
  const written = serde.schema(schema).serialize(value);
  let read;
  try {
    read = JSON.stringify(serde.schema(schema).deserialize(written));
  } catch {
    read = "refused";
  }
  console.log(`${title}: written as ${new TextDecoder().decode(written)}, read: ${read}`);
}
const schemas = {
  "z.string()": z.string(),
  "z.string().optional()": z.string().optional(),
  'z.string().default("a")': z.string().default("a"),
  "z.json()": z.json(),
  "z.unknown()": z.unknown(),
};
const types = Object.entries(schemas).map(([title, schema]) => `${title} ${serde.schema(schema).contentType}`);
console.log(`content types: ${types.join(", ")}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
