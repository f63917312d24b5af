/**
 * Waits for the promise of a host function, and for its time to be over, whichever comes first.
 */
import { types } from "node:util";
import type { Reply } from "../seam.ts";
import { clearTimeout, setTimeout } from "../time.ts";

export interface Following {
  readonly result: PromiseLike<unknown>;
  readonly timeoutMs: number | undefined;
  /** Stops of all calls that are being waited for; calling one makes its reply stay pending for ever. */
  readonly open: Set<() => void>;
  fulfilled(value: unknown): Reply;
  rejected(error: unknown): Reply;
  timedOut(): Reply;
  /** Called when the function itself has settled, also after its timeout and after the run. */
  settled(): void;
  /** What to answer when one of the above throws. */
  broken(error: unknown): Reply;
}

/** The reply; never rejects. After the end of the run nobody reads it, so it stays pending. */
export function follow(call: Following): Promise<Reply> {
  return new Promise<Reply>((resolve) => {
    const { open, timeoutMs } = call;
    let stopped = false;
    const stop = (): void => {
      stopped = true;
      clearTimeout(timer);
      open.delete(stop);
    };
    const answer = (make: () => Reply): void => {
      if (stopped) return; // A late answer.
      stop();
      try {
        resolve(make());
      } catch (error) {
        resolve(call.broken(error));
      }
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(answer, timeoutMs, () => call.timedOut());
    open.add(stop);
    watch(
      call.result,
      (value) => {
        call.settled();
        answer(() => call.fulfilled(value));
      },
      (error) => {
        call.settled();
        answer(() => call.rejected(error));
      },
    );
  });
}

type Settle = (value: unknown) => void;

function watch(result: PromiseLike<unknown>, fulfilled: Settle, rejected: Settle): void {
  // A real promise is watched as it is, past whatever `then` somebody put on it. What is merely thenable goes through
  // `resolve`, which reads its `then` once, calls it once, and turns whatever it throws into a rejection.
  const promise = types.isPromise(result) ? result : new Promise<unknown>((resolve) => resolve(result));
  try {
    void promiseThen.call(promise, fulfilled, rejected);
  } catch (error) {
    rejected(error); // A `constructor` with a getter that throws.
  }
}

// Called on a promise, always.
const promiseThen = Promise.prototype.then;
