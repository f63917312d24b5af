/**
 * One peer in its own process: opens it once, then times scripts on request. A crash of a peer ends this process, not
 * the benchmark.
 *
 * Usage: node child.ts <peer module> <number of bindings> [folder of a built isobind]
 */
import { endGroup } from "./group.ts";
import type { Peer } from "./peer.ts";

export interface TimingRequest {
  readonly body: string;
  /** Runs side by side, for throughput. */
  readonly parallel?: number;
}
export type TimingAnswer =
  | { readonly ms: number }
  | { readonly error: string }
  | { readonly ready: true; readonly openMs: number; readonly pids: readonly number[] };

const [, , module, count, build] = process.argv;
const answer = (message: TimingAnswer): void => void process.send?.(message);

// The benchmark has ended, however it did.
process.on("disconnect", () => endGroup(process.pid));

const started = performance.now();
try {
  const { peer } = (await import(module as string)) as { peer: Peer };
  const open = await peer.open({ bindings: Number(count), build });
  process.on("message", (request: TimingRequest) => {
    void (async () => {
      const before = performance.now();
      try {
        await Promise.all(Array.from({ length: request.parallel ?? 1 }, () => open.run(request.body)));
        answer({ ms: performance.now() - before });
      } catch (error) {
        answer({ error: error instanceof Error ? error.message : String(error) });
      }
    })();
  });
  answer({ ready: true, openMs: performance.now() - started, pids: open.pids?.() ?? [] });
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
}
