#!/usr/bin/env bash
# In @graphql-codegen/typescript-operations 6.1.9 the fields of `best @include(if: $more) { name }` are always there by their type when `best { id }` is selected beside it, and a name that is selected without a condition is optional when it is also selected with one.
#
# @graphql-codegen/typescript-operations 6.1.9 with @graphql-codegen/core 6.2.1 and graphql 17.1.0. Both selections are one object in the answer, as GraphQL merges them, and its name is there when $more is true. The type drops the condition where
# two selections are merged, so `answer.user.best.name.length` is checked and throws. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @graphql-codegen/core@6.2.1 @graphql-codegen/typescript-operations@6.1.9 graphql@17.1.0

cat >expected <<'TEXT'
{ user { best @include(if: $more) { id name } } }
  typed { user: { best?: { id: string, name: string } } }
  false { user: {} }
{ user { best { id name @include(if: $more) } } }
  typed { user: { best: { id: string, name?: string } } }
  false { user: { best: { id: "1" } } }
{ user { best { id } best @include(if: $more) { name } } }
  typed { user: { best: { id: string, name: string } } }
  false { user: { best: { id: "1" } } }
{ user { best { id name } best @include(if: $more) { name } } }
  typed { user: { best: { id: string, name: string } } }
  false { user: { best: { id: "1", name: "Ada" } } }
{ user { id name name @include(if: $more) } }
  typed { user: { id: string, name?: string } }
  false { user: { id: "1", name: "Ada" } }
TEXT

cat >run.mjs <<'JS'
import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, graphql, parse } from "graphql";

const text = "type Query { user: User! } type User { id: ID! name: String! best: User! }";
const ada = { id: "1", name: "Ada" };
const rootValue = { user: { ...ada, best: ada } };

async function show(selection) {
  const source = `query Sample($more: Boolean!) ${selection}`;
  const documents = [{ document: parse(source), location: "sample.graphql" }];
  const generated = await codegen({ schema: parse(text), documents, config: {}, filename: "out.ts", plugins: [{ operations: {} }], pluginMap: { operations } });
  const { data } = await graphql({ schema: buildSchema(text), source, rootValue, variableValues: { more: false } });
  console.log(`${selection}\n  typed ${/export type SampleQuery = (.*);/.exec(generated)[1]}`);
  console.log(`  false ${JSON.stringify(data).replace(/"(\w+)":/g, " $1: ").replace(/,/g, ",").replace(/\}/g, " }").replaceAll("{ }", "{}")}`);
}

await show("{ user { best @include(if: $more) { id name } } }");
await show("{ user { best { id name @include(if: $more) } } }");
await show("{ user { best { id } best @include(if: $more) { name } } }");
await show("{ user { best { id name } best @include(if: $more) { name } } }");
await show("{ user { id name name @include(if: $more) } }");
JS

node run.mjs | tee seen
diff expected seen || exit 1
