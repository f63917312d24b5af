#!/usr/bin/env bash
# A tool whose input is arktype's type({ at: "Date" }) is told to models as one that takes anything at `at`, by ai 7.0.173 and by @modelcontextprotocol/server 2.4.0 alike, though arktype's own toJsonSchema() refuses a Date, and the call is then refused for every text.
#
# arktype 2.2.9, ai 7.0.173, @modelcontextprotocol/server 2.4.0. Both SDKs ask by the shared interface, `~standard.jsonSchema`, which has no way of saying no
# and gives an empty schema in place of a Date, a bigint or a Map; zod's throws there. `string.date.parse` is what has a schema.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund arktype@2.2.9 ai@7.0.173 @modelcontextprotocol/server@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
arktype, toJsonSchema: throws
arktype, ~standard.jsonSchema: {"at":{},"n":{}}
zod, ~standard.jsonSchema: throws
ai: {"at":{},"n":{}}
mcp: {"at":{},"n":{}}
an ISO text as `at`: must be a Date (was string)
TEXT

cat >run.mjs <<'JS'
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { asSchema } from "ai";
import { type } from "arktype";
import { z } from "zod";

const input = type({ at: "Date", n: "bigint" });
const said = (make) => {
  try {
    return JSON.stringify(make().properties);
  } catch {
    return "throws";
  }
};
const target = { target: "draft-2020-12" };
console.log(`arktype, toJsonSchema: ${said(() => input.toJsonSchema())}`);
console.log(`arktype, ~standard.jsonSchema: ${said(() => input["~standard"].jsonSchema.input(target))}`);
const sameInZod = z.object({ at: z.date(), n: z.bigint() });
console.log(`zod, ~standard.jsonSchema: ${said(() => sameInZod["~standard"].jsonSchema.input(target))}`);
const forModel = await asSchema(input).jsonSchema;
console.log(`ai: ${said(() => forModel)}`);

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: "dates", version: "1" });
  server.registerTool("look", { inputSchema: input }, () => ({ content: [] }));
  return server;
});
const response = await handler.fetch(
  new Request("http://127.0.0.1/mcp", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }),
  }),
);
const text = await response.text();
const { result } = JSON.parse(/\{.*\}/s.exec(text)[0]);
console.log(`mcp: ${said(() => result.tools[0].inputSchema)}`);
const { problem } = input({ at: "2026-01-01T00:00:00Z", n: 1n })[0];
console.log(`an ISO text as \`at\`: ${problem}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
