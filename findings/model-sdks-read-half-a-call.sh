#!/usr/bin/env bash
# Of a call that streams in as {"price":1 and then 29,… ai 7.0.173 and @langchain/core 1.4.0 say that the price is 1, openai 7.59.0 and @anthropic-ai/sdk 1.14.0 wait for its end; of an unfinished text the last shows nothing, the others its beginning.
#
# One expects the same values of the same bytes, or that what may still change is left out. A page that shows the arguments as they come shows a wrong price with two of them, and
# with one no text before it is whole. In LangChain the chunk has it in `tool_calls`, as a finished call, and nothing among `invalid_tool_calls`. An unfinished
# `tr` is true for three of them. Each stream is answered by a fetch of the script's own; the output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --legacy-peer-deps openai@7.59.0 @anthropic-ai/sdk@1.14.0 ai@7.0.173 @langchain/core@1.4.0 zod@4.6.7

cat >expected <<'TEXT'
{"price":1
  ai: {"price":1}
  langchain: {"price":1}, 0 invalid
  openai: {}
  anthropic: {}
{"price":129,"note":"he
  ai: {"price":129,"note":"he"}
  langchain: {"price":129,"note":"he"}, 0 invalid
  openai: {"price":129,"note":"he"}
  anthropic: {"price":129}
{"price":129,"note":"hello","paid":tr
  ai: {"price":129,"note":"hello","paid":true}
  langchain: {"price":129,"note":"hello","paid":true}, 0 invalid
  openai: {"price":129,"note":"hello","paid":true}
  anthropic: {"price":129,"note":"hello"}
{"price":129,"note":"hello","paid":true}
  ai: {"price":129,"note":"hello","paid":true}
  langchain: {"price":129,"note":"hello","paid":true}, 0 invalid
  openai: {"price":129,"note":"hello","paid":true}
  anthropic: {"price":129,"note":"hello","paid":true}
TEXT

cat >run.mjs <<'JS'
import Anthropic from "@anthropic-ai/sdk";
import { AIMessageChunk } from "@langchain/core/messages";
import { parsePartialJson } from "ai";
import OpenAI from "openai";

const parts = ['{"price":1', '29,"note":"he', 'llo","paid":tr', "ue}"];
const answers = (events) => async () => {
  const lines = events.map(({ type, ...rest }) => `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`);
  return new Response(lines.join(""), { headers: { "content-type": "text/event-stream" } });
};
const asked = { model: "none", messages: [{ role: "user", content: "What does it cost?" }] };
const client = { apiKey: "none", maxRetries: 0 };

async function anthropic() {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = { id: "m", type: "message", role: "assistant", model: "none", content: [], stop_reason: null, stop_sequence: null, usage };
  const block = { type: "tool_use", id: "t", name: "quote", input: {} };
  const fetch = answers([
    { type: "message_start", message },
    { type: "content_block_start", index: 0, content_block: block },
    ...parts.map((partial_json) => ({ type: "content_block_delta", index: 0, delta: { type: "input_json_delta", partial_json } })),
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "tool_use", stop_sequence: null }, usage },
    { type: "message_stop" },
  ]);
  const seen = [];
  const tools = [{ name: "quote", input_schema: { type: "object" } }];
  const stream = new Anthropic({ ...client, fetch }).messages.stream({ ...asked, max_tokens: 9, tools });
  stream.on("inputJson", (_, snapshot) => seen.push(JSON.stringify(snapshot)));
  await stream.finalMessage();
  return seen;
}

async function openai() {
  const chunk = (delta, finish_reason = null) => ({ id: "c", object: "chat.completion.chunk", created: 1, model: "none", choices: [{ index: 0, delta, finish_reason }] });
  const call = (rest) => ({ tool_calls: [{ index: 0, ...rest }] });
  const chunks = [
    chunk({ role: "assistant", ...call({ id: "t", type: "function", function: { name: "quote", arguments: "" } }) }),
    ...parts.map((text) => chunk(call({ function: { arguments: text } }))),
    chunk({}, "tool_calls"),
  ];
  const lines = [...chunks.map((value) => JSON.stringify(value)), "[DONE]"].map((data) => `data: ${data}\n\n`);
  const fetch = async () => new Response(lines.join(""), { headers: { "content-type": "text/event-stream" } });
  const seen = [];
  const parameters = { type: "object", properties: {}, required: [], additionalProperties: false };
  const tools = [{ type: "function", function: { name: "quote", strict: true, parameters } }];
  const stream = new OpenAI({ ...client, fetch }).chat.completions.stream({ ...asked, tools });
  stream.on("tool_calls.function.arguments.delta", ({ arguments_delta, parsed_arguments }) => {
    if (arguments_delta !== "") seen.push(JSON.stringify(parsed_arguments));
  });
  await stream.finalChatCompletion();
  return seen;
}

function langchain() {
  const chunk = (args, rest = {}) => new AIMessageChunk({ content: "", tool_call_chunks: [{ index: 0, args, ...rest, type: "tool_call_chunk" }] });
  let whole = chunk("", { id: "t", name: "quote" });
  return parts.map((part) => {
    whole = whole.concat(chunk(part));
    return `${JSON.stringify(whole.tool_calls[0]?.args)}, ${whole.invalid_tool_calls.length} invalid`;
  });
}

const texts = parts.map((_, at) => parts.slice(0, at + 1).join(""));
const sides = {
  ai: await Promise.all(texts.map(async (text) => JSON.stringify((await parsePartialJson(text)).value))),
  langchain: langchain(),
  openai: await openai(),
  anthropic: await anthropic(),
};
texts.forEach((text, at) => {
  console.log(text);
  for (const [name, seen] of Object.entries(sides)) console.log(`  ${name}: ${seen[at]}`);
});
JS

node run.mjs | tee seen
diff expected seen || exit 1
