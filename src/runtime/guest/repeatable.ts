/**
 * Makes the run of one isolate repeatable: what stands in the place of the clock and of chance, and what the script has seen
 * of the time, for the journal.
 */
import type { GuestReplay, HostPort } from "../seam.ts";
import { Looks } from "./replay/looks.ts";
import { replayText } from "./replay/text.ts";
import type { PreludeEntries } from "./start-prelude.ts";
import type { TimedIsolate } from "./timed-isolate.ts";

export class Repeatable {
  readonly #isolate: TimedIsolate;
  readonly #entries: PreludeEntries;
  readonly #port: HostPort;
  #isPrepared = false;
  #looks: Looks | null = null;

  constructor(isolate: TimedIsolate, entries: PreludeEntries, port: HostPort) {
    this.#isolate = isolate;
    this.#entries = entries;
    this.#port = port;
  }

  /** Brings the code of ours into the isolate; nothing of it shows until a run begins. */
  prepare(): void {
    if (this.#isPrepared) return;
    const look = this.#isolate.isolate.callback(() => {
      // A loop that does nothing but look leaves the isolate all the time.
      this.#isolate.checkOnWayOut();
      return this.#looks?.look();
    });
    void this.#isolate.isolate.enter(this.#entries.prepareReplay, [replayText(), look]);
    this.#isPrepared = true;
  }

  /** Puts what can be repeated in the place of the clock and of chance. No code of the guest runs here. */
  begin({ seed, looks }: GuestReplay): void {
    this.#looks = new Looks(looks);
    this.prepare();
    void this.#isolate.enter(this.#entries.replay, [seed]);
  }

  /** True once a run has begun. */
  get isRepeated(): boolean {
    return this.#looks !== null;
  }

  /** Tells what the script has seen until now, before it does what others notice. */
  tell(): void {
    const looks = this.#looks?.take();
    if (looks) this.#port.saw?.(looks);
  }
}
