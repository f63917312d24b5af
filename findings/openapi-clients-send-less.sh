#!/usr/bin/env bash
# openapi-fetch 0.17.0 and swagger-client 3.39.0: a Date in the query of a request is not sent, and in a path it is the empty text, so that the path is that of the list; the second sends no body for false, 0 and null.
#
# openapi-fetch 0.17.0, swagger-client 3.39.0, requests for operations of OpenAPI 3.0 in the default serialisation. A filter that is not sent selects everything, and
# `DELETE /items/` is another operation. In a body a Date is its ISO text. A list in a form of the second is one value with commas, where
# the default of OpenAPI is one pair for each element, and an undefined key of a deep object is sent as the empty text. The output seen is the
# expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts openapi-fetch@0.17.0 swagger-client@3.39.0

cat >expected <<'TEXT'
a Date in the query: openapi-fetch GET /items, swagger-client GET /items
a Date in the path: openapi-fetch DELETE /items/, swagger-client DELETE /items/
an undefined key of a deep object: openapi-fetch GET /items?&at[size]=5, swagger-client GET /items?at%5Bpage%5D=&at%5Bsize%5D=5
the body false: openapi-fetch POST /items with false, swagger-client POST /items with no body
the body 0: openapi-fetch POST /items with 0, swagger-client POST /items with no body
the body null: openapi-fetch POST /items with null, swagger-client POST /items with no body
a list in a form: swagger-client POST /tags with tags=a,b
TEXT

cat >run.mjs <<'JS'
import createClient from "openapi-fetch";
import SwaggerClient from "swagger-client";

const query = (name, schema, more) => ({ in: "query", name, schema, ...more });
const spec = {
  openapi: "3.0.3",
  info: { title: "items", version: "1.0.0" },
  servers: [{ url: "http://localhost" }],
  paths: {
    "/items": {
      get: {
        operationId: "list",
        parameters: [
          query("since", { type: "string", format: "date-time" }),
          query("at", { type: "object" }, { style: "deepObject", explode: true }),
        ],
        responses: {},
      },
      post: { operationId: "add", requestBody: { content: { "application/json": { schema: {} } } }, responses: {} },
    },
    "/items/{since}": {
      delete: { operationId: "remove", parameters: [{ in: "path", name: "since", required: true, schema: { type: "string", format: "date-time" } }], responses: {} },
    },
    "/tags": {
      post: {
        operationId: "tag",
        requestBody: { content: { "application/x-www-form-urlencoded": { schema: { type: "object", properties: { tags: { type: "array", items: { type: "string" } } } } } } },
        responses: {},
      },
    },
  },
};
let sent;
const client = createClient({
  baseUrl: "http://localhost",
  async fetch(request) {
    sent = request;
    return new Response(null, { status: 204 });
  },
});
const path = (url) => url.replace("http://localhost", "");
const body = (value) => (value === undefined || value === "" ? "no body" : value);
async function fetched(method, url, init) {
  await client[method](url, init);
  return `${method} ${path(sent.url)}${method === "POST" ? ` with ${body(await sent.text())}` : ""}`;
}
function built(operationId, parameters, requestBody) {
  const request = SwaggerClient.buildRequest({ spec, operationId, parameters, requestBody });
  return `${request.method} ${path(request.url)}${request.method === "POST" ? ` with ${body(request.body)}` : ""}`;
}
async function both(title, [method, url, init], [operationId, parameters, requestBody]) {
  console.log(`${title}: openapi-fetch ${await fetched(method, url, init)}, swagger-client ${built(operationId, parameters, requestBody)}`);
}

const since = new Date(0);
await both("a Date in the query", ["GET", "/items", { params: { query: { since } } }], ["list", { since }]);
await both("a Date in the path", ["DELETE", "/items/{since}", { params: { path: { since } } }], ["remove", { since }]);
const at = { page: undefined, size: 5 };
await both("an undefined key of a deep object", ["GET", "/items", { params: { query: { at } } }], ["list", { at }]);
for (const value of [false, 0, null]) await both(`the body ${value}`, ["POST", "/items", { body: value }], ["add", {}, value]);
console.log(`a list in a form: swagger-client ${built("tag", {}, { tags: ["a", "b"] })}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
