/**
 * Watch mode: what one edit costs a process that has generated before.
 */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import type { Project } from "./definitions.ts";

/** One process in watch mode; the time it prints for an edit of the definition. */
export async function measureWatch(at: Project, edits: number): Promise<Table> {
  const cli = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
  const child = spawn(process.execPath, [cli, "generate", "--watch"], {
    cwd: at.folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const file = join(at.folder, "bindings.ts");
  const values: number[] = [];
  let cell: Cell;
  try {
    const seen = async (count: number): Promise<void> => {
      const deadline = performance.now() + 20_000;
      while (durations(output).length < count) {
        if (performance.now() > deadline) throw new Error("no line for an edit within 20 s");
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await seen(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const original = readFileSync(file, "utf8");
    for (let i = 0; i < edits + 1; i++) {
      const count = durations(output).length;
      writeFileSync(file, original.replace("limit?: number", `limit${i}?: number`));
      await seen(count + 1);
      if (i > 0) values.push(durations(output).at(-1) as number);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    cell = { kind: "measured", summary: summarize(values), values };
  } catch (error) {
    cell = failed(error);
  } finally {
    child.kill("SIGKILL");
  }
  return {
    title: "Watch",
    unit: "ms",
    better: "less",
    columns: ["time"],
    rows: [{ name: "64 leaves, one edit", cells: { time: cell } }],
    notes: [
      "The time the command prints for one edit of the definition, without the file system's own delay and the debounce.",
    ],
  };
}

/** Milliseconds of every generation a watching process has reported: `12:00:00  bindings.ts: 3 files written (84 ms)`. */
function durations(output: string): number[] {
  return [...output.matchAll(/\((\d+) ms\)/g)].map(([, value]) => Number(value));
}
