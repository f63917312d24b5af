#!/usr/bin/env bash
# elysia 1.4.30: a tuple of two numbers in a query is taken as `?at=57`, and is the texts "5" and "7"; a list loses the brackets of its only text, and commas split a text however they are encoded.
#
# elysia 1.4.30, queries checked by its schemas. `t.Tuple` and `t.Record` check the text of the query as if it were the list of its characters and hand
# them on in place of the numbers that the types promise; each ordinary form of a pair is refused. `t.Literal(5)` is never met, where `t.Number` takes "5".
# A text between brackets is read as a list of JSON without being JSON, and "Smith, Jo" as two names. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts elysia@1.4.30 @sinclair/typebox@0.34.52 exact-mirror@1.2.6

cat >expected <<'TEXT'
a tuple of numbers: ?v=57 is ["5","7"], ?v=5&v=7 is refused, ?v=5,7 is refused, ?v=[5,7] is refused
a record of texts: ?v=no is {"0":"n","1":"o"}, ?v={"a":"b"} is {"0":"{","1":"\"","2":"a","3":"\"","4":":","5":"\"","6":"b","7":"\"","8":"}"}
a literal 5: ?v=5 is refused
a number: ?v=5 is 5
a list of texts: ?v=[draft] is ["draft"], ?v=%5B1 is [""], ?v=["a","b"] is ["\"a\"","\"b\""], ?v=Smith%2C%20Jo is ["Smith"," Jo"], ?v=a&v=b%2Cc is ["a","b","c"]
a text: ?v=[draft] is "[draft]", ?v=Smith%2C%20Jo is "Smith, Jo"
TEXT

cat >run.mjs <<'JS'
import { Elysia, t } from "elysia";

async function asked(title, schema, ...searches) {
  const app = new Elysia().get("/", ({ query }) => JSON.stringify(query.v), { query: t.Object({ v: schema }) });
  const seen = [];
  for (const search of searches) {
    const response = await app.fetch(new Request(`http://localhost/${search}`));
    const text = await response.text();
    seen.push(`${search} is ${response.ok ? text : "refused"}`);
  }
  console.log(`${title}: ${seen.join(", ")}`);
}

await asked("a tuple of numbers", t.Tuple([t.Number(), t.Number()]), "?v=57", "?v=5&v=7", "?v=5,7", "?v=[5,7]");
await asked("a record of texts", t.Record(t.String(), t.String()), "?v=no", '?v={"a":"b"}');
await asked("a literal 5", t.Literal(5), "?v=5");
await asked("a number", t.Number(), "?v=5");
await asked("a list of texts", t.Array(t.String()), "?v=[draft]", "?v=%5B1", '?v=["a","b"]', "?v=Smith%2C%20Jo", "?v=a&v=b%2Cc");
await asked("a text", t.String(), "?v=[draft]", "?v=Smith%2C%20Jo");
JS

node run.mjs | tee seen
diff expected seen || exit 1
