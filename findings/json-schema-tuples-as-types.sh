#!/usr/bin/env bash
# A tuple in the JSON Schema that zod 4.6.7 writes by default becomes never[] or an array of the rest in json-schema-to-typescript 16.0.0, and loses its rest and its optional elements in openapi-typescript 7.13.0.
#
# zod 4.6.7, json-schema-to-typescript 16.0.0, openapi-typescript 7.13.0 on typescript 5.9.3. In draft 2020-12, zod's default and that of OpenAPI 3.1, the elements are
# `prefixItems` and `items` is what follows them; in draft 7 `items` was the elements. The one reader knows the old meaning only, so the type it writes refuses
# each valid value, without a word; with `target: "draft-7"` all is right there. The other knows the new keyword and nothing about its length.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund zod@4.6.7 json-schema-to-typescript@16.0.0 openapi-typescript@7.13.0 typescript@5.9.3

cat >expected <<'TEXT'
[string, number]
  json-schema-to-typescript: never[]
  the same from draft 7: [string, number]
  openapi-typescript: [ string, number ]
[string, number?]
  json-schema-to-typescript: never[]
  the same from draft 7: [string] | [string, number]
  openapi-typescript: [ string, number ]
[string, ...number[]]
  json-schema-to-typescript: [number, ...number[]]
  the same from draft 7: [string, ...number[]]
  openapi-typescript: [ string ]
TEXT

cat >run.mjs <<'JS'
import { compile } from "json-schema-to-typescript";
import openapi, { astToString } from "openapi-typescript";
import { z } from "zod";

const ofSchema = async (schema, target) => {
  const made = await compile(z.toJSONSchema(schema, { target }), "Made", { bannerComment: "" });
  return /type Made = ([^;]*);/.exec(made)[1];
};
const ofApi = async (schema) => {
  const { $schema, ...Made } = z.toJSONSchema(schema);
  const info = { title: "made", version: "1" };
  const made = astToString(await openapi({ openapi: "3.1.0", info, paths: {}, components: { schemas: { Made } } }, { silent: true }));
  return /Made: ([^;]*);/.exec(made)[1].replaceAll(/\s+/g, " ");
};
for (const [name, schema] of [
  ["[string, number]", z.tuple([z.string(), z.number()])],
  ["[string, number?]", z.tuple([z.string(), z.number().optional()])],
  ["[string, ...number[]]", z.tuple([z.string()]).rest(z.number())],
]) {
  console.log(name);
  console.log(`  json-schema-to-typescript: ${await ofSchema(schema, "draft-2020-12")}`);
  console.log(`  the same from draft 7: ${await ofSchema(schema, "draft-7")}`);
  console.log(`  openapi-typescript: ${await ofApi(schema)}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
