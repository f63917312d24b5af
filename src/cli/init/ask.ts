/** Asks the questions of `isobind init` on a terminal. The enter key takes what stands in brackets. */
import { createInterface } from "node:readline/promises";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { defaults, definitionAt, placeAt, type Answers } from "./project.ts";

/** `known` is not asked for. Rejects with a `UsageError` when the person leaves instead of answering. */
export async function ask(io: Io, known: Partial<Answers>): Promise<Answers> {
  const output = io.stderr as NodeJS.WritableStream & Io["stderr"];
  const terminal = createInterface({ input: io.stdin, output });
  // Ctrl+C, Ctrl+D and the end of the input all close it, and only the first two reject the question.
  const left = new Promise<never>((_, reject) => terminal.once("close", () => reject(leaving())));
  left.catch(() => {});
  const answer = async (question: string, preset: string): Promise<string> => {
    const asked = terminal.question(`${question} [${preset}] `).catch(() => left);
    const typed = (await Promise.race([asked, left])).trim();
    return typed === "" ? preset : typed;
  };
  try {
    return {
      ...(known.kind !== undefined && { kind: known.kind }),
      definition:
        known.definition ?? definitionAt(await answer("Where shall the definition be?", defaults.definition)),
      outDir: known.outDir ?? placeAt(await answer("Where shall generated files go?", defaults.outDir)),
      scripts: known.scripts ?? placeAt(await answer("Where will scripts be?", defaults.scripts)),
    };
  } catch (error) {
    // The shell's prompt must not follow the question.
    output.write("\n");
    throw error;
  } finally {
    terminal.close();
  }
}

function leaving(): UsageError {
  return new UsageError("stopped before anything was written.", "`isobind init --yes` asks nothing.");
}
