#!/usr/bin/env bash
# A server of @modelcontextprotocol/server 2.4.0 checks structured content with its zod schema and sends what the tool gave, not what the schema made of it, so that a client which has listed the tools refuses results that the server found valid.
#
# @modelcontextprotocol/server and client 2.4.0, zod 4.6.7. Arguments are parsed: unknown keys go, defaults come, texts become numbers. Results
# are only looked at. The JSON Schema that clients are told is that of the parsed value: closed, its defaults required, its coerced numbers numbers. A client
# checks results of tools that it has listed and of no others, so one call is fine or fails by what its client has asked before.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
extra key: sent {"n":1,"more":2}, after listing refused: data must NOT have additional properties
default: sent {}, after listing refused: data must have required property 'text'
coerced: sent {"n":"5"}, after listing refused: data/n must be number
as arguments: {"n":5,"text":"none"}
TEXT

cat >run.mjs <<'JS'
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

/** The SDK's own client and server in one process, over the requests and responses of HTTP. */
const asked = async (mode, build, ask) => {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "numbers", version: "1" });
    build(server);
    return server;
  });
  const client = new Client({ name: "asks", version: "1" }, { versionNegotiation: { mode } });
  const send = (url, init) => handler.fetch(new Request(url, init));
  await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: send }));
  const answer = await ask(client).catch((error) => `throws ${error.message}`);
  await client.close();
  return answer;
};

const tool = (outputSchema, structuredContent) => (server) =>
  server.registerTool("tool", { inputSchema: z.object({}), outputSchema }, () => ({ content: [], structuredContent }));
const call = async (client) => JSON.stringify((await client.callTool({ name: "tool", arguments: {} })).structuredContent);
const listed = async (client) => {
  await client.listTools();
  return call(client);
};

for (const [name, schema, value] of [
  ["extra key", z.object({ n: z.number() }), { n: 1, more: 2 }],
  ["default", z.object({ text: z.string().default("none") }), {}],
  ["coerced", z.object({ n: z.coerce.number() }), { n: "5" }],
]) {
  const build = tool(schema, value);
  const refused = (await asked("auto", build, listed)).replace("throws Structured content does not match the tool's output schema", "refused");
  console.log(`${name}: sent ${await asked("auto", build, call)}, after listing ${refused}`);
}

const echo = (server) =>
  server.registerTool(
    "tool",
    { inputSchema: z.object({ n: z.coerce.number(), text: z.string().default("none") }) },
    (given) => ({ content: [{ type: "text", text: JSON.stringify(given) }] }),
  );
const given = async (client) =>
  (await client.callTool({ name: "tool", arguments: { n: "5", more: 2 } })).content[0].text;
console.log(`as arguments: ${await asked("auto", echo, given)}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
