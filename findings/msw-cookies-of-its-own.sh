#!/usr/bin/env bash
# In Node, msw 2.15.0 keeps the cookies of mocked responses and puts them into later requests, where `fetch` has none, twice in the header and with `Path` as a cookie: a login is seen by the next test, after `resetHandlers` too.
#
# `fetch` of Node has no cookie jar, so the code that is tested is signed in with msw and not without it. One expects the cookies that the request has, and an end of
# them with `resetHandlers`, or with a new server at least. `credentials: "omit"` changes nothing. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts msw@2.15.0

cat >expected <<'TEXT'
before: {}, header null
after a login: {"session":"one","Path":"/"}, header session=one; Path=/; HttpOnly; session=one; Path=/; HttpOnly
without credentials: {"session":"one","Path":"/"}, header session=one; Path=/; HttpOnly; session=one; Path=/; HttpOnly
with a cookie of its own: {"session":"two","Path":"/"}, header session=two; session=one; Path=/; HttpOnly; session=one; Path=/; HttpOnly
after resetHandlers: {"session":"one","Path":"/"}, header session=one; Path=/; HttpOnly; session=one; Path=/; HttpOnly
with a new server: {"session":"one","Path":"/"}, header session=one; Path=/; HttpOnly; session=one; Path=/; HttpOnly
TEXT

cat >run.mjs <<'JS'
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

const handlers = [
  http.post("http://api.test/login", () => new HttpResponse(null, { headers: { "set-cookie": "session=one; HttpOnly" } })),
  http.get("http://api.test/user", ({ cookies, request }) => HttpResponse.json({ cookies, header: request.headers.get("cookie") })),
];
let server = setupServer(...handlers);
server.listen();
const show = async (what, init) => {
  const { cookies, header } = await (await fetch("http://api.test/user", init)).json();
  console.log(`${what}: ${JSON.stringify(cookies)}, header ${header}`);
};
await show("before");
await fetch("http://api.test/login", { method: "POST" });
await show("after a login");
await show("without credentials", { credentials: "omit" });
await show("with a cookie of its own", { headers: { cookie: "session=two" } });
server.resetHandlers();
await show("after resetHandlers");
server.close();
server = setupServer(...handlers);
server.listen();
await show("with a new server");
server.close();
JS

node run.mjs | tee seen
diff expected seen || exit 1
