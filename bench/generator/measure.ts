/**
 * The generator, as whole processes: projects of several sizes, ours and every peer.
 */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { measureProcesses, type Command } from "../measure/process.ts";
import { summarize } from "../measure/statistics.ts";
import { floor, isobindCold, isobindUnchanged, isobindUnpruned, peers } from "./commands.ts";
import { application, project, type Project } from "./definitions.ts";

const work = fileURLToPath(new URL("../.work", import.meta.url));

export interface GeneratorOptions {
  readonly runs: number;
  /** Only what the goals need. */
  readonly short: boolean;
}

export async function measureGenerator(options: GeneratorOptions): Promise<Table[]> {
  const tables: Table[] = [];
  const sized: readonly (readonly [string, Project])[] = options.short
    ? [["64 leaves", project(work, "d64", 64)]]
    : [
        ["1 leaf", project(work, "d1", 1)],
        ["10 leaves", project(work, "d10", 10)],
        ["64 leaves", project(work, "d64", 64)],
        ["64 leaves with pg, zod and stripe types", project(work, "d64x", 64, true)],
      ];
  for (const [title, at] of sized) {
    const all = [floor(at), isobindCold(at), isobindUnchanged(at), ...(options.short ? peers(at).filter(({ name }) => /schema/.test(name)) : peers(at))];
    tables.push(await table(title, all, options.runs));
  }
  const app = application(work);
  tables.push(
    await table("application", [floor(app), isobindCold(app), isobindUnpruned(app), isobindUnchanged(app), ...(options.short ? [] : peers(app).slice(0, 2))], options.runs),
  );
  if (!options.short) tables.push(await table("ten contracts in one config", tenContracts(), options.runs));
  tables.push(await watch(project(work, "watched", 64), options.runs));
  return tables;
}

async function table(title: string, commands: readonly Command[], runs: number): Promise<Table> {
  const figures = await measureProcesses(commands, runs);
  return {
    title: `Generator: ${title}`,
    unit: "ms",
    better: "less",
    columns: ["time", "peak memory (MB)"],
    rows: commands.map(({ name }) => {
      const found = figures.get(name);
      const cells: Record<string, Cell> = {
        time: found?.wallMs ?? failed("not run"),
        "peak memory (MB)": found?.peakMb ?? failed("not run"),
      };
      return { name, cells };
    }),
    notes: ["Whole processes, interleaved. Memory is the high-water mark of the process itself, polled every 20 ms."],
  };
}

function tenContracts(): Command[] {
  const at = project(work, "ten", 10);
  const list = Array.from({ length: 10 }, (_, i) => `{ name: "c${i}", definition: "./bindings.ts", outDir: "./generated/c${i}" }`);
  writeFileSync(join(at.folder, "bindings.config.ts"), `export default { definition: [${list.join(", ")}] };\n`);
  return [floor(at), isobindCold(at), isobindUnchanged(at)];
}

/** One process in watch mode; the time it prints for an edit of the definition. */
async function watch(at: Project, edits: number): Promise<Table> {
  const cli = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
  const child = spawn(process.execPath, [cli, "generate", "--watch"], { cwd: at.folder, stdio: ["ignore", "pipe", "pipe"] });
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
    notes: ["The time the command prints for one edit of the definition, without the file system's own delay and the debounce."],
  };
}

/** Milliseconds of every generation a watching process has reported: `… 84 ms` or `… 1.2 s`. */
function durations(output: string): number[] {
  return [...output.matchAll(/(\d+(?:\.\d+)?) ?(ms|s)\b/g)].map(([, value, unit]) => Number(value) * (unit === "s" ? 1000 : 1));
}
