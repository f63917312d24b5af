#!/usr/bin/env bash
# In MCP SDK 2.4.0 a form that a user accepts is checked against its schema only when content came with it: `{ action: "accept" }` reaches the tool, whatever is required.
#
# A client that shows a form with one button, or that answers for its user, sends no content. One expects what the check says of `{}`, that a required key is missing.
# The tool reads `answer.content.amount` and the model is told of an undefined that has no properties. The content of a declined
# form is handed over, unchecked as well. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund @modelcontextprotocol/server@2.4.0 @modelcontextprotocol/client@2.4.0 zod@4.6.7

cat >expected <<'TEXT'
{"action":"accept","content":{"amount":5}}: the tool gets {"action":"accept","content":{"amount":5}}
{"action":"accept","content":{}}: refused, Elicitation response content does not match requested schema: data must have required property 'amount'
{"action":"accept"}: the tool gets {"action":"accept"}
{"action":"decline","content":{"amount":"none"}}: the tool gets {"action":"decline","content":{"amount":"none"}}
TEXT

cat >run.mjs <<'JS'
import { Client } from "@modelcontextprotocol/client";
import { InMemoryTransport, McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";

const requestedSchema = { type: "object", properties: { amount: { type: "number" } }, required: ["amount"] };
const server = new McpServer({ name: "pays", version: "1" });
server.registerTool("pay", { inputSchema: z.object({}) }, async (_, { mcpReq }) => {
  const answer = await mcpReq.elicitInput({ message: "How much?", requestedSchema });
  return { content: [{ type: "text", text: `the tool gets ${JSON.stringify(answer)}` }] };
});
const client = new Client({ name: "asks", version: "1" }, { capabilities: { elicitation: { form: {} } } });
const [one, other] = InMemoryTransport.createLinkedPair();
await Promise.all([server.connect(one), client.connect(other)]);
for (const answer of [
  { action: "accept", content: { amount: 5 } },
  { action: "accept", content: {} },
  { action: "accept" },
  { action: "decline", content: { amount: "none" } },
]) {
  client.setRequestHandler("elicitation/create", async () => answer);
  const { content, isError } = await client.callTool({ name: "pay" });
  console.log(`${JSON.stringify(answer)}: ${isError ? "refused, " : ""}${content[0].text}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
