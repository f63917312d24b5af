#!/usr/bin/env bash
# ai 7.0.173 writes what a tool's schema has made of a call into the history in place of what the model said, so that in the next step the model reads a call of its own that its schema refuses.
#
# ai 7.0.173 with its own mock model, zod 4.6.7. A transform, a default or a stripped key shows in the prompt of the next step as the model's own
# words: a number where it wrote a text, `{}` for a Map. `toolCalls` of the step holds the same. A call that is refused stays as it was.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ai@7.0.173 zod@4.6.7

cat >expected <<'TEXT'
transform to a length: model said {"a":"abc"}, next prompt has {"a":3}, step has {"a":3}
transform to a Map: model said {"a":"k=v"}, next prompt has {"a":{}}, step has {"a":{}}
default: model said {}, next prompt has {"a":"x"}, step has {"a":"x"}
unknown key: model said {"a":"x","b":1}, next prompt has {"a":"x"}, step has {"a":"x"}
refused: model said {"a":5}, next prompt has {"a":5}, step has {"a":5}
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

for (const [title, a, said] of [
  ["transform to a length", z.string().transform((text) => text.length), { a: "abc" }],
  ["transform to a Map", z.string().transform((text) => new Map([text.split("=")])), { a: "k=v" }],
  ["default", z.string().default("x"), {}],
  ["unknown key", z.string(), { a: "x", b: 1 }],
  ["refused", z.string(), { a: 5 }],
]) {
  const call = { type: "tool-call", toolCallId: "1", toolName: "look", input: JSON.stringify(said) };
  const turns = [turn(call, "tool-calls"), turn({ type: "text", text: "end" }, "stop")];
  const model = new MockLanguageModelV4({ doGenerate: async () => turns.shift() });
  const look = tool({ inputSchema: z.object({ a }), execute: () => "seen" });
  const { steps } = await generateText({ model, tools: { look }, stopWhen: isStepCount(2), prompt: "Look." });
  const spoken = model.doGenerateCalls[1].prompt.find(({ role }) => role === "assistant").content[0].input;
  const step = steps[0].toolCalls[0].input;
  console.log(`${title}: model said ${call.input}, next prompt has ${JSON.stringify(spoken)}, step has ${JSON.stringify(step)}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
