#!/usr/bin/env bash
# In mcp-framework 0.2.22 a model is told that a record, a tuple, a union, a date and `z.any()` are texts, that a key with a default is required and a nullable one is not, and of a schema with `.refine` that its keys are the methods of zod.
#
# mcp-framework 0.2.22 with zod 3.25.76 and @modelcontextprotocol/sdk 1.32.2, tools as its documentation makes them from `z.object`. What it does not know it writes as a text, and a model that sends a text is refused. `z.number().positive()` becomes
# a minimum of 1, which 0.5 is below, and the lengths of an array are dropped. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts mcp-framework@0.2.22 zod@3.25.76 @modelcontextprotocol/sdk@1.32.2

cat >expected <<'TEXT'
record: told {"type":"string"}, required; { a: 1 } is taken, 'x' is refused
tuple: told {"type":"string"}, required; [ 'a', 1 ] is taken, 'x' is refused
union: told {"type":"string"}, required; 5 is taken, 'x' is refused
coerced date: told {"type":"string"}, required; '2024-12-31' is taken, 'x' is refused
literal: told {"type":"string"}, required; 'on' is taken, 'x' is refused
default: told {"type":"number","default":3}, required; undefined is taken
nullable: told {"type":"string"}, optional; null is taken, undefined is refused
positive: told {"type":"number","minimum":1,"exclusiveMinimum":true}, required; 0.5 is taken
array: told {"type":"array","items":{"type":"string"}}, required; [ 'a' ] is taken, [] is refused
with refine: told of spa, _def, parse, safeParse, …; Cannot read properties of undefined (reading '_parse')
TEXT

cat >run.mjs <<'JS'
import { MCPTool } from "mcp-framework";
import { inspect } from "node:util";
import { z } from "zod";

const toolOf = (schema) =>
  new (class extends MCPTool {
    name = "sample";
    description = "A sample";
    schema = schema;
    execute = async (input) => input;
  })();
const call = (tool, value) => tool.toolCall({ params: { name: "sample", arguments: value } });

async function show(title, value, ...inputs) {
  const tool = toolOf(z.object({ value: value.describe("a value") }));
  const { properties, required } = tool.toolDefinition.inputSchema;
  const { description, ...told } = properties.value;
  const seen = [];
  for (const input of inputs) seen.push(`${inspect(input)} is ${(await call(tool, { value: input })).isError ? "refused" : "taken"}`);
  console.log(`${title}: told ${JSON.stringify(told)}, ${required.includes("value") ? "required" : "optional"}; ${seen.join(", ")}`);
}

await show("record", z.record(z.string(), z.number()), { a: 1 }, "x");
await show("tuple", z.tuple([z.string(), z.number()]), ["a", 1], "x");
await show("union", z.union([z.number(), z.boolean()]), 5, "x");
await show("coerced date", z.coerce.date(), "2024-12-31", "x");
await show("literal", z.literal("on"), "on", "x");
await show("default", z.number().default(3), undefined);
await show("nullable", z.string().nullable(), null, undefined);
await show("positive", z.number().positive(), 0.5);
await show("array", z.array(z.string()).min(1), ["a"], []);

const refined = toolOf(z.object({ from: z.number().describe("from"), to: z.number().describe("to") }).refine(({ from, to }) => from < to));
const names = Object.keys(refined.toolDefinition.inputSchema.properties);
const { content } = await call(refined, { from: 1, to: 2 });
console.log(`with refine: told of ${names.slice(0, 4).join(", ")}, …; ${content[0].text}`);
process.exit(0);
JS

node run.mjs 2>/dev/null | tee seen
diff expected seen || exit 1
