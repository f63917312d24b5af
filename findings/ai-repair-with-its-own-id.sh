#!/usr/bin/env bash
# A repair of a tool call that keeps the id of the model's second answer works in streamText of ai 7.0.173, and in generateText it ends the generation with "Tool call 1 not found.", before any tool has run.
#
# ai 7.0.173, zod 4.6.7. The usual repair asks the model again and returns its new call, which has an id of its own and every key that the type asks for. In streamText the tool runs and the history has the new id.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ai@7.0.173 zod@4.6.7

cat >expected <<'TEXT'
streamText, repaired under the same id: ran 1 time, 2 steps, call 1, result 1
generateText, repaired under the same id: ran 1 time, 2 steps, call 1, result 1
streamText, repaired under its own id: ran 1 time, 2 steps, call 2, result 2
generateText, repaired under its own id: ran 0 times, Error: Tool call 1 not found.
TEXT

cat >run.mjs <<'JS'
import { generateText, isStepCount, streamText, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const text = [{ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "end" }, { type: "text-end", id: "t" }];
const call = (toolCallId, input) => ({ type: "tool-call", toolCallId, toolName: "count", input });
const broken = call("1", '{ "of": ');
const finishReason = (unified) => ({ unified, raw: undefined });
const stream = (parts, unified) => ({
  stream: ReadableStream.from([{ type: "stream-start", warnings: [] }, ...parts, { type: "finish", finishReason: finishReason(unified), usage }]),
});
const answer = (content, unified) => ({ content, finishReason: finishReason(unified), usage, warnings: [] });

for (const [title, id] of [
  ["under the same id", "1"],
  ["under its own id", "2"],
])
  for (const way of [streamText, generateText]) {
    const streams = [stream([broken], "tool-calls"), stream(text, "stop")];
    const answers = [answer([broken], "tool-calls"), answer([{ type: "text", text: "end" }], "stop")];
    const model = new MockLanguageModelV4({ doStream: async () => streams.shift(), doGenerate: async () => answers.shift() });
    let times = 0;
    const tools = { count: tool({ inputSchema: z.object({ of: z.string() }), execute: () => ++times }) };
    const repair = async () => call(id, '{ "of": "apples" }');
    const seen = async () => {
      const result = await way({
        model,
        tools,
        experimental_repairToolCall: repair,
        stopWhen: isStepCount(2),
        prompt: "Count what is left.",
        maxRetries: 0,
        onError() {},
      });
      const steps = await result.steps;
      const [{ content: calls }, { content: results }] = (way === streamText ? model.doStreamCalls : model.doGenerateCalls)[1].prompt.slice(-2);
      return `${steps.length} steps, call ${calls[0].toolCallId}, result ${results[0].toolCallId}`;
    };
    const said = await seen().catch(({ name, message }) => `${name}: ${message}`);
    console.log(`${way.name}, repaired ${title}: ran ${times} ${times === 1 ? "time" : "times"}, ${said}`);
  }
JS

node run.mjs | tee seen
diff expected seen || exit 1
