#!/usr/bin/env bash
# @google/genai 3.3.0: of two callable tools `generateContent` gives each the calls of both, `generateContentStream` gives each its own; a call of a tool that MCP servers do not have is answered with no parts, or ends the stream with an error.
#
# @google/genai 3.3.0 with @modelcontextprotocol/sdk 1.32.2, automatic function calling in front of a server on this machine. A callable tool names its
# functions in `tool()`; one that relies on getting only those runs `pay` for a call of `refund`, and the model gets two answers to each call. `mcpToTool`
# picks its own and passes over the rest in silence, and drops the `id` by which the model tells two calls of one name apart. The output
# seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @google/genai@3.3.0 @modelcontextprotocol/sdk@1.32.2

cat >expected <<'TEXT'
generateContent: the tool of pay ran pay, the tool of pay ran refund, the tool of refund ran pay, the tool of refund ran refund
answers sent: pay, refund, pay, refund
generateContentStream: the tool of pay ran pay, the tool of refund ran refund
answers sent: pay, refund
MCP, generateContent: ok
sent for a call that no server has: []
MCP, generateContentStream: Automatic function calling was requested, but not all the tools the model used implement the CallableTool interface. Available tools: [object Map Iterator], missing tool: refund
sent for the calls pay with the ids 1 and 2: pay undefined, pay undefined
TEXT

cat >run.mjs <<'JS'
import { createServer } from "node:http";
import { once } from "node:events";
import { GoogleGenAI, mcpToTool } from "@google/genai";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

// A model that makes `calls` and then says ok.
let calls, requests;
const server = createServer(async (request, response) => {
  requests.push(JSON.parse((await request.toArray()).join("")));
  const parts = requests.length === 1 ? calls.map((functionCall) => ({ functionCall })) : [{ text: "ok" }];
  const answer = JSON.stringify({ candidates: [{ content: { role: "model", parts } }] });
  if (request.url.includes("stream")) response.setHeader("content-type", "text/event-stream").end(`data: ${answer}\r\n\r\n`);
  else response.setHeader("content-type", "application/json").end(answer);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const ai = new GoogleGenAI({ apiKey: "key", httpOptions: { baseUrl: `http://127.0.0.1:${server.address().port}` } });
const request = (tools) => ({ model: "model", contents: "Go.", config: { tools } });
const sent = () => requests.at(-1).contents.at(-1).parts;

let ran;
const tool = (name) => ({
  tool: async () => ({ functionDeclarations: [{ name }] }),
  async callTool(given) {
    ran.push(...given.map((call) => `the tool of ${name} ran ${call.name}`));
    return given.map((call) => ({ functionResponse: { name: call.name, response: { done: true } } }));
  },
});
const drain = async (stream) => {
  for await (const _ of await stream);
};

calls = [{ name: "pay", args: {} }, { name: "refund", args: {} }];
for (const [title, ask] of [
  ["generateContent", (tools) => ai.models.generateContent(request(tools))],
  ["generateContentStream", (tools) => drain(ai.models.generateContentStream(request(tools)))],
]) {
  [requests, ran] = [[], []];
  await ask([tool("pay"), tool("refund")]);
  console.log(`${title}: ${ran.join(", ")}`);
  console.log(`answers sent: ${sent().map(({ functionResponse }) => functionResponse.name).join(", ")}`);
}

const mcp = new McpServer({ name: "server", version: "1.0.0" });
mcp.registerTool("pay", {}, () => ({ content: [{ type: "text", text: "paid" }] }));
const [near, far] = InMemoryTransport.createLinkedPair();
const client = new Client({ name: "client", version: "1.0.0" });
await Promise.all([mcp.connect(far), client.connect(near)]);
const tools = [mcpToTool(client)];

[requests, calls] = [[], [{ name: "refund", args: {} }]];
console.log(`MCP, generateContent: ${(await ai.models.generateContent(request(tools))).text}`);
console.log(`sent for a call that no server has: ${JSON.stringify(sent())}`);
requests = [];
console.log(`MCP, generateContentStream: ${await drain(ai.models.generateContentStream(request(tools))).catch(({ message }) => message)}`);

[requests, calls] = [[], ["1", "2"].map((id) => ({ id, name: "pay", args: {} }))];
await ai.models.generateContent(request(tools));
console.log(
  `sent for the calls pay with the ids 1 and 2: ${sent().map(({ functionResponse }) => `${functionResponse.name} ${functionResponse.id}`).join(", ")}`,
);
await client.close();
server.close();
server.closeAllConnections();
JS

node run.mjs | tee seen
diff expected seen || exit 1
