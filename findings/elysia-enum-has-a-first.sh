#!/usr/bin/env bash
# elysia 1.4.30: a required key with `t.UnionEnum(["admin", "user"])` that a request does not have is `admin` to the handler, a union of the same literals refuses the request; an enum two levels down is refused as well.
#
# elysia 1.4.30, bodies and queries of a request. `t.UnionEnum` sets the first of its values as its default, and checks bodies and queries after defaults have
# been set. So the order of the values decides what a request without the key means, also where the key is optional. The output seen is the
# expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts elysia@1.4.30 @sinclair/typebox@0.34.52 exact-mirror@1.2.6

cat >expected <<'TEXT'
a union of literals, {}: 422
an enum, {}: 200 {"role":"admin"}
an enum, {"role":"user"}: 200 {"role":"user"}
an optional enum, {}: 200 {"role":"admin"}
an enum of the other order, {}: 200 {"role":"user"}
an enum in an object, {"by":{}}: 422
an enum in a query, without it: 200 {"order":"asc"}
TEXT

cat >run.mjs <<'JS'
import { Elysia, t } from "elysia";

async function answered(title, app, body) {
  const init = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await app.fetch(new Request("http://localhost/", init));
  const text = await response.text();
  console.log(`${title}${body ? `, ${JSON.stringify(body)}` : ""}: ${response.status}${response.ok ? ` ${text}` : ""}`);
}
const taking = (keys) => new Elysia().post("/", ({ body }) => JSON.stringify(body), { body: t.Object(keys) });
const role = t.UnionEnum(["admin", "user"]);

await answered("a union of literals", taking({ role: t.Union([t.Literal("admin"), t.Literal("user")]) }), {});
await answered("an enum", taking({ role }), {});
await answered("an enum", taking({ role }), { role: "user" });
await answered("an optional enum", taking({ role: t.Optional(role) }), {});
await answered("an enum of the other order", taking({ role: t.UnionEnum(["user", "admin"]) }), {});
await answered("an enum in an object", taking({ by: t.Object({ role }) }), { by: {} });
const query = t.Object({ order: t.UnionEnum(["asc", "desc"]) });
await answered("an enum in a query, without it", new Elysia().get("/", ({ query }) => JSON.stringify(query), { query }));
JS

node run.mjs | tee seen
diff expected seen || exit 1
