/**
 * `isobind generate --watch`: generates, waits for an input to change, generates again. Broken input is reported and waited out; the
 * output on disk stays whole, because writing is all or nothing.
 */
import { relative } from "node:path";
import { generate, type GenerateResult } from "../../generator/generate.ts";
import { colors } from "../color.ts";
import { wantsColor } from "../wants-color.ts";
import type { ExitCode } from "../exit.ts";
import { printFindings } from "../findings.ts";
import type { Io } from "../io.ts";
import type { FindingFlags } from "../options.ts";
import { watchInputs, type WatchedInputs } from "./inputs.ts";

/** Resolves to 0 when it is interrupted. */
export async function watchAndGenerate(
  io: Io,
  flags: FindingFlags & { readonly force?: true },
): Promise<ExitCode> {
  const interrupted = io.interrupt();
  const paint = colors(wantsColor(io.stdout, io.env));
  let inputs: WatchedInputs = { files: [], missing: [] };
  const watcher = watchInputs(turn);

  async function turn(changed: readonly string[]): Promise<void> {
    const began = Date.now();
    const result = await generate(flags.config, {
      cwd: io.cwd,
      ...(flags.contract === undefined ? {} : { contract: flags.contract }),
      ...(flags.force === true && changed.length === 0 ? { force: true } : {}),
    });
    if (interrupted.aborted) return;
    const what = changed.length === 0 ? "start" : changed.map((file) => relative(io.cwd, file)).join(", ");
    const state = result.ok ? paint.green(outcome(result)) : paint.red(outcome(result));
    io.stdout.write(
      `${paint.dim(clock(began))}  ${what}: ${state} ${paint.dim(`(${Date.now() - began} ms)`)}\n`,
    );
    if (result.diagnostics.length > 0) {
      await printFindings(io, { ...result, files: [] }, { format: "text", root: result.root });
    }
    inputs = broken(result) ? merge(inputs, result.inputs) : result.inputs;
    await watcher.set(inputs, began);
  }

  try {
    await turn([]);
    io.stderr.write(`${paint.dim("Watching. Ctrl+C stops.")}\n`);
    await aborted(interrupted);
  } finally {
    await watcher.close();
  }
  return 0;
}

/** Input that could not be read names fewer files than it depends on: what was known before still counts. */
function broken(result: GenerateResult): boolean {
  return result.diagnostics.some(({ severity }) => severity === "error");
}

function merge(a: WatchedInputs, b: WatchedInputs): WatchedInputs {
  return {
    files: [...new Set([...a.files, ...b.files])],
    missing: [...new Set([...a.missing, ...b.missing])],
  };
}

/** `2 files written`, `nothing to write`, `3 errors`. */
function outcome({ ok, diagnostics, files }: GenerateResult): string {
  if (!ok) {
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    return `${errors} error${errors === 1 ? "" : "s"}, nothing written`;
  }
  const written = files.filter(({ status }) => status === "written").length;
  return written === 0 ? "nothing to write" : `${written} file${written === 1 ? "" : "s"} written`;
}

function clock(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
