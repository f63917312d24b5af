#!/usr/bin/env bash
# In @ts-rest/core 3.52.1 with `jsonQuery` a search for the phrase `"red shoes"` arrives without its quotes and the text `[1]` as an array, though the texts `5` and `true` are kept; and in a path `C#` and `why?` end the path.
#
# @ts-rest/core 3.52.1. With `jsonQuery: true` on both sides a query is JSON, so that values keep their types. For readable addresses a text goes as it is, and in quotes where it would be read as a number, a boolean or null;
# a text that is an array, an object or a text of JSON is not among them. A path parameter goes as it is with and without `jsonQuery`. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund @ts-rest/core@3.52.1 zod@3.25.76

cat >expected <<'TEXT'
query "5" is sent as "5", read as "5"
query "true" is sent as "true", read as "true"
query "[1" is sent as [1, read as "[1"
query "\"red shoes\"" is sent as "red shoes", read as "red shoes"
query "[1]" is sent as [1], read as [1]
query "{\"a\":1}" is sent as {"a":1}, read as {"a":1}
path "a b": /files/a%20b
path "C#": /files/C and the fragment #
path "why?": /files/why
path "a/b": /files/a/b
TEXT

cat >run.mjs <<'JS'
import { initClient, initContract, parseJsonQueryObject } from "@ts-rest/core";

const contract = initContract();
const router = contract.router({ read: { method: "GET", path: "/files/:name", query: contract.type(), responses: { 200: contract.type() } } });
let sent;
const api = async ({ path }) => ((sent = path), { status: 200, body: {}, headers: new Headers() });
const client = initClient(router, { baseUrl: "http://localhost", baseHeaders: {}, jsonQuery: true, api });

for (const text of ["5", "true", "[1", '"red shoes"', "[1]", '{"a":1}']) {
  await client.read({ params: { name: "one" }, query: { text } });
  const parameters = Object.fromEntries(new URL(sent).searchParams);
  console.log(`query ${JSON.stringify(text)} is sent as ${parameters.text}, read as ${JSON.stringify(parseJsonQueryObject(parameters).text)}`);
}
for (const name of ["a b", "C#", "why?", "a/b"]) {
  await client.read({ params: { name }, query: {} });
  const { pathname } = new URL(sent);
  console.log(`path ${JSON.stringify(name)}: ${pathname}${sent.includes("#") ? " and the fragment #" : ""}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
