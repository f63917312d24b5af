#!/usr/bin/env bash
# @ai-sdk/mcp 2.0.99 with ai 7.0.173: of a tool of an MCP server the model gets nothing where the result is structured content alone, base64 as a text where it is audio, a plain result where the tool has failed, and is told that a tool which takes any key takes none.
#
# @ai-sdk/mcp 2.0.99, createMCPClient().tools() in generateText of ai 7.0.173, in front of a server of @modelcontextprotocol/sdk 1.32.2. All four are valid in the
# protocol, and the client of the MCP SDK hands them on whole. A failure is a `tool-result` and no `tool-error` of its step, so whoever counts
# errors counts none. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts @ai-sdk/mcp@2.0.99 ai@7.0.173 @modelcontextprotocol/sdk@1.32.2 zod@4.6.7

cat >expected <<'TEXT'
text: tool-result {"type":"content","value":[{"type":"text","text":"7 degrees"}]}
structured: tool-result {"type":"content","value":[]}
audio: tool-result {"type":"content","value":[{"type":"text","text":"{\"type\":\"audio\",\"data\":\"AAAA\",\"mimeType\":\"audio/wav\"}"}]}
failing: tool-result {"type":"content","value":[{"type":"text","text":"no such city"}]}
throwing, of ai itself: tool-error {"type":"error-text","value":"Error: no such city"}
the server lists: {"type":"object","properties":{},"additionalProperties":{}}
the model is told: {"type":"object","properties":{},"additionalProperties":false}
TEXT

cat >run.mjs <<'JS'
import { createMCPClient } from "@ai-sdk/mcp";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { generateText, stepCountIs, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";

async function connected() {
  const server = new McpServer({ name: "server", version: "1.0.0" });
  server.registerTool("text", {}, () => ({ content: [{ type: "text", text: "7 degrees" }] }));
  server.registerTool("structured", { outputSchema: { degrees: z.number() } }, () => ({ content: [], structuredContent: { degrees: 7 } }));
  server.registerTool("audio", {}, () => ({ content: [{ type: "audio", data: "AAAA", mimeType: "audio/wav" }] }));
  server.registerTool("failing", {}, () => ({ content: [{ type: "text", text: "no such city" }], isError: true }));
  server.registerTool("open", { inputSchema: z.looseObject({}) }, () => ({ content: [] }));
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  return near;
}
const mcp = await createMCPClient({ transport: await connected() });
const throwing = tool({
  inputSchema: z.object({}),
  execute() {
    throw new Error("no such city");
  },
});
const tools = { ...(await mcp.tools()), throwing };

// The step of a model that calls the tool, and what it is sent of the result.
async function called(toolName) {
  const requests = [];
  const usage = { inputTokens: {}, outputTokens: {} };
  const model = new MockLanguageModelV4({
    async doGenerate(request) {
      const first = requests.push(request) === 1;
      const content = first ? { type: "tool-call", toolCallId: "1", toolName, input: "{}" } : { type: "text", text: "done" };
      return { content: [content], finishReason: { unified: first ? "tool-calls" : "stop" }, usage, warnings: [] };
    },
  });
  const { steps } = await generateText({ model, tools, prompt: "How cold is it?", stopWhen: stepCountIs(2) });
  return { told: requests[0].tools, seen: `${steps[0].content[1].type} ${JSON.stringify(requests[1].prompt.at(-1).content[0].output)}` };
}
for (const name of ["text", "structured", "audio", "failing"]) console.log(`${name}: ${(await called(name)).seen}`);
const { told, seen } = await called("throwing");
console.log(`throwing, of ai itself: ${seen}`);

const client = new Client({ name: "client", version: "1.0.0" });
await client.connect(await connected());
const schema = ({ $schema, ...rest }) => JSON.stringify(rest);
const { inputSchema } = (await client.listTools()).tools.find(({ name }) => name === "open");
console.log(`the server lists: ${schema(inputSchema)}`);
console.log(`the model is told: ${schema(told.find(({ name }) => name === "open").inputSchema)}`);
await Promise.all([client.close(), mcp.close()]);
JS

node run.mjs 2>/dev/null | tee seen
diff expected seen || exit 1
