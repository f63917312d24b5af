/**
 * Frees buffers that have died young before V8 collects the whole heap for them. V8 counts the bytes of buffers beside the heap, and for every 64 MB of
 * them it collects all that the host holds, however much that is, although by then they are garbage. A collection of young objects alone frees them in a
 * tenth of a millisecond; V8 starts that one when objects are many, which buffers are not.
 */
import { makeYoungCollector } from "../young-collector.ts";

/** Leaves room for what host functions allocate themselves. */
const most = 16 * 1024 * 1024;

let come = 0;
let collectYoung: (() => void) | undefined;

/** So many bytes of new buffers have come into this process. */
export function buffersCame(bytes: number): void {
  come += bytes;
  if (come < most) return;
  come = 0;
  collectYoung ??= makeYoungCollector();
  collectYoung?.();
}
