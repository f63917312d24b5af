/** Asks the person at the terminal what a run waits for. What a script has passed is shown whole where it is short, and never obeyed by the terminal. */
import { createInterface, type Interface } from "node:readline/promises";
import { inspect } from "node:util";
import { counted } from "../../model/counted.ts";
import { fromJsonForm } from "../../json-form/index.ts";
import type { Answer, Wait } from "../../runtime/index.ts";
import { colorsOf } from "../color.ts";
import type { Io } from "../io.ts";
import { guestText } from "./guest-text.ts";

/** Lines of one argument: more would push the question's beginning off the screen. */
const maxLines = 20;

/** `null` when the person leaves instead of answering. */
export async function askAbout(io: Io, wait: Wait, signal: AbortSignal): Promise<Answer | null> {
  const output = io.stderr as NodeJS.WritableStream & Io["stderr"];
  const paint = colorsOf(io.stderr, io.env);
  const name = paint.bold(wait.path.join("."));
  const isApproval = wait.for === "approval";
  output.write(
    isApproval
      ? `${name} is marked @approval. The script calls it with\n`
      : `${name} waits for ${shown(wait.reason, io)}. The script has called it with\n`,
  );
  if (wait.arguments.length === 0) output.write("  no arguments\n");
  for (const [index, value] of wait.arguments.entries())
    output.write(`  ${paint.dim(`${index + 1}:`)} ${shown(value, io)}\n`);
  const terminal = createInterface({ input: io.stdin, output });
  try {
    return await (isApproval ? approval(terminal, signal) : value(terminal, signal, output));
  } finally {
    terminal.close();
  }
}

async function approval(terminal: Interface, signal: AbortSignal): Promise<Answer | null> {
  const typed = await line(terminal, "Call it? [y/N] ", signal);
  return typed === null ? null : { approved: /^y(?:es)?$/iu.test(typed.trim()) };
}

async function value(
  terminal: Interface,
  signal: AbortSignal,
  output: NodeJS.WritableStream,
): Promise<Answer | null> {
  for (;;) {
    const typed = await line(terminal, "Its answer, as JSON (nothing leaves it waiting): ", signal);
    if (typed === null || typed.trim() === "") return null;
    try {
      return { value: fromJsonForm(JSON.parse(typed)) };
    } catch (error) {
      output.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

/** `null` after Ctrl+C, Ctrl+D and the end of the input. */
function line(terminal: Interface, question: string, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    terminal.once("close", () => resolve(null));
    terminal.question(question, { signal }).then(resolve, () => resolve(null));
  });
}

function shown(value: unknown, io: Io): string {
  const text = inspect(value, { depth: 4, breakLength: 100, maxArrayLength: 20, maxStringLength: 1_000 });
  const lines = guestText(text, io.env).split("\n");
  const rest = lines.length - maxLines;
  if (rest <= 0) return lines.join("\n     ");
  return [...lines.slice(0, maxLines), `… and ${counted(rest, "more line")}`].join("\n     ");
}
