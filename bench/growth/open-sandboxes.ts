/**
 * A host that opens so many sandboxes and says what they took, as JSON: the memory of all of them, idle and while each has a script that waits; the time to open them, and
 * until each has made a hundred calls. A process of its own, because what an earlier one has left behind would be handed back while this one is measured.
 */
import { createSandbox, type RunResult, type Sandbox } from "isobind/runtime";
import { freemem } from "node:os";
import { ownMb } from "../runtime/memory.ts";
import type { Figures } from "./sandboxes.ts";

/** What a worker takes of a machine, with some room. */
const workerBytes = 45 * 1024 ** 2;

/** Waits at its end, because a worker whose script has ended prepares its next isolate while others are still at their calls. */
const hundredCalls =
  "for (let i = 0; i < 100; i++) SecureExec.bindings.filler1(); await SecureExec.bindings.hold();";

const [isolation, count] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await open(isolation as "process" | "none", Number(count))));

async function open(isolation: "process" | "none", count: number): Promise<Figures> {
  if (isolation === "process" && freemem() < count * workerBytes)
    throw new Error("not enough free memory on this machine");
  const before = ownMb();
  const waiting: (() => void)[] = [];
  const all = Promise.withResolvers<undefined>();
  const tree: Record<string, () => unknown> = {
    hold: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === count) all.resolve(undefined);
      }),
  };
  while (Object.keys(tree).length < 64) tree[`filler${Object.keys(tree).length}`] = () => 1;
  const sandboxes: Sandbox[] = [];
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  try {
    const openMs = await timed(async () => {
      for (let i = 0; i < count; i++) {
        const limits = { wallMs: 600_000 };
        const sandbox = await createSandbox({ registry: tree, isolation, workers: 1, limits });
        sandboxes.push(sandbox);
        await sandbox.run("");
      }
    });
    await settled();
    const idleMb = ownMb() - before;
    let runs: Promise<readonly RunResult[]> | undefined;
    const runMs = await timed(() => {
      runs = Promise.all(sandboxes.map((sandbox) => sandbox.run(hundredCalls)));
      return Promise.race([all.promise, runs]);
    });
    await settled();
    const busyMb = ownMb() - before;
    for (const go of waiting) go();
    for (const result of (await runs) ?? [])
      if (result.status !== "ok") throw new Error(`${result.status}: ${result.error.message}`);
    return { idleMb, busyMb, openMs, runMs };
  } finally {
    await Promise.all(sandboxes.map((sandbox) => sandbox.dispose()));
  }
}

/** Workers prepare their next isolate after a run; what is measured is the state they come to rest in. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_500));
}
