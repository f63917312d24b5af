/**
 * Whole processes: wall time and peak memory of a command, measured from outside. Commands of one table run
 * interleaved (A B C, A B C, …), so that a slow minute of the machine falls on all of them.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { failed, type Cell } from "./cell.ts";
import { summarize } from "./statistics.ts";

export interface Command {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs before each measured run and is not measured: edits a file, deletes a cache. */
  readonly before?: () => Promise<void> | void;
  readonly timeoutMs?: number;
}

export interface ProcessFigures {
  readonly wallMs: Cell;
  readonly peakMb: Cell;
}

/** A command that takes this long is known well enough after few runs. */
const slowMs = 10_000;
const slowRuns = 2;

export async function measureProcesses(
  commands: readonly Command[],
  runs: number,
): Promise<Map<string, ProcessFigures>> {
  const walls = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  const peaks = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  const broken = new Map<string, unknown>();
  const slow = new Set<string>();
  // One round more than asked for: the first fills the caches of the file system and is thrown away.
  for (let round = 0; round <= runs; round++) {
    for (const command of commands) {
      if (broken.has(command.name) || (slow.has(command.name) && round > slowRuns)) continue;
      try {
        await command.before?.();
        const { wallMs, peakMb } = await once(command);
        if (wallMs > slowMs) slow.add(command.name);
        if (round === 0) continue;
        walls.get(command.name)?.push(wallMs);
        peaks.get(command.name)?.push(peakMb);
      } catch (error) {
        broken.set(command.name, error);
      }
    }
  }
  return new Map(
    commands.map(({ name }) => {
      const cell = (values: readonly number[]): Cell =>
        broken.has(name)
          ? failed(broken.get(name))
          : { kind: "measured", summary: summarize(values), values };
      return [name, { wallMs: cell(walls.get(name) ?? []), peakMb: cell(peaks.get(name) ?? []) }];
    }),
  );
}

async function once(command: Command): Promise<{ wallMs: number; peakMb: number }> {
  const [file, ...args] = command.argv;
  const started = performance.now();
  const child = spawn(file, args, {
    cwd: command.cwd,
    env: { ...process.env, ...command.env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: command.timeoutMs ?? 120_000,
    killSignal: "SIGKILL",
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000)));
  child.stderr.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000)));
  let peakMb = 0;
  const poll = setInterval(() => {
    void residentMb(child.pid ?? 0).then((mb) => (peakMb = Math.max(peakMb, mb)));
  }, 20);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const wallMs = performance.now() - started;
  clearInterval(poll);
  if (code !== 0) throw new Error(`exit ${code}: ${output.trim().split("\n").slice(-3).join(" | ")}`);
  return { wallMs, peakMb };
}

/** High-water mark of resident memory. Linux; elsewhere 0, and the column says so. */
export async function residentMb(pid: number, field: "VmHWM" | "VmRSS" = "VmHWM"): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
