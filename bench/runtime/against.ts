/**
 * Against: this isobind and an older build of it, in turns, case by case. The only way to tell a few per cent on a machine that is shared.
 *
 * The older build is a folder with its `dist` and its `node_modules`; it generates its own registry and brings its own engine.
 */
import type { Cell } from "../measure/cell.ts";
import { pairedRatio, summarize } from "../measure/statistics.ts";
import { callCases, type CallCase } from "./cases.ts";
import { PeerProcess } from "./peer-process.ts";
import { Sampler } from "./sampler.ts";

export interface AgainstOptions {
  /** The folder of a built isobind, as an absolute path. */
  readonly build: string;
  readonly rounds: number;
  readonly sampleMs: number;
}

/** One line of the comparison. */
export interface Compared {
  readonly mode: "process" | "none";
  readonly name: string;
  /** Microseconds. */
  readonly now: Cell;
  readonly before: Cell;
  /** Calls in each run, of which the ratio depends: the fewer, the more a run is code that is not warm. */
  readonly callsOfRun: number;
  /** now / before: the median of the pairs, and of the fastest samples. */
  readonly ratio: number | null;
  readonly ratioOfMinima: number | null;
  /** What the ratio is to be at most, of a build from before there was one codec for what crosses; see `method.md`. */
  readonly goal: number | null;
}

/** Ratios to the last build without the codec. */
const goals: Readonly<Record<Compared["mode"], Readonly<Record<string, number>>>> = {
  process: {
    "sync, two numbers": 0.9,
    "sync, 1 KB object": 0.5,
    "sync, 100 KB object": 0.3,
    "sync, 1 MB bytes": 1.05,
    "fresh run": 1,
  },
  none: { "sync, 1 KB object": 0.6 },
};

const names = new Set([
  "sync, two numbers",
  "sync, 1 KB object",
  "sync, 100 KB object",
  "sync, 1 MB bytes",
  "sync, an error thrown and caught",
  "async, one after another",
  "async, 100 at once",
]);

/** Yields each line as soon as it is measured. */
export async function* measureAgainst(options: AgainstOptions): AsyncGenerator<Compared> {
  const { build } = options;
  for (const mode of ["process", "none"] as const) {
    const module = `./peers/isobind-${mode}.ts`;
    for (const call of callCases) {
      if (names.has(call.name)) yield compared(mode, call.name, await calls(module, call, build, options));
    }
    yield compared(mode, "fresh run", await freshRuns(module, build, options.rounds));
  }
}

/** Samples of one pair of processes. */
const roundsOfProcess = 2;

type Pair = readonly [now: Cell, before: Cell, callsOfRun: number];

async function calls(
  module: string,
  call: CallCase,
  build: string,
  { rounds, sampleMs }: AgainstOptions,
): Promise<Pair> {
  const now = new Sampler({ module, call, sampleMs });
  const before = new Sampler({ module, call, sampleMs, build });
  await now.open();
  await before.open();
  // V8 makes the code of a script faster while it runs, so both must run as long.
  now.repetitions = before.repetitions = Math.max(now.repetitions, before.repetitions);
  for (let round = 0; round < rounds; round += roundsOfProcess) {
    if (round > 0) for (const one of [before, now]) await one.reopen();
    await inTurns(Math.min(roundsOfProcess, rounds - round), now, before);
  }
  return [now.end(), before.end(), now.repetitions * call.calls];
}

async function freshRuns(module: string, build: string, rounds: number): Promise<Pair> {
  const now = await FreshRuns.open(module, undefined);
  const before = await FreshRuns.open(module, build);
  await inTurns(rounds, now, before);
  return [now.end(), before.end(), 1];
}

interface Sampling {
  sample(): Promise<void>;
}

/** Whoever comes second finds a warmer machine, so they take turns in that too. */
async function inTurns(rounds: number, now: Sampling, before: Sampling): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const one of round % 2 === 0 ? [before, now] : [now, before]) await one.sample();
  }
}

/** A fresh isolate with 64 bindings and one trivial script. */
class FreshRuns implements Sampling {
  readonly #process: PeerProcess;
  readonly #values: number[] = [];

  private constructor(process: PeerProcess) {
    this.#process = process;
  }

  static async open(module: string, build: string | undefined): Promise<FreshRuns> {
    const runs = new FreshRuns(await PeerProcess.open(module, 64, build));
    await runs.sample();
    runs.#values.length = 0;
    return runs;
  }

  async sample(): Promise<void> {
    const times: number[] = [];
    for (let i = 0; i < 15; i++) {
      times.push((await this.#process.time({ body: "b.add(1, 2);" })) * 1000);
      // The next isolate is prepared meanwhile, as on a server that is not at its limit.
      await new Promise((done) => setTimeout(done, 5));
    }
    this.#values.push(summarize(times).median);
  }

  end(): Cell {
    this.#process.close();
    return { kind: "measured", summary: summarize(this.#values), values: this.#values };
  }
}

function compared(mode: Compared["mode"], name: string, [now, before, callsOfRun]: Pair): Compared {
  const both = now.kind === "measured" && before.kind === "measured";
  return {
    mode,
    name,
    now,
    before,
    callsOfRun,
    ratio: both ? pairedRatio(now.values, before.values) : null,
    ratioOfMinima: both ? now.summary.min / before.summary.min : null,
    goal: goals[mode][name] ?? null,
  };
}

/** A line for a terminal: ` 0.57 (0.60)  process  sync, 1 KB object      87.1 µs, before 152 µs, 900 in a run  (goal 0.5)`. */
export function lineOf(line: Compared): string {
  const { mode, name, now, before, callsOfRun, ratio, ratioOfMinima, goal } = line;
  const ratios = ratio === null ? "" : `${ratio.toFixed(2)} (${(ratioOfMinima ?? 0).toFixed(2)})`;
  const of = (cell: Cell): string =>
    cell.kind === "measured" ? `${cell.summary.median.toPrecision(3)} µs` : cell.reason;
  const wanted = goal === null ? "" : `  (goal ${goal})`;
  return `${ratios.padStart(12)}  ${mode.padEnd(7)}  ${name.padEnd(33)} ${of(now)}, before ${of(before)}, ${callsOfRun.toLocaleString("en")} in a run${wanted}`;
}
