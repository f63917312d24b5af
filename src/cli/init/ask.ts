/** The questions of `isobind init` on a terminal. Enter takes what stands in brackets. */
import { createInterface } from "node:readline/promises";
import type { Io } from "../io.ts";
import { defaults, type Answers } from "./project.ts";

export async function ask(io: Io): Promise<Answers> {
  const output = io.stderr as NodeJS.WritableStream & Io["stderr"];
  const terminal = createInterface({ input: io.stdin, output });
  const answer = async (question: string, preset: string): Promise<string> => {
    const typed = (await terminal.question(`${question} [${preset}] `)).trim();
    return relative(typed === "" ? preset : typed);
  };
  try {
    const definition = await answer("Where shall the definition be?", defaults.definition);
    return {
      definition: /\.[cm]?ts$/.test(definition) ? definition : `${definition}/bindings.ts`,
      outDir: await answer("Where shall generated files go?", defaults.outDir),
      scripts: await answer("Where will scripts be?", defaults.scripts),
    };
  } finally {
    terminal.close();
  }
}

/** `./src\\bindings.ts` -> `src/bindings.ts`. */
function relative(path: string): string {
  return path
    .replaceAll("\\", "/")
    .replace(/^(\.?\/)+/, "")
    .replace(/\/+$/, "");
}
