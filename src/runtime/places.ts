/**
 * Limits how many runs are at work at once in this process, for owners who ask for it. Keeps the same line before a runner
 * without workers that the pool keeps before its own, so that options mean the same in both; knows nothing of scripts.
 */
import { remembered } from "../model/remembered.ts";
import { overQueue } from "./limit-words.ts";
import { endOfRun, type NoWorker } from "./process/death.ts";
import { runsByDefault } from "./process/options.ts";
import { WaitingLine } from "./process/waiting-line.ts";
import type { HostRun, RunEnd, Runner } from "./runner.ts";
import type { GuestScript } from "./seam.ts";

/** What bounds runs; see `PlacementOptions`. */
export interface PlaceOptions {
  readonly workers?: number | undefined;
  readonly queueMax?: number | undefined;
  readonly queueMs?: number | undefined;
}

/** What a run holds that is at work. */
const place = Symbol("place");

/**
 * A runner whose runs wait for one of `workers` places. Without any of the options it is `runner` itself: isolates in one process need no line, and runs that
 * wait for host functions are no work.
 */
export function inPlaces(runner: Runner, options: PlaceOptions): Runner {
  const { workers, queueMax, queueMs } = options;
  if (workers === undefined && queueMax === undefined && queueMs === undefined) return runner;
  /** By nesting: a run inside of another one must not wait for the place its own run holds. */
  const levels = new Map<number, Places>();
  let disposed = false;

  function placesOf(level: number): Places {
    return remembered(levels, level, () => new Places(options));
  }

  async function run(script: GuestScript, host: HostRun, began?: () => void): Promise<RunEnd> {
    if (disposed) return endOfRun(aborted);
    const places = placesOf(host.nesting ?? 0);
    const refusal = await places.take(host.signal);
    if (refusal) return endOfRun(refusal);
    try {
      return await runner.run(script, host, began);
    } finally {
      places.leave();
    }
  }

  return {
    run,
    get stats() {
      const waiting = [...levels.values()].reduce((sum, places) => sum + places.waiting, 0);
      return { ...runner.stats, waiting };
    },
    dispose() {
      disposed = true;
      for (const places of levels.values()) places.close();
      return runner.dispose();
    },
  };
}

const aborted: NoWorker = { kind: "aborted", detail: "" };

class Places {
  readonly #workers: number;
  readonly #queueMax: number;
  readonly #queueMs: number;
  readonly #line = new WaitingLine<typeof place, NoWorker>(() => {});
  #taken = 0;

  constructor({ workers, queueMax, queueMs }: PlaceOptions) {
    this.#workers = workers ?? runsByDefault.workers;
    this.#queueMax = queueMax ?? runsByDefault.queueMax;
    this.#queueMs = queueMs ?? runsByDefault.queueMs;
  }

  get waiting(): number {
    return this.#line.length;
  }

  /** `null` once there is a place, or why there is none. Never rejects. */
  async take(signal: AbortSignal): Promise<NoWorker | null> {
    if (signal.aborted) return aborted;
    if (this.#taken < this.#workers) {
      this.#taken++;
      return null;
    }
    if (this.#line.length >= this.#queueMax) {
      return { kind: "busy", detail: overQueue(this.#taken, this.#line.length) };
    }
    const maxMs = this.#queueMs;
    const tooLate: NoWorker = { kind: "busy", detail: `No place was free for ${maxMs} ms (\`queueMs\`).` };
    const answer = await this.#line.join({ signal, maxMs, gaveUp: aborted, tooLate });
    return answer === place ? null : answer;
  }

  /** Hands the place to whoever has waited longest. */
  leave(): void {
    if (!this.#line.give(place)) this.#taken--;
  }

  close(): void {
    this.#line.refuse(aborted);
  }
}
