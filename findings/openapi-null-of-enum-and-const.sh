#!/usr/bin/env bash
# Of a schema with type ["string", "null"], openapi-typescript 7.13.0 allows null beside an enum without it and not beside a const, @hey-api/openapi-ts 0.95.0 beside a const and not beside the enum, and Ajv 8.20.0 in neither.
#
# openapi-typescript 7.13.0, @hey-api/openapi-ts 0.95.0, ajv 8.20.0; OpenAPI 3.1. An enum and a const hold whatever the type says, so null has to be one of them. In an enum without a type that names it,
# @hey-api/openapi-ts drops the null that is written there. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --legacy-peer-deps node@24.21.0 openapi-typescript@7.13.0 @hey-api/openapi-ts@0.95.0 typescript@5.9.3 ajv@8.20.0
[ -x node_modules/.bin/node ] || npm rebuild --silent node
export PATH="$work/node_modules/.bin:$PATH"

cat >expected <<'TEXT'
{"type":["string","null"],"enum":["a","b"]}: Ajv refuses null, openapi-typescript "a" | "b" | null, hey-api 'a' | 'b'
{"type":["string","null"],"const":"a"}: Ajv refuses null, openapi-typescript "a", hey-api 'a' | null
{"type":["string","null"],"enum":["a",null]}: Ajv takes null, openapi-typescript "a" | null, hey-api 'a' | null
{"enum":["a",null]}: Ajv takes null, openapi-typescript "a" | null, hey-api 'a'
{"enum":["a",1,null]}: Ajv takes null, openapi-typescript "a" | 1 | null, hey-api 'a' | 1
TEXT

cat >run.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const schemas = {
  A: { type: ["string", "null"], enum: ["a", "b"] },
  B: { type: ["string", "null"], const: "a" },
  C: { type: ["string", "null"], enum: ["a", null] },
  D: { enum: ["a", null] },
  E: { enum: ["a", 1, null] },
};
writeFileSync("api.json", JSON.stringify({ openapi: "3.1.0", info: { title: "api", version: "1" }, paths: {}, components: { schemas } }));
execFileSync("openapi-typescript", ["api.json", "-o", "one.ts"], { stdio: "ignore" });
execFileSync("openapi-ts", ["-i", "api.json", "-o", "other", "-p", "@hey-api/typescript", "--no-log-file"], { stdio: "ignore" });
const one = readFileSync("one.ts", "utf8");
const other = readFileSync("other/types.gen.ts", "utf8");
for (const [name, schema] of Object.entries(schemas)) {
  const takes = new Ajv2020({ strict: false }).validate(schema, null);
  const [, first] = one.match(new RegExp(`\\b${name}: (.*);`));
  const [, second] = other.match(new RegExp(`type ${name} = (.*);`));
  console.log(`${JSON.stringify(schema)}: Ajv ${takes ? "takes" : "refuses"} null, openapi-typescript ${first}, hey-api ${second}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
