#!/usr/bin/env bash
# orval 8.38.0 with zod 4.6.7: the schemas that it writes delete keys which `additionalProperties` describes, take no `time` of RFC 3339, and do not compile where an object has the default `{}` and its keys have defaults.
#
# orval 8.38.0, `client: "zod"` for a document of OpenAPI 3.1, compared with Ajv 8.20.0 and the same schema. An object with properties and a schema for all
# others becomes a plain `zod.object`, which drops the others, and so does one that forbids them, where it ought to refuse. Without properties
# the same words make a record. The object that lacks its defaults, which the compiler refuses, is what it gives as well. The output seen is the
# expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts orval@8.38.0 zod@4.6.7 typescript@5.9.3 ajv@8.20.0 ajv-formats@3.0.1

cat >expected <<'TEXT'
{"labels":{"name":"a","team":"b"}}: zod gives {"labels":{"name":"a"},"options":{}}, Ajv gives {"labels":{"name":"a","team":"b"},"options":{"unit":"c"}}
{"bag":{"team":"b"}}: zod gives {"bag":{"team":"b"},"options":{}}, Ajv gives {"bag":{"team":"b"},"options":{"unit":"c"}}
{"closed":{"team":"b"}}: zod gives {"closed":{},"options":{}}, Ajv refuses it
{"at":"09:30:00Z"}: zod refuses it, Ajv gives {"at":"09:30:00Z","options":{"unit":"c"}}
{"at":"09:30:00"}: zod gives {"at":"09:30:00","options":{}}, Ajv refuses it
{"options":{}}: zod gives {"options":{"unit":"c"}}, Ajv gives {"options":{"unit":"c"}}
tsc: Argument of type '{}' is not assignable to parameter of type '{ unit: string; }'.
TEXT

cat >schema.mjs <<'JS'
const name = { type: "string" };
export default {
  type: "object",
  properties: {
    labels: { type: "object", properties: { name }, additionalProperties: { type: "string" } },
    bag: { type: "object", additionalProperties: { type: "string" } },
    closed: { type: "object", properties: { name }, additionalProperties: false },
    at: { type: "string", format: "time" },
    options: { type: "object", properties: { unit: { type: "string", default: "c" } }, default: {} },
  },
};
JS
cat >orval.config.mjs <<'JS'
import { writeFileSync } from "node:fs";
import schema from "./schema.mjs";

const content = { "application/json": { schema } };
const responses = { 200: { description: "ok", content } };
const paths = { "/item": { get: { operationId: "item", responses } } };
writeFileSync("openapi.json", JSON.stringify({ openapi: "3.1.0", info: { title: "items", version: "1.0.0" }, paths }));
export default { items: { input: "./openapi.json", output: { client: "zod", target: "./zod.ts", mode: "single" } } };
JS
node_modules/.bin/orval --config orval.config.mjs >log 2>&1
node_modules/.bin/tsc zod.ts --module nodenext --target es2022 --strict >errors || true

cat >run.mjs <<'JS'
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import schema from "./schema.mjs";
import { ItemResponse } from "./zod.js";

const ajv = new Ajv.default({ useDefaults: true });
addFormats.default(ajv);
const checks = {
  zod: (value) => ItemResponse.safeParse(value).data,
  Ajv: (value) => (ajv.validate(schema, value) ? value : undefined),
};
for (const value of [
  { labels: { name: "a", team: "b" } },
  { bag: { team: "b" } },
  { closed: { team: "b" } },
  { at: "09:30:00Z" },
  { at: "09:30:00" },
  { options: {} },
]) {
  const seen = Object.entries(checks).map(([name, check]) => {
    const output = check(structuredClone(value));
    return `${name} ${output === undefined ? "refuses it" : `gives ${JSON.stringify(output)}`}`;
  });
  console.log(`${JSON.stringify(value)}: ${seen.join(", ")}`);
}
JS

{
  node run.mjs
  grep -m 1 -o "Argument of type .*" errors | sed "s/^/tsc: /"
} | tee seen
diff expected seen || exit 1
