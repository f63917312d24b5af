#!/usr/bin/env bash
# In @hono/zod-openapi 1.6.3 the path `/files/{name}.json` is written into the OpenAPI document, and a request for `/files/a.json` is refused with 400 because `name` is undefined; `/files/a` reaches that route as well.
#
# hono 4.13.19 and zod 4.6.7. OpenAPI lets a parameter be a part of a segment, and createRoute takes such paths without an error, typed with the parameter. The route becomes `/files/:name.json`, in which
# the name of the parameter is `name.json`; with two in one segment nothing is found. One expects the document and the routes to be the same, or an error. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @hono/zod-openapi@1.6.3 hono@4.13.19 zod@4.6.7

cat >expected <<'TEXT'
document: /files/{name}, /exports/{name}.json, /flights/{from}-{to}
/files/a.json: 200 {"name":"a.json"}
/exports/a.json: 400 name: expected string, received undefined
/exports/a: 400 name: expected string, received undefined
/flights/ZRH-OSL: 404 404 Not Found
TEXT

cat >run.mjs <<'JS'
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";

const app = new OpenAPIHono();
const route = (path, params) => {
  const responses = { 200: { description: "What was asked for", content: { "application/json": { schema: z.record(z.string(), z.string()) } } } };
  const request = { params: z.object(Object.fromEntries(params.map((name) => [name, z.string()]))) };
  app.openapi(createRoute({ method: "get", path, request, responses }), (context) => context.json(context.req.valid("param")));
};
route("/files/{name}", ["name"]);
route("/exports/{name}.json", ["name"]);
route("/flights/{from}-{to}", ["from", "to"]);
const { paths } = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "files", version: "1" } });
console.log(`document: ${Object.keys(paths).join(", ")}`);
for (const path of ["/files/a.json", "/exports/a.json", "/exports/a", "/flights/ZRH-OSL"]) {
  const response = await app.request(path);
  let text = await response.text();
  if (response.status === 400) {
    const [{ path, message }] = JSON.parse(JSON.parse(text).error.message);
    text = `${path.join(".")}: ${message.replace("Invalid input: ", "")}`;
  }
  console.log(`${path}: ${response.status} ${text}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
