#!/usr/bin/env bash
# With @langchain/core 1.4.0 a tool that returns rows with a key named type, or no rows, tells the model no JSON: @langchain/anthropic 1.5.11 sends an empty result, @langchain/openai 1.5.8 the rows as content of unknown kinds.
#
# What a tool returns becomes JSON, so one expects `[{ "type": "file", "path": "a.ts" }]` as it is. An array whose elements all have a `type` is taken for content blocks,
# whatever the type, and so is an empty array. The one converter drops the blocks it does not know, and the model believes that the folder is empty; the other hands them
# to an endpoint that takes text and no others. The same rows with `kind` in place of `type`, or in an object, arrive. The requests are taken from a fetch of the script's own;
# the output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --legacy-peer-deps @langchain/core@1.4.0 @langchain/openai@1.5.8 @langchain/anthropic@1.5.11 zod@4.6.7

cat >expected <<'TEXT'
[{"type":"file","path":"a.ts"},{"type":"folder","path":"src"}]
  anthropic: []
  openai: [{"type":"file","path":"a.ts"},{"type":"folder","path":"src"}]
[{"kind":"file","path":"a.ts"},{"kind":"folder","path":"src"}]
  anthropic: "[{\"kind\":\"file\",\"path\":\"a.ts\"},{\"kind\":\"folder\",\"path\":\"src\"}]"
  openai: "[{\"kind\":\"file\",\"path\":\"a.ts\"},{\"kind\":\"folder\",\"path\":\"src\"}]"
{"entries":[{"type":"file","path":"a.ts"}]}
  anthropic: "{\"entries\":[{\"type\":\"file\",\"path\":\"a.ts\"}]}"
  openai: "{\"entries\":[{\"type\":\"file\",\"path\":\"a.ts\"}]}"
[]
  anthropic: []
  openai: []
[1]
  anthropic: "[1]"
  openai: "[1]"
TEXT

cat >run.mjs <<'JS'
import { ChatAnthropic } from "@langchain/anthropic";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import * as z from "zod";

let request;
const refused = { status: 400, headers: { "content-type": "application/json" } };
const fetch = async (_, { body }) => {
  request = JSON.parse(body);
  return new Response('{ "error": { "message": "enough seen" } }', refused);
};
const options = { model: "none", apiKey: "none", maxRetries: 0 };
const models = {
  anthropic: new ChatAnthropic({ ...options, clientOptions: { fetch } }),
  openai: new ChatOpenAI({ ...options, configuration: { fetch } }),
};
const call = { type: "tool_call", id: "call_1", name: "list", args: {} };
for (const returned of [
  [{ type: "file", path: "a.ts" }, { type: "folder", path: "src" }],
  [{ kind: "file", path: "a.ts" }, { kind: "folder", path: "src" }],
  { entries: [{ type: "file", path: "a.ts" }] },
  [],
  [1],
]) {
  const list = tool(() => returned, { name: "list", description: "Lists a folder.", schema: z.object({}) });
  const messages = [new HumanMessage("What is there?"), new AIMessage({ content: "", tool_calls: [call] }), await list.invoke(call)];
  console.log(JSON.stringify(returned));
  for (const [name, model] of Object.entries(models)) {
    await model.invoke(messages).catch(() => {});
    const { content } = request.messages.at(-1);
    console.log(`  ${name}: ${JSON.stringify(name === "anthropic" ? content[0].content : content)}`);
  }
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
