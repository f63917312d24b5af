/** The SDK's own mock model, that says one thing after another. */
import { MockLanguageModelV4, simulateReadableStream } from "ai/test";

type Generated = Awaited<ReturnType<MockLanguageModelV4["doGenerate"]>>;

/** A script it writes, or the text it ends with. */
export type Turn = { readonly script: string } | { readonly input: object } | { readonly text: string };

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

function content(turn: Turn, at: number): Generated["content"][number] {
  if ("text" in turn) return { type: "text", text: turn.text };
  const input = JSON.stringify("script" in turn ? { source: turn.script } : turn.input);
  return { type: "tool-call", toolCallId: `call-${at}`, toolName: "run_script", input };
}

export function modelOf(...turns: readonly Turn[]): MockLanguageModelV4 {
  let at = 0;
  const next = (): { part: Generated["content"][number]; finishReason: Generated["finishReason"] } => {
    const turn = turns[at++] ?? { text: "nothing more to say" };
    const unified = "text" in turn ? ("stop" as const) : ("tool-calls" as const);
    return { part: content(turn, at), finishReason: { unified, raw: undefined } };
  };
  return new MockLanguageModelV4({
    doGenerate: async () => {
      const { part, finishReason } = next();
      return { content: [part], finishReason, usage, warnings: [] };
    },
    doStream: async () => {
      const { part, finishReason } = next();
      const said =
        part.type === "text"
          ? [
              { type: "text-start" as const, id: "1" },
              { type: "text-delta" as const, id: "1", delta: part.text },
              { type: "text-end" as const, id: "1" },
            ]
          : [part as Extract<typeof part, { type: "tool-call" }>];
      return {
        stream: simulateReadableStream({
          chunks: [
            { type: "stream-start" as const, warnings: [] },
            ...said,
            { type: "finish" as const, finishReason, usage },
          ],
        }),
      };
    },
  });
}

/** What it has been told by the tools, in order: each once, as text. */
export function told(model: MockLanguageModelV4): readonly { type: string; value: unknown }[] {
  const calls = [...model.doGenerateCalls, ...model.doStreamCalls];
  return (calls.at(-1)?.prompt ?? []).flatMap((message) =>
    message.role === "tool"
      ? message.content.flatMap((part) =>
          part.type === "tool-result" && "value" in part.output
            ? [{ type: part.output.type, value: part.output.value }]
            : [],
        )
      : [],
  );
}
