/**
 * Concludes a run whose script has ended well: asks what it left behind (calls in flight, a rejection), and says how the run
 * ends by that.
 */
import type { Entered, Entry, Look } from "../engine/engine.ts";
import type { GuestError, GuestSetup, OnDetached } from "../seam.ts";
import { clearTimeout, setTimeout } from "../time.ts";
import type { Calls } from "./calls.ts";
import { detachedCalls, maxNamed, unhandledRejection, type DetachedCall } from "./detached.ts";
import type { Ending } from "./ending.ts";
import type { Known } from "./explained.ts";
import type { Exports } from "./script-end.ts";
import type { TimedIsolate } from "./timed-isolate.ts";

/** What a conclusion has to know of the run, and to tell it. */
export interface ConclusionOf {
  readonly setup: GuestSetup;
  readonly isolate: TimedIsolate;
  readonly calls: Calls;
  /** Has the prelude say where calls were made, one after the other. */
  readonly where: Entry;
  /** True where nothing but the run has a use for this thread, and the process can be killed. */
  readonly looksHere: boolean;
  readonly known: () => Known;
  readonly warn: (text: string) => void;
  /** `heapBytes`: 0 when nobody could ask. */
  readonly end: (how: Ending, heapBytes?: number) => void;
  readonly fail: (error: unknown) => void;
}

export class Conclusion {
  readonly #of: ConclusionOf;
  /** What the script of this run has asked for. */
  onDetached: OnDetached = "error";
  #isUnderWay = false;
  /** Calls in flight when the script ended, and one for a rejection. */
  #detached = 0;
  #frames: string[] = [];

  constructor(of: ConclusionOf) {
    this.#of = of;
  }

  /** True while what the script left behind is being looked for: nothing is heard any more. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  get detached(): number {
    return this.#detached;
  }

  /** The prelude says where a call was made. */
  madeAt(frames: string): void {
    this.#frames.push(frames);
  }

  /** True when the run goes on for the calls in flight. */
  waits(): boolean {
    if (this.onDetached !== "wait") return false;
    return this.#count() > 0;
  }

  /** Nothing is waited for: says what the script left behind, and how the run ends. */
  conclude(result: Exports): void {
    const open = this.#count();
    const { calls, fail } = this.#of;
    try {
      const first = open > 0 ? calls.firstOpen(maxNamed) : [];
      const asked = open > 0 ? this.#askWhere(first) : undefined;
      if (!asked) return this.#look(result, first, open);
      this.#isUnderWay = true;
      void asked.then(() => this.#look(result, first, open)).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  #count(): number {
    const { open } = this.#of.calls;
    this.#detached = Math.max(this.#detached, open);
    return open;
  }

  #askWhere(calls: readonly OpenCall[]): Entered {
    this.#frames = [];
    return this.#of.isolate.enter(this.#of.where, [calls.map(([id]) => id)]);
  }

  #look(result: Exports, first: readonly OpenCall[], open: number): void {
    const { isolate, looksHere, known } = this.#of;
    const left = open > 0 ? [detachedCalls(this.#named(first), open, known())] : [];
    if (looksHere) this.#decide(result, left, isolate.isolate.look());
    else this.#lookLater(result, left);
  }

  #lookLater(result: Exports, left: GuestError[]): void {
    const { isolate, end, fail } = this.#of;
    this.#isUnderWay = true;
    const timer = setTimeout(() => {
      const how = isolate.overTime();
      isolate.stop("wall");
      end(how);
    }, isolate.timeLeft());
    isolate.isolate.lookLater().then(
      (look) => {
        clearTimeout(timer);
        this.#decide(result, left, look);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (!isolate.isStopped) fail(error);
      },
    );
  }

  #decide(result: Exports, left: GuestError[], { heapBytes, rejection }: Look): void {
    const { known, warn, end } = this.#of;
    if (rejection) {
      this.#detached++;
      left.push(unhandledRejection(rejection, known()));
    }
    const [first] = left;
    if (first && this.onDetached !== "warn") return end({ kind: "error", error: first }, heapBytes);
    for (const { message } of left) warn(`ERR_SCRIPT_DETACHED: ${message}`);
    end(result, heapBytes);
  }

  #named(calls: readonly OpenCall[]): DetachedCall[] {
    return calls.map(([, leaf], index) => ({
      name: this.#of.setup.leaves[leaf]?.path.join(".") ?? "",
      frames: this.#frames[index] ?? "",
    }));
  }
}

/** Its id, and its leaf. */
type OpenCall = readonly [number, number];
