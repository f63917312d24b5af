#!/usr/bin/env bash
# openapi-backend 5.21.2: with `coerceTypes` an integer of the query is a number and one of the path, of a header or of a cookie still a text; an object in the query is refused in the form that OpenAPI gives it by default, and so is a list in the path.
#
# openapi-backend 5.21.2, handleRequest. `coerceTypes` is there to "enable coerce typing of request path and query parameters", and the check of a path or
# a header passes as if it were done. The default form of a query, `style: form` with `explode`, writes each key of an object as a parameter of its
# own, which is refused as one too many; the default form of a path writes a list with commas. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts openapi-backend@5.21.2

cat >expected <<'TEXT'
GET /items/5?page=5: {"path":"5","query":5,"header":"5","cookie":"5"}
GET /near?lat=1&lon=2: must NOT have additional properties
GET /near?at[lat]=1&at[lon]=2, declared as deepObject: {"lat":1,"lon":2}
GET /all/1,2: must be array
GET /some?ids=1,2, declared without explode: [1,2]
TEXT

cat >run.mjs <<'JS'
import { OpenAPIBackend } from "openapi-backend";

const integer = { type: "integer" };
const point = { type: "object", properties: { lat: { type: "number" }, lon: { type: "number" } } };
const list = { type: "array", items: integer };
const operation = (operationId, ...parameters) => ({ get: { operationId, parameters, responses: { 200: { description: "ok" } } } });
const parameter = (where, name, schema, more) => ({ in: where, name, schema, required: where === "path", ...more });
const api = new OpenAPIBackend({
  coerceTypes: true,
  definition: {
    openapi: "3.0.3",
    info: { title: "items", version: "1.0.0" },
    paths: {
      "/items/{id}": operation("item", parameter("path", "id", integer), parameter("query", "page", integer), parameter("header", "x-n", integer), parameter("cookie", "n", integer)),
      "/near": operation("near", parameter("query", "at", point)),
      "/nearDeep": operation("nearDeep", parameter("query", "at", point, { style: "deepObject", explode: true })),
      "/all/{ids}": operation("all", parameter("path", "ids", list)),
      "/some": operation("some", parameter("query", "ids", list, { explode: false })),
    },
  },
  handlers: {
    item: ({ request: { params, query, headers, cookies } }) => ({ path: params.id, query: query.page, header: headers["x-n"], cookie: cookies.n }),
    near: ({ request }) => request.query,
    nearDeep: ({ request }) => request.query.at,
    all: ({ request }) => request.params.ids,
    some: ({ request }) => request.query.ids,
    validationFail: ({ validation }) => validation.errors[0].message,
  },
});
await api.init();

async function asked(title, path, query, headers = {}) {
  const seen = await api.handleRequest({ method: "GET", path, query, headers });
  console.log(`GET ${title}: ${typeof seen === "string" ? seen : JSON.stringify(seen)}`);
}
await asked("/items/5?page=5", "/items/5", "page=5", { "x-n": "5", cookie: "n=5" });
await asked("/near?lat=1&lon=2", "/near", "lat=1&lon=2");
await asked("/near?at[lat]=1&at[lon]=2, declared as deepObject", "/nearDeep", "at[lat]=1&at[lon]=2");
await asked("/all/1,2", "/all/1,2");
await asked("/some?ids=1,2, declared without explode", "/some", "ids=1,2");
JS

node run.mjs | tee seen
diff expected seen || exit 1
