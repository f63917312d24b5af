import { streamText, type LanguageModel } from "ai";
import type { ScriptToolOutput, ScriptToolSet } from "isobind/ai";

export async function watch(model: LanguageModel, tools: ScriptToolSet, prompt: string): Promise<void> {
  for await (const part of streamText({ model, tools, prompt }).fullStream) {
    if (part.type !== "tool-result" || part.toolName !== "run_script") continue;
    const { status, console: lines, calls } = part.output as ScriptToolOutput;
    console.log(status, lines.at(-1)?.text, calls);
  }
}
