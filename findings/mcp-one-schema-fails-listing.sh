#!/usr/bin/env bash
# In @modelcontextprotocol/server 2.4.0 a tool whose zod schema JSON Schema cannot hold, such as z.date(), registers without complaint, and then listing fails for every tool of the server, while calls of all of them still work.
#
# @modelcontextprotocol/server and client 2.4.0, zod 4.6.7, in both protocols. A schema is turned into JSON Schema when it is first listed, and the first
# one that cannot be takes the whole list with it; nothing is said where the tool was registered. A client that lists tools, as they all do, sees a server
# without tools. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
2025-11-25: list throws Date cannot be represented in JSON Schema
2025-11-25: call of fine: called
2025-11-25: without dated, list: fine
2026-07-28: list throws Date cannot be represented in JSON Schema
2026-07-28: call of fine: called
2026-07-28: without dated, list: fine
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

const fine = (server) =>
  server.registerTool("fine", { inputSchema: z.object({}) }, () => ({ content: [{ type: "text", text: "called" }] }));
const both = (server) => {
  fine(server);
  server.registerTool("dated", { inputSchema: z.object({ at: z.date() }) }, () => ({ content: [] }));
};
const list = async (client) => `: ${(await client.listTools()).tools.map(({ name }) => name)}`;
const call = async (client) => (await client.callTool({ name: "fine", arguments: {} })).content[0].text;

for (const [protocol, mode] of [
  ["2025-11-25", "legacy"],
  ["2026-07-28", "auto"],
]) {
  console.log(`${protocol}: list ${await asked(mode, both, list)}`);
  console.log(`${protocol}: call of fine: ${await asked(mode, both, call)}`);
  console.log(`${protocol}: without dated, list${await asked(mode, fine, list)}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
