#!/usr/bin/env bash
# With fast-json-stringify 7.3.10, which Fastify serialises with, an element that is `undefined` in an array without a schema for its elements is written as `undefined`: the response has status 200 and is no JSON.
#
# fastify 5.12.8. One expects the null of `JSON.stringify`, which Fastify writes without a response schema, and which an undefined key of an object is spared. `{ "type": "array" }` and `z.array(z.any())`
# are such schemas; a hole and a function do the same. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund fastify@5.12.8 fast-json-stringify@7.3.10

cat >expected <<'TEXT'
no schema, [1, undefined]: 200 application/json; charset=utf-8, {"rows":[1,null]} is JSON
no schema, hole: 200 application/json; charset=utf-8, {"rows":[null,2]} is JSON
no schema, function: 200 application/json; charset=utf-8, {"rows":[null]} is JSON
array, [1, undefined]: 200 application/json; charset=utf-8, {"rows":[1,undefined]} is no JSON
array, hole: 200 application/json; charset=utf-8, {"rows":[undefined,2]} is no JSON
array, function: 200 application/json; charset=utf-8, {"rows":[undefined]} is no JSON
array of anything, [1, undefined]: 200 application/json; charset=utf-8, {"rows":[1,undefined]} is no JSON
array of anything, hole: 200 application/json; charset=utf-8, {"rows":[undefined,2]} is no JSON
array of anything, function: 200 application/json; charset=utf-8, {"rows":[undefined]} is no JSON
TEXT

cat >run.mjs <<'JS'
import fastify from "fastify";

const schemas = { "no schema": undefined, array: { type: "array" }, "array of anything": { type: "array", items: {} } };
const values = { "[1, undefined]": [1, undefined], hole: [, 2], function: [() => {}] };
const cases = Object.entries(schemas).flatMap(([name, rows]) => Object.entries(values).map(([what, value]) => ({ name: `${name}, ${what}`, rows, value })));
const app = fastify();
cases.forEach(({ rows, value }, at) => {
  const schema = rows && { response: { 200: { type: "object", properties: { rows } } } };
  app.get(`/${at}`, { schema }, async () => ({ rows: value }));
});
for (const [at, { name }] of cases.entries()) {
  const { statusCode, headers, body } = await app.inject(`/${at}`);
  let told = "JSON";
  try {
    JSON.parse(body);
  } catch {
    told = "no JSON";
  }
  console.log(`${name}: ${statusCode} ${headers["content-type"]}, ${body} is ${told}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
