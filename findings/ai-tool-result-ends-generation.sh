#!/usr/bin/env bash
# In ai 7.0.173 a tool that throws gives the model a tool error, and a tool that returns a bigint or an object in itself ends generateText with a TypeError, so that the steps and the results of the other tools are lost.
#
# ai 7.0.173, zod 4.6.7. One expects what comes out of a tool to be handled in one place: both are a fault of the tool, and the model could go on with the other result.
# The value is made JSON after the call, where nobody catches. `outputSchema` does not help, for the SDK checks no output by it; a `toModelOutput` of the tool that
# writes JSON itself does. A Date, a Map and NaN pass as JSON has them. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ai@7.0.173 zod@4.6.7

cat >expected <<'TEXT'
throws: 2 steps, tool-result, tool-error: out of stock
returns a bigint: TypeError: Do not know how to serialize a BigInt
returns itself: TypeError: Converting circular structure to JSON
returns a bigint against its outputSchema: TypeError: Do not know how to serialize a BigInt
returns a text against its outputSchema: 2 steps, tool-result, tool-result
returns a bigint, with toModelOutput: 2 steps, tool-result, tool-result
TEXT

cat >run.mjs <<'JS'
import { generateText, isStepCount, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const turn = (content, unified) => ({ content, finishReason: { unified, raw: undefined }, usage, warnings: [] });
const call = (toolName, toolCallId) => ({ type: "tool-call", toolCallId, toolName, input: "{}" });
const inputSchema = z.object({});
const outputSchema = z.object({ count: z.number() });
const order = tool({ inputSchema, execute: () => "ordered" });
const itself = {};
itself.again = itself;

for (const [title, more] of [
  ["throws", { execute: () => { throw new Error("out of stock"); } }],
  ["returns a bigint", { execute: () => ({ count: 10n }) }],
  ["returns itself", { execute: () => itself }],
  ["returns a bigint against its outputSchema", { outputSchema, execute: () => ({ count: 10n }) }],
  ["returns a text against its outputSchema", { outputSchema, execute: () => ({ count: "ten" }) }],
  [
    "returns a bigint, with toModelOutput",
    { execute: () => ({ count: 10n }), toModelOutput: ({ output }) => ({ type: "text", value: `${output.count}` }) },
  ],
]) {
  const turns = [turn([call("order", "1"), call("count", "2")], "tool-calls"), turn([{ type: "text", text: "end" }], "stop")];
  const model = new MockLanguageModelV4({ doGenerate: async () => turns.shift() });
  const tools = { order, count: tool({ inputSchema, ...more }) };
  try {
    const { steps } = await generateText({ model, tools, stopWhen: isStepCount(3), prompt: "Order what is left.", maxRetries: 0 });
    const results = steps[0].content.filter(({ type }) => type !== "tool-call");
    const words = results.map(({ type, error }) => (error ? `${type}: ${error.message}` : type));
    console.log(`${title}: ${steps.length} steps, ${words.join(", ")}`);
  } catch (error) {
    console.log(`${title}: ${error.name}: ${error.message.split("\n")[0]}`);
  }
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
