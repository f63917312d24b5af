/**
 * Formats the output with the project's own prettier options. prettier is loaded here and only when a config asks for
 * it: it costs more than everything else a small run does.
 */
import { join } from "node:path";
import type { OutputFile } from "../stages.ts";

export async function format(files: readonly OutputFile[], outDir: string): Promise<readonly OutputFile[]> {
  const prettier = await import("prettier");
  return Promise.all(
    files.map(async (file) => {
      const filepath = join(outDir, file.name);
      const options = await prettier.resolveConfig(filepath, { editorconfig: true });
      // LF always: which line ending a check-out has is git's business.
      const text = await prettier.format(file.text, { ...options, filepath, endOfLine: "lf" });
      return { ...file, text };
    }),
  );
}
