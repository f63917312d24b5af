/**
 * The cost of one host call, case by case, peer by peer. Rounds are interleaved over the peers.
 */
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { callCases, type CallCase } from "./cases.ts";
import { PeerProcess } from "./peer-process.ts";
import { peers } from "./peers.ts";

export interface CallOptions {
  readonly rounds: number;
  /** Length of one sample: long enough to drown the clock, short enough to interleave. */
  readonly sampleMs: number;
  readonly only?: readonly string[];
}

export async function measureCalls(options: CallOptions): Promise<Table> {
  const chosen = peers.filter(({ name }) => !options.only || options.only.includes(name));
  const rows = callCases.map(({ name }) => ({ name, cells: {} as Record<string, Cell> }));
  for (const [index, call] of callCases.entries()) {
    const running = new Map<string, Sampler>();
    for (const { name, module } of chosen) {
      const sampler = new Sampler(module, call, options.sampleMs);
      await sampler.open();
      running.set(name, sampler);
    }
    for (let round = 0; round < options.rounds; round++)
      for (const sampler of running.values()) await sampler.sample();
    for (const [name, sampler] of running) (rows[index] as (typeof rows)[number]).cells[name] = sampler.end();
  }
  return {
    title: "Host calls",
    unit: "µs",
    better: "less",
    columns: chosen.map(({ name }) => name),
    rows,
    notes: ["One call, without the start of its script. Ten bindings."],
  };
}

/** One peer in one case: finds a number of repetitions, then takes samples; the first failure ends it. */
class Sampler {
  readonly #module: string;
  readonly #call: CallCase;
  readonly #sampleMs: number;
  readonly #values: number[] = [];
  #process: PeerProcess | undefined;
  #failure: unknown;
  #repetitions = 1;

  constructor(module: string, call: CallCase, sampleMs: number) {
    this.#module = module;
    this.#call = call;
    this.#sampleMs = sampleMs;
  }

  async open(): Promise<void> {
    await this.#guarded(async () => {
      this.#process = await PeerProcess.open(this.#module, 10);
      const empty = await this.#time(0);
      for (;;) {
        const ms = (await this.#time(this.#repetitions)) - empty;
        if (ms >= this.#sampleMs || this.#repetitions >= 1_000_000) return;
        const factor = ms <= 0 ? 10 : Math.min(10, (1.2 * this.#sampleMs) / ms);
        this.#repetitions = Math.ceil(this.#repetitions * Math.max(factor, 1.5));
      }
    });
  }

  async sample(): Promise<void> {
    await this.#guarded(async () => {
      const empty = await this.#time(0);
      const full = await this.#time(this.#repetitions);
      this.#values.push((Math.max(full - empty, 0) * 1000) / this.#repetitions / this.#call.calls);
    });
  }

  end(): Cell {
    this.#process?.close();
    if (this.#failure !== undefined) return failed(this.#failure);
    return { kind: "measured", summary: summarize(this.#values), values: this.#values };
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await work();
    } catch (error) {
      this.#failure = error;
      this.#process?.close();
    }
  }

  #time(repetitions: number): Promise<number> {
    if (!this.#process) throw new Error("the peer is not open");
    return this.#process.time({ body: this.#call.body.replaceAll("{n}", String(repetitions)) });
  }
}
