#!/usr/bin/env bash
# ai 7.0.173 runs the tools that a model has called only when its answer has finished with stop or tool-calls: with other or length the generation ends without an error, with a call that has no result; ai 6.0.0 runs them, 6.0.325 no longer does.
#
# ai 7.0.173, 6.0.325 and 6.0.0, zod 4.6.7. A provider of one's own says "other" for whatever reason it does not know, and its tools stop with an update within version 6. The messages handed back
# end in a call without a result. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --legacy-peer-deps ai@7.0.173 ai-6-0-325@npm:ai@6.0.325 ai-6-0-0@npm:ai@6.0.0 zod@4.6.7

cat >expected <<'TEXT'
ai 6.0.0, tool-calls: the tool runs, steps: tool-call and tool-result, text
ai 6.0.0, stop: the tool runs, steps: tool-call and tool-result, text
ai 6.0.0, other: the tool runs, steps: tool-call and tool-result, text
ai 6.0.0, length: the tool runs, steps: tool-call and tool-result, text
ai 6.0.325, tool-calls: the tool runs, steps: tool-call and tool-result, text
ai 6.0.325, stop: the tool runs, steps: tool-call and tool-result, text
ai 6.0.325, other: the tool does not run, steps: tool-call
ai 6.0.325, length: the tool does not run, steps: tool-call
ai 7.0.173, tool-calls: the tool runs, steps: tool-call and tool-result, text
ai 7.0.173, stop: the tool runs, steps: tool-call and tool-result, text
ai 7.0.173, other: the tool does not run, steps: tool-call
ai 7.0.173, length: the tool does not run, steps: tool-call
TEXT

cat >run.mjs <<'JS'
import { z } from "zod";

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const turn = (part, unified) => ({ content: [part], finishReason: { unified, raw: undefined }, usage, warnings: [] });
for (const [version, name, specificationVersion] of [
  ["6.0.0", "ai-6-0-0", "v3"],
  ["6.0.325", "ai-6-0-325", "v3"],
  ["7.0.173", "ai", "v4"],
]) {
  const { generateText, stepCountIs, isStepCount = stepCountIs, tool } = await import(name);
  for (const reason of ["tool-calls", "stop", "other", "length"]) {
    const turns = [turn({ type: "tool-call", toolCallId: "1", toolName: "count", input: "{}" }, reason), turn({ type: "text", text: "end" }, "stop")];
    const model = { specificationVersion, provider: "own", modelId: "own", supportedUrls: {}, doGenerate: async () => turns.shift() };
    let times = 0;
    const tools = { count: tool({ inputSchema: z.object({}), execute: () => ++times }) };
    const { steps } = await generateText({ model, tools, stopWhen: isStepCount(3), prompt: "Count what is left.", maxRetries: 0 });
    const parts = steps.map(({ content }) => content.map(({ type }) => type).join(" and "));
    console.log(`ai ${version}, ${reason}: ${times === 1 ? "the tool runs" : "the tool does not run"}, steps: ${parts.join(", ")}`);
  }
}
JS

node run.mjs | tee seen
diff expected seen || exit 1
