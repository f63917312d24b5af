#!/usr/bin/env bash
# In @mastra/core 1.71.0 with zod 4.6.7 a tool takes another input than it was sent where its schema refuses that: the entries of a record that are null are gone, { query } fills a key named prompt, and texts of JSON become objects at the first level only.
#
# One expects the input to be refused, so that the model tries again, or to be repaired the same everywhere. Here a record of prices arrives without the price that was null,
# where a list of prices is refused; `{ "filter": "{\"ids\":[1]}" }` is read for an object and refused for a record, and so is an array one level deeper, and "5" for a
# number. `{ "query": … }`, `{ "message": … }` and `{ "input": … }` are all the missing `prompt`, and `{ "text": … }` is not. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --legacy-peer-deps @mastra/core@1.71.0 zod@4.6.7

cat >expected <<'TEXT'
a null in a record: {"p":{"a":1,"b":null}} arrives as {"p":{"a":1}}
a null in a list: {"p":[1,null]} is refused
JSON for an object: {"p":"{\"ids\":[1]}"} arrives as {"p":{"ids":[1]}}
JSON for a record: {"p":"{\"ids\":[1]}"} is refused
JSON for a list: {"p":"[1]"} arrives as {"p":[1]}
JSON one level deeper: {"p":{"ids":"[1]"}} is refused
JSON for a number: {"p":"5"} is refused
another key: {"query":"hello"} arrives as {"prompt":"hello"}
another key: {"message":"hello"} arrives as {"prompt":"hello"}
another key: {"text":"hello"} is refused
TEXT

cat >run.mjs <<'JS'
import { createTool } from "@mastra/core/tools";
import * as z from "zod";

const ids = z.object({ ids: z.array(z.number()) });
const prompt = z.object({ prompt: z.string() });
for (const [name, inputSchema, input] of [
  ["a null in a record", z.object({ p: z.record(z.string(), z.number()) }), { p: { a: 1, b: null } }],
  ["a null in a list", z.object({ p: z.array(z.number()) }), { p: [1, null] }],
  ["JSON for an object", z.object({ p: ids }), { p: '{"ids":[1]}' }],
  ["JSON for a record", z.object({ p: z.record(z.string(), z.array(z.number())) }), { p: '{"ids":[1]}' }],
  ["JSON for a list", z.object({ p: z.array(z.number()) }), { p: "[1]" }],
  ["JSON one level deeper", z.object({ p: ids }), { p: { ids: "[1]" } }],
  ["JSON for a number", z.object({ p: z.number() }), { p: "5" }],
  ["another key", prompt, { query: "hello" }],
  ["another key", prompt, { message: "hello" }],
  ["another key", prompt, { text: "hello" }],
]) {
  const echo = createTool({ id: "echo", description: "Gives back its input.", inputSchema, execute: async (arrived) => ({ arrived }) });
  const { arrived } = await echo.execute(input, {});
  console.log(`${name}: ${JSON.stringify(input)} ${arrived ? `arrives as ${JSON.stringify(arrived)}` : "is refused"}`);
}
process.exit(0);
JS

node run.mjs | tee seen
diff expected seen || exit 1
