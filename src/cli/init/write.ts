/** Writes the files of `isobind init` and says of each what became of it; nothing that exists is changed. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { colorsOf } from "../color.ts";
import { isSystemError, reasonOf } from "../../files/system-error.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import type { NewFile } from "./project.ts";

export function writeFiles(io: Io, files: readonly NewFile[]): void {
  const paint = colorsOf(io.stdout, io.env);
  const width = Math.max(...files.map(({ path }) => path.length));
  for (const file of files) {
    const isNew = write(io.cwd, file);
    const state = isNew ? paint.green("wrote") : paint.yellow("kept ");
    const note = isNew ? file.what : "it exists; not touched";
    io.stdout.write(`${state}  ${file.path.padEnd(width)}  ${paint.dim(note)}\n`);
  }
}

/** False when the file is there already. `wx` decides and writes in one step. */
function write(folder: string, { path, text }: NewFile): boolean {
  const file = join(folder, path);
  try {
    if (existsSync(file)) return false;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(
      `\`${path}\` could not be written: ${reasonOf(error)}.`,
      "Mend that and run `isobind init` again; what was written before stays and is kept.",
    );
  }
}
