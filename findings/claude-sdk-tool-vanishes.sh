#!/usr/bin/env bash
# In @anthropic-ai/claude-agent-sdk 0.3.332 a tool with a `z.date()`, a `z.coerce.date()` or a `z.set()` in its input is made without an error and is not among the tools of its server, and a call of it says "Tool book disabled".
#
# @anthropic-ai/claude-agent-sdk 0.3.332 with zod 4.6.7. JSON Schema has no word for such a key, and one expects `tool` or `createSdkMcpServer` to say so, or the listing to fail, as in the SDK of MCP.
# Here nothing is thrown or printed: the model is not told of the tool, the other tools work, and who looks for the reason finds a tool that nobody has disabled. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts --omit=optional @anthropic-ai/claude-agent-sdk@0.3.332 zod@4.6.7

cat >expected <<'TEXT'
z.iso.date(): tools book, cancel; book: booked
z.date(): tools cancel; book: MCP error -32602: Tool book disabled
z.coerce.date(): tools cancel; book: MCP error -32602: Tool book disabled
z.date().optional(): tools cancel; book: MCP error -32602: Tool book disabled
z.coerce.bigint(): tools cancel; book: MCP error -32602: Tool book disabled
z.set(z.string()): tools cancel; book: MCP error -32602: Tool book disabled
z.instanceof(Date): tools cancel; book: MCP error -32602: Tool book disabled
z.stringbool(): tools book, cancel; book: booked
TEXT

cat >run.mjs <<'JS'
import { createSdkMcpServer, tool } from "@anthropic-ai/claude-agent-sdk";
import { z } from "zod";

/** Calls of methods of a server, one after the other, over a transport in memory. */
async function connected(server) {
  const waiting = new Map();
  const transport = { start: async () => {}, close: async () => {}, send: async (message) => waiting.get(message.id)?.(message.result) };
  await server.connect(transport);
  const request = (method, params) =>
    new Promise((resolve) => {
      const id = waiting.size + 1;
      waiting.set(id, resolve);
      transport.onmessage({ jsonrpc: "2.0", id, method, params });
    });
  await request("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "client", version: "1.0.0" } });
  return request;
}

async function show(title, day, value) {
  const answer = (text) => async () => ({ content: [{ type: "text", text }] });
  const tools = [tool("book", "Books a table", { day }, answer("booked")), tool("cancel", "Cancels it", {}, answer("cancelled"))];
  const request = await connected(createSdkMcpServer({ name: "tables", version: "1.0.0", tools }).instance);
  const listed = (await request("tools/list", {})).tools.map(({ name }) => name);
  const { content } = await request("tools/call", { name: "book", arguments: { day: value } });
  console.log(`${title}: tools ${listed.join(", ")}; book: ${content[0].text}`);
}

await show("z.iso.date()", z.iso.date(), "2024-12-31");
await show("z.date()", z.date(), "2024-12-31");
await show("z.coerce.date()", z.coerce.date(), "2024-12-31");
await show("z.date().optional()", z.date().optional(), undefined);
await show("z.coerce.bigint()", z.coerce.bigint(), "5");
await show("z.set(z.string())", z.set(z.string()), ["monday"]);
await show("z.instanceof(Date)", z.instanceof(Date), "2024-12-31");
await show("z.stringbool()", z.stringbool(), "true");
process.exit(0);
JS

node run.mjs 2>&1 | tee seen
diff expected seen || exit 1
