/**
 * Turns: code of a guest runs in an entry, and then in one more for what has been answered, until the script waits or has ended. No turn
 * begins inside another, so that no guest code runs under a host function.
 */
import type { Entered, Entry } from "../engine/engine.ts";
import { setImmediate } from "../time.ts";
import type { Answer, Calls } from "./calls.ts";
import type { TimedIsolate } from "./timed-isolate.ts";

/** What a turn has to know of the run, and to tell it. */
export interface TurnsOf {
  readonly isolate: TimedIsolate;
  readonly calls: Calls;
  /** Takes answers into the isolate, each as two arguments. */
  readonly settle: Entry;
  /** False while nothing hears again what it has heard: everything else on this thread then waits for the isolate anyway. */
  readonly sharesThread: boolean;
  /** True for a run that can be repeated. */
  readonly oneByOne: () => boolean;
  /** True once the run has ended. */
  readonly isOver: () => boolean;
  /** Ends a run whose script has ended. False while that goes on. */
  readonly conclude: () => boolean;
  /** Nothing is left that could be heard. */
  readonly stuck: () => void;
  /** An entry has failed so that nothing goes on. */
  readonly fail: (error: unknown) => void;
}

export class Turns {
  readonly #of: TurnsOf;
  /** Nesting of guest code. */
  #depth = 0;

  constructor(of: TurnsOf) {
    this.#of = of;
  }

  /** Runs guest code, then everything that became possible by it. */
  enter(action: () => Entered): void {
    if (this.#step(action)) this.#hear();
  }

  /** Something has been answered. */
  answered(): void {
    if (this.#depth === 0) this.#hear();
  }

  /** One entry. False when the run has ended by it, or goes on by itself once code on another thread has come back. */
  #step(action: () => Entered): boolean {
    const { isolate, fail } = this.#of;
    this.#depth++;
    let later: Entered = undefined;
    try {
      later = action();
    } catch (error) {
      if (!isolate.isFatal(error)) return true;
      fail(error);
      return false;
    } finally {
      // A failure of the entry itself decides nothing: the script goes on with what can still happen.
      if (!later) this.#depth--;
    }
    if (!later) return true;
    void later
      .catch((error: unknown) => {
        if (isolate.isFatal(error)) fail(error);
      })
      .then(() => {
        this.#depth--;
        if (!isolate.isStopped) this.#hear();
      });
    return false;
  }

  /** Has the script hear what was answered, and ends the run when it has ended or can hear nothing any more. */
  #hear(): void {
    const { calls, sharesThread, isOver, conclude, stuck } = this.#of;
    for (let heard = 0; !isOver(); heard++) {
      if (conclude()) return;
      // What is heard again comes without the host side, so that nothing else would get a turn on this thread.
      if (heard >= maxInTurn && sharesThread && calls.isReplaying) {
        return void setImmediate(() => this.answered());
      }
      const answers = calls.takeAnswers();
      if (answers.length === 0) break;
      if (!this.#step(() => this.#settle(answers))) return;
    }
    if (!isOver() && !calls.isWaiting) stuck();
  }

  // An argument for each, because a list of them would be copied the slow way; not too many, because each is one.
  #settle(answers: readonly Answer[]): Entered {
    const { isolate, settle, oneByOne } = this.#of;
    // Answers that settle together are seen in an order of their own; alone, each is followed by all that it makes possible.
    const most = oneByOne() ? 1 : maxTogether;
    if (answers.length <= most) return isolate.enter(settle, answers.flatMap(asArguments));
    return together(answers, most, (some) => isolate.enter(settle, some.flatMap(asArguments)));
  }
}

/** Answers that are heard again in one turn of the event loop. */
const maxInTurn = 64;

/** Answers, or modules, that enter an isolate together. */
export const maxTogether = 64;

const asArguments = ({ id, delivery }: Answer) => [id, delivery];

/** Enters with `most` of the `all` at a time. */
export function together<One>(
  all: readonly One[],
  most: number,
  enter: (some: readonly One[]) => Entered,
): Entered {
  const entered: Entered[] = [];
  for (let at = 0; at < all.length; at += most) entered.push(enter(all.slice(at, at + most)));
  return afterAll(entered);
}

/** Entries made one after another. */
export function afterAll(entered: readonly Entered[]): Entered {
  const later = entered.filter((one) => one !== undefined);
  return later.length === 0 ? undefined : Promise.all(later).then(() => undefined);
}
