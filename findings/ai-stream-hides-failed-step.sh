#!/usr/bin/env bash
# When the request of a second step fails, the promises of streamText of ai 7.0.173 resolve as for a success: text is what the first step said and finishReason is "other"; when the answer to it breaks off, all of them reject.
#
# ai 7.0.173, zod 4.6.7. generateText throws in both cases. In the first case onError is told, but `onFinish` is called too, with "tool-calls", the reason of the first step; in the second neither of them is called
# when the stream is only consumed. So whether `await result.text` throws depends on how far the service came. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund ai@7.0.173 zod@4.6.7

cat >expected <<'TEXT'
the request fails: text "I count.", finishReason "other", steps 1, heard onError: down, onFinish: tool-calls
the answer breaks off: text throws cut, finishReason throws cut, steps throws cut, heard nothing
TEXT

cat >run.mjs <<'JS'
import { isStepCount, streamText, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const said = (delta) => [{ type: "stream-start", warnings: [] }, { type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta }];
const first = [
  ...said("I count."),
  { type: "text-end", id: "t" },
  { type: "tool-call", toolCallId: "1", toolName: "count", input: "{}" },
  { type: "finish", finishReason: { unified: "tool-calls", raw: undefined }, usage },
];
const broken = async function* () {
  yield* said("There are");
  throw new Error("cut");
};
const fails = {
  "the request fails": () => {
    throw new Error("down");
  },
  "the answer breaks off": () => ({ stream: ReadableStream.from(broken()) }),
};
for (const [title, fail] of Object.entries(fails)) {
  let step = 0;
  const model = new MockLanguageModelV4({ doStream: async () => (step++ ? fail() : { stream: ReadableStream.from(first) }) });
  const heard = [];
  const result = streamText({
    model,
    tools: { count: tool({ inputSchema: z.object({}), execute: () => 7 }) },
    stopWhen: isStepCount(3),
    prompt: "Count what is left.",
    maxRetries: 0,
    onError: ({ error }) => void heard.push(`onError: ${error.message}`),
    onFinish: ({ finishReason }) => void heard.push(`onFinish: ${finishReason}`),
  });
  await result.consumeStream();
  const seen = [];
  for (const key of ["text", "finishReason", "steps"])
    seen.push(`${key} ${await result[key].then((value) => JSON.stringify(key === "steps" ? value.length : value), ({ message }) => `throws ${message}`)}`);
  console.log(`${title}: ${seen.join(", ")}, heard ${heard.join(", ") || "nothing"}`);
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
