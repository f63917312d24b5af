/**
 * Decides whether a wait for the other process begins awake, as an adaptive mutex does: whoever stays awake for some microseconds is spared being woken, which takes
 * twenty and more where the other runs on another processor. Where both share a processor, or the other side is slow, it is spared nothing and only in the way. No
 * program is told which it is, and it changes; so being awake is tried now and then, and kept for as long as waits are shorter with it. Pure: it is told how long waits took.
 *
 * Waits are judged in blocks, by their median, so that one that another program got in the way of says nothing. After a block awake that gave nothing, twice as many
 * go by before the next try.
 */
const blockWaits = 8;

/** Blocks between two tries, at least and at most. At most, three waits in 2,000 are awake in vain. */
const leastPause = 1;
const mostPause = 256;

/** Milliseconds: nobody was woken in a wait as short as this, so both share a processor, and trying would drive them apart. */
const cheapMs = 0.016;

/** What a block awake must take of the blocks before it. */
const better = 0.9;

/** Waits of a block that may be longer than staying awake is allowed to. One more ends being awake. */
const mostMissed = 2;

export interface Wait {
  /** How long a wait may stay awake, in milliseconds. */
  readonly windowMs: number;
  /** Whether the next wait begins awake. */
  readonly isAwake: boolean;
  /** A wait took so long, in the way that `isAwake` said. */
  took(ms: number): void;
}

export class AdaptiveWait implements Wait {
  readonly windowMs: number;
  /** What waits took before they were begun awake; `null` while they are not. */
  #asleepMs: number | null = null;
  /** Blocks until the next try, and until the one after it if it gives nothing. */
  #left = leastPause;
  #pause = leastPause;
  readonly #block = new Float64Array(blockWaits);
  #waits = 0;
  #missed = 0;

  constructor(windowMs: number) {
    this.windowMs = windowMs;
  }

  get isAwake(): boolean {
    return this.#asleepMs !== null;
  }

  took(ms: number): void {
    this.#block[this.#waits++] = ms;
    if (ms > this.windowMs) this.#missed++;
    if (this.isAwake && this.#missed > mostMissed) this.#sleep();
    else if (this.#waits === blockWaits) this.#judge(this.#block.sort()[blockWaits / 2]!);
  }

  #judge(medianMs: number): void {
    this.#begin();
    if (this.#asleepMs !== null) {
      if (medianMs > this.#asleepMs * better) this.#sleep();
      else this.#pause = leastPause;
    } else if (--this.#left <= 0 && medianMs > cheapMs) this.#asleepMs = medianMs;
  }

  #sleep(): void {
    this.#asleepMs = null;
    this.#left = this.#pause = Math.min(this.#pause * 2, mostPause);
    this.#begin();
  }

  #begin(): void {
    this.#waits = this.#missed = 0;
  }
}
