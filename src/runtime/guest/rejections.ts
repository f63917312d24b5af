/**
 * Rejections: finds out whether a script has left a rejected promise that nobody handles. V8 tells isolated-vm of every promise that is rejected
 * without a handler and of every handler that comes later, and isolated-vm throws what the first promise of its list was rejected with out of the next
 * entry that returns. So entries that run guest code never return (they throw `undefined`), which keeps the list; and a look is an entry that
 * runs nothing: it asks for the heap, which a run wants to know anyway.
 *
 * A look reads `message`, `stack` and `name` of a script's value, under no time limit: an accessor of the script may never return. Who looks must be killable
 * or look from another thread. V8 may collect a promise that nobody holds; such a one is not seen.
 */
import type { IsolatedVm } from "./engine.ts";

export interface Look {
  readonly heapBytes: number;
  /** What a promise that nobody handles was rejected with, as isolated-vm copies it. */
  readonly rejection: { readonly reason: unknown } | null;
}

/** Throws when the isolate is gone. */
export function lookNow(isolate: IsolatedVm.Isolate): Look {
  try {
    return { heapBytes: size(isolate.getHeapStatisticsSync()), rejection: null };
  } catch (reason) {
    return found(isolate, reason);
  }
}

/** Looks from another thread, so that this one goes on, and may end the isolate. */
export async function lookLater(isolate: IsolatedVm.Isolate): Promise<Look> {
  try {
    return { heapBytes: size(await isolate.getHeapStatistics()), rejection: null };
  } catch (reason) {
    return found(isolate, reason);
  }
}

/** The look has emptied the list, so that the heap can now be asked for. */
function found(isolate: IsolatedVm.Isolate, reason: unknown): Look {
  if (isolate.isDisposed) throw reason;
  return { heapBytes: size(isolate.getHeapStatisticsSync()), rejection: { reason } };
}

function size(heap: IsolatedVm.HeapStatistics): number {
  return heap.used_heap_size + heap.externally_allocated_size;
}
