/**
 * Sampler: one peer in one case. Finds how many repetitions are long against the clock, then takes samples; the first failure ends it.
 */
import { failed, type Cell } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import type { CallCase } from "./cases.ts";
import { PeerProcess } from "./peer-process.ts";

export interface Sampled {
  /** The module of the peer, as seen from `child.ts`. */
  readonly module: string;
  readonly call: CallCase;
  /** Length of one sample: long enough to drown the clock, short enough to interleave. */
  readonly sampleMs: number;
  /** The folder of a built isobind, for peers that are isobind. Default: this one. */
  readonly build?: string | undefined;
}

export class Sampler {
  readonly #sampled: Sampled;
  readonly #values: number[] = [];
  #process: PeerProcess | undefined;
  #failure: unknown;
  /** Repetitions of the case in one sample. */
  repetitions = 1;

  constructor(sampled: Sampled) {
    this.#sampled = sampled;
  }

  async open(): Promise<void> {
    const { module, sampleMs, build } = this.#sampled;
    await this.#guarded(async () => {
      this.#process = await PeerProcess.open(module, 10, build);
      // The first run of a peer starts what all others use: taken off, it would make the others look like nothing.
      await this.#time(0);
      const empty = await this.#time(0);
      for (;;) {
        const ms = (await this.#time(this.repetitions)) - empty;
        if (ms >= sampleMs || this.repetitions >= 1_000_000) return;
        const factor = ms <= 0 ? 10 : Math.min(10, (1.2 * sampleMs) / ms);
        this.repetitions = Math.ceil(this.repetitions * Math.max(factor, 1.5));
      }
    });
  }

  /** Starts the peer anew, as warm as it was: where the system puts two processes stays the same for as long as they live, and is half of what a small call takes. */
  async reopen(): Promise<void> {
    const { module, build } = this.#sampled;
    await this.#guarded(async () => {
      this.#process?.close();
      this.#process = await PeerProcess.open(module, 10, build);
      await this.#time(0);
      await this.#time(this.repetitions);
    });
  }

  async sample(): Promise<void> {
    await this.#guarded(async () => {
      const empty = await this.#time(0);
      const full = await this.#time(this.repetitions);
      this.#values.push((Math.max(full - empty, 0) * 1000) / this.repetitions / this.#sampled.call.calls);
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
    return this.#process.time({ body: this.#sampled.call.body.replaceAll("{n}", String(repetitions)) });
  }
}
