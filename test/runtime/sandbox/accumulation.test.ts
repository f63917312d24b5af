/**
 * A host may run scripts for months: nothing of a run is left when it has ended, however it ended. Objects are counted, not bytes: the
 * heap of a process grows and shrinks for reasons of its own.
 */
import { getEventListeners } from "node:events";
import { queryObjects } from "node:v8";
import { expect, it } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../../src/runtime/index.ts";

const modes: readonly SandboxOptions[] = [
  { isolation: "process", workers: 2, maxRuns: 60 },
  { isolation: "none" },
];

/** All there are, after a full collection. */
const objects = (): number => queryObjects(Object, { format: "count" });

async function runs(sandbox: Sandbox, signal: AbortSignal, count: number): Promise<void> {
  // One text for all: prepared scripts are kept for each text, up to a bound.
  const source = `
    const { now, later, fails } = SecureExec.bindings;
    console.log(now(input.run));
    await fails().catch(() => {});
    export default await later({ run: input.run });`;
  for (let run = 0; run < count; run++) {
    await Promise.all([
      sandbox.run(source, { signal, input: { run } }),
      sandbox.run("throw new Error('expected by the test')", { signal }),
    ]);
  }
}

it.each(modes)("leaves nothing behind for each run, isolation $isolation", async (mode) => {
  const { signal } = new AbortController();
  await using sandbox = await createSandbox({
    ...mode,
    registry: {
      now: (value: number) => value,
      later: async (value: { run: number }) => value,
      fails: async () => { throw new RangeError("expected by the test"); }, // prettier-ignore
    },
    onConsole: () => {},
    onError: () => {},
  });
  // What is compiled, cached and made when it is first needed.
  await runs(sandbox, signal, 30);
  const counts = [objects()];
  for (let stretch = 0; stretch < 3; stretch++) {
    await runs(sandbox, signal, 40);
    counts.push(objects());
  }
  // One object for each run would be eighty in every stretch. Node makes some of its own now and then, in one of them and not in the next.
  const grown = counts.slice(1).map((count, stretch) => count - counts[stretch]!);
  expect(Math.min(...grown)).toBeLessThan(40);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});
