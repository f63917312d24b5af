#!/usr/bin/env bash
# In ai 7.0.173 the output of a tool that is an async generator is what it yielded last: what it returns is dropped, one that only returns has the output undefined, and a generator handed out by an async function or that is not async is {}.
#
# ai 7.0.173, zod 4.6.7, the same in generateText and streamText. A tool that yields its progress and returns its answer tells the model the progress, without an error. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ai@7.0.173 zod@4.6.7

cat >expected <<'TEXT'
yields "half" and "all": the model is told "all"
yields "half", returns "all": the model is told "half"
returns "all": the model is told null
hands out a generator from an async function: the model is told {}
is a generator that is not async: the model is told {}
TEXT

cat >run.mjs <<'JS'
import { generateText, isStepCount, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const turn = (part, unified) => ({ content: [part], finishReason: { unified, raw: undefined }, usage, warnings: [] });
const yields = async function* () {
  yield "half";
  yield "all";
};
const ways = {
  'yields "half" and "all"': yields,
  'yields "half", returns "all"': async function* () {
    yield "half";
    return "all";
  },
  'returns "all"': async function* () {
    return "all";
  },
  "hands out a generator from an async function": async () => yields(),
  "is a generator that is not async": function* () {
    yield "half";
    yield "all";
  },
};
for (const [title, execute] of Object.entries(ways)) {
  const turns = [turn({ type: "tool-call", toolCallId: "1", toolName: "count", input: "{}" }, "tool-calls"), turn({ type: "text", text: "end" }, "stop")];
  const model = new MockLanguageModelV4({ doGenerate: async () => turns.shift() });
  const tools = { count: tool({ inputSchema: z.object({}), execute }) };
  await generateText({ model, tools, stopWhen: isStepCount(2), prompt: "Count what is left.", maxRetries: 0 });
  const [{ output }] = model.doGenerateCalls[1].prompt.at(-1).content;
  console.log(`${title}: the model is told ${JSON.stringify(output.value)}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
