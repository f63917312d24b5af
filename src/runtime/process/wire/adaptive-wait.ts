/**
 * Decides whether a wait for the other process begins awake, as an adaptive mutex does: whoever stays awake for some microseconds is spared being woken, which takes
 * twenty and more where the other runs on another processor. Where both share a processor, or the other side is slow, it is spared nothing and only in the way. No
 * program is told which it is, and it changes; so being awake is tried now and then, and kept for as long as calls are faster with it. Pure: it is told how long waits took.
 *
 * Waits are judged in blocks, by their median, so that one that another program got in the way of says nothing. After a block awake that gave nothing, twice as many
 * go by before the next try.
 */
const blockWaits = 8;

/** Blocks between two tries, at least and at most. At most: of waits that are all too long, three in 259 are awake, which is a third of a microsecond of the supervisor's for each. */
const leastPause = 1;
const mostPause = 32;

/** Milliseconds: nobody was woken in a wait as short as this, so both share a processor, and trying would drive them apart. */
const cheapMs = 0.012;

/** What the time from one wait to the next must take of what it took before. */
const better = 0.9;

/** Waits of a block that may be longer than staying awake is allowed to. One more ends being awake. */
const mostMissed = 2;

export interface Wait {
  /** How long a wait may stay awake, in milliseconds. */
  readonly windowMs: number;
  /** Whether the next wait begins awake. */
  readonly isAwake: boolean;
  /** A wait took so long, in the way that `isAwake` said, and ended at that time. */
  took(ms: number, endedAt: number): void;
}

export class AdaptiveWait implements Wait {
  readonly windowMs: number;
  /** The time from wait to wait before they were begun awake; `null` while they are not. */
  #asleepMs: number | null = null;
  /** Blocks until the next try, and until the one after it if it gives nothing. */
  #left = leastPause;
  #pause = leastPause;
  #count = 0;
  #missed = 0;
  #lastEndedAt = 0;
  readonly #waits = new Float64Array(blockWaits);
  /** From the end of one wait to the end of the next: sleeping is paid by the other side too, which has to wake us. */
  readonly #rounds = new Float64Array(blockWaits);

  constructor(windowMs: number) {
    this.windowMs = windowMs;
  }

  get isAwake(): boolean {
    return this.#asleepMs !== null;
  }

  took(ms: number, endedAt: number): void {
    this.#waits[this.#count] = ms;
    this.#rounds[this.#count++] = endedAt - this.#lastEndedAt;
    this.#lastEndedAt = endedAt;
    if (ms > this.windowMs) this.#missed++;
    if (this.isAwake && this.#missed > mostMissed) this.#sleep();
    else if (this.#count === blockWaits) this.#judge(median(this.#waits), median(this.#rounds));
  }

  #judge(waitMs: number, roundMs: number): void {
    this.#begin();
    if (this.#asleepMs !== null) {
      if (roundMs > this.#asleepMs * better) this.#sleep();
      else this.#pause = leastPause;
    } else if (--this.#left <= 0 && waitMs > cheapMs) this.#asleepMs = roundMs;
  }

  #sleep(): void {
    this.#asleepMs = null;
    this.#left = this.#pause = Math.min(this.#pause * 2, mostPause);
    this.#begin();
  }

  #begin(): void {
    this.#count = this.#missed = 0;
  }
}

function median(block: Float64Array): number {
  return block.sort()[blockWaits / 2]!;
}
