/**
 * Runs `isobind generate --watch`: generates, waits for an input to change, generates again. Broken input is reported and
 * waited out; the output on disk stays whole, because writing is all or nothing.
 */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { counted } from "../../model/counted.ts";
import { generate, type GenerateResult } from "../../generator/generate.ts";
import { createMemory } from "../../generator/memory.ts";
import { abandonedNote } from "../abandoned.ts";
import { colorsOf } from "../color.ts";
import type { ExitCode } from "../exit.ts";
import { printFindings } from "../findings.ts";
import type { Io } from "../io.ts";
import type { FindingFlags } from "../options.ts";
import { mergeInputs, watchInputs, type WatchedInputs } from "./inputs.ts";

/** Resolves to 0 when it is interrupted. */
export async function watchAndGenerate(
  io: Io,
  flags: FindingFlags & { readonly force?: true },
): Promise<ExitCode> {
  const interrupted = io.interrupt();
  const paint = colorsOf(io.stdout, io.env);
  const watcher = watchInputs(io.cwd, interrupted);
  let inputs: WatchedInputs = { files: [], missing: [] };
  let changed: readonly string[] = [];
  let noted = "";
  const memory = createMemory();

  /** Generates, and resolves to when it began. */
  async function turn(): Promise<number> {
    const began = Date.now();
    const result = await generate(flags.config, {
      cwd: io.cwd,
      memory,
      ...(flags.contract === undefined ? {} : { contract: flags.contract }),
      ...(flags.force === true && changed.length === 0 ? { force: true } : {}),
    });
    // Where nothing could be written, a file that is not there is no news.
    const kept = result.files.map(({ path }) => resolve(result.root, path));
    inputs = broken(result)
      ? mergeInputs(inputs, result.inputs)
      : { ...result.inputs, kept: kept.filter((path) => existsSync(path)) };
    if (interrupted.aborted) return began;
    const what = changed.length === 0 ? "start" : named(changed.map((file) => relative(io.cwd, file)));
    const state = result.ok ? paint.green(outcome(result)) : paint.red(outcome(result));
    io.stdout.write(
      `${paint.dim(clock(began))}  ${what}: ${state} ${paint.dim(`(${Date.now() - began} ms)`)}\n`,
    );
    if (result.diagnostics.length > 0) {
      await printFindings(io, { ...result, files: [] }, { format: "text", root: result.root });
    }
    // Said once, and not with every edit.
    const note = result.abandoned.length > 0 ? abandonedNote(result, io.cwd) : "";
    if (note !== noted) io.stderr.write(note);
    noted = note;
    return began;
  }

  try {
    let began = await turn();
    io.stderr.write(`${paint.dim("Watching. Ctrl+C stops.")}\n`);
    // What a turn has made fits among V8's young objects. Collected in between, it is dead; in the middle of the next turn half of it would be copied.
    const { makeYoungCollector } = await import("../../young-collector.ts");
    const collectYoung = makeYoungCollector();
    while (!interrupted.aborted) {
      collectYoung?.();
      changed = await watcher.next(inputs, began);
      if (changed.length > 0) began = await turn();
    }
  } finally {
    await watcher.close();
  }
  return 0;
}

/** Input that could not be read names fewer files than it depends on: what was known before still counts. */
function broken(result: GenerateResult): boolean {
  return result.diagnostics.some(({ severity }) => severity === "error");
}

/** At most three names: an installation changes hundreds of files. */
function named(files: readonly string[]): string {
  const shown = files.length > 3 ? 2 : files.length;
  const more = files.length - shown;
  return files.slice(0, shown).join(", ") + (more === 0 ? "" : ` and ${more} more`);
}

/** `2 files written`, `nothing to write`, `3 errors`. */
function outcome({ ok, diagnostics, files }: GenerateResult): string {
  if (!ok) {
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    return `${counted(errors, "error")}, nothing written`;
  }
  const written = files.filter(({ status }) => status === "written").length;
  return written === 0 ? "nothing to write" : `${counted(written, "file")} written`;
}

function clock(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}
