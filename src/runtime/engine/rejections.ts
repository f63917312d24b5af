/**
 * Finds out whether a script has left a rejected promise that nobody handles. V8 tells isolated-vm of every promise that is
 * rejected without a handler and of every handler that comes later, and isolated-vm throws what the first promise of its
 * list was rejected with out of the next entry that returns. So entries that run guest code never return (they throw
 * `undefined`), which keeps the list; and a look is an entry that runs nothing: it asks for the heap, which a run wants to
 * know anyway.
 *
 * isolated-vm reads `message`, `stack` and `name` of what it throws, under no time limit. V8 may collect a promise that nobody holds; such a one is not seen.
 */
import type { Look, Rejection } from "./engine.ts";
import type { IsolatedVm } from "./load.ts";

export function lookNow(isolate: IsolatedVm.Isolate): Look {
  try {
    return { heapBytes: size(isolate.getHeapStatisticsSync()), rejection: null };
  } catch (reason) {
    return found(isolate, reason);
  }
}

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
  return { heapBytes: size(isolate.getHeapStatisticsSync()), rejection: read(reason) };
}

/** `reason`: as isolated-vm copies it: an Error of this realm, or a primitive. */
function read(reason: unknown): Rejection {
  if (!(reason instanceof Error)) return { kind: "primitive", value: reason };
  const { name, message } = reason;
  // It has one sentence for what is no error, and adds frames of this process below a line of its own.
  if (message.startsWith("An object was thrown from supplied code within isolated-vm"))
    return { kind: "object" };
  const stack = String(reason.stack).split("\n    at (<isolated-vm boundary>)", 1)[0] ?? "";
  return { kind: "error", name, message, stack };
}

function size(heap: IsolatedVm.HeapStatistics): number {
  return heap.used_heap_size + heap.externally_allocated_size;
}
