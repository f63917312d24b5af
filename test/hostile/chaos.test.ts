/**
 * Many runs from eight callers at once on one sandbox while its workers are killed at random. Nothing may be lost, doubled or crossed, and
 * nothing may stay behind. CHAOS_RUNS=1000 for the long version.
 */
import { readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { createSandbox } from "../../src/runtime/index.ts";
import { childrenOf } from "../processes.ts";

const runs = Number(process.env["CHAOS_RUNS"] ?? 240);
const callers = 8;
const callsPerRun = 6;

/** By runs and not by the clock, so that a slow machine is not all killing. */
const killsPerRun = 1 / 6;

/** Any worker: one that starts, that waits, that prepares an isolate or that runs a script. Ends when this process has been told of its death. */
async function killOne(): Promise<void> {
  await setTimeout(Math.random() * 20);
  const pids = childrenOf();
  const victim = pids[Math.floor(Math.random() * pids.length)];
  if (victim === undefined) return;
  process.kill(victim, "SIGKILL");
  while (childrenOf().includes(victim)) await setTimeout(1);
}

/** A script that says its number with every call, synchronously and not, and exports a sum only it can have. */
const source = `
  const { mark, later } = SecureExec.bindings;
  let sum = 0;
  for (let i = 0; i < ${callsPerRun / 2}; i++) sum += mark(input, i);
  const rest = await Promise.all(Array.from({ length: ${callsPerRun / 2} }, (_, i) => later(input, i)));
  export default [input, rest.reduce((a, b) => a + b, sum)];`;

function expectedSum(number: number): number {
  let sum = 0;
  for (let i = 0; i < callsPerRun / 2; i++) sum += 2 * (number * 10 + i);
  return sum;
}

const open = (): number => (process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0);

async function chaos(): Promise<{ ok: number; crashed: number; wrong: unknown[] }> {
  const calls = new Map<number, number>();
  const count = (number: number, i: number): number => {
    calls.set(number, (calls.get(number) ?? 0) + 1);
    return number * 10 + i;
  };
  const sandbox = await createSandbox({
    registry: {
      mark: count,
      later: async (number: number, i: number) => {
        await setTimeout(Math.random() * 5);
        return count(number, i);
      },
    },
    workers: 4,
    minIdle: 1,
    limits: { memoryMb: 32, wallMs: 60_000 },
  });
  const tally = { ok: 0, crashed: 0, wrong: [] as unknown[] };
  const kills: Promise<void>[] = [];
  let next = 0;
  let ended = 0;

  async function caller(): Promise<void> {
    while (next < runs) {
      const number = next++;
      const result = await sandbox.run(source, { input: number });
      ended++;
      if (Math.random() < killsPerRun) kills.push(killOne());
      const made = calls.get(number) ?? 0;
      if (result.status === "ok") {
        tally.ok++;
        const [who, sum] = result.exports["default"] as [number, number];
        if (who !== number || sum !== expectedSum(number) || made !== callsPerRun) {
          tally.wrong.push([number, who, sum, made]);
        }
      } else if (result.status === "crashed" && made <= callsPerRun) tally.crashed++;
      else tally.wrong.push([number, result.status, made, result.error]);
    }
  }

  await Promise.all(Array.from({ length: callers }, caller));
  if (ended !== runs) tally.wrong.push(["lost", runs - ended]);
  // The sandbox is as good as new, once nobody kills any more.
  await Promise.all(kills);
  const after = await sandbox.run(source, { input: runs });
  if (after.status !== "ok") tally.wrong.push(["after", after]);
  await sandbox.dispose();
  return tally;
}

it("survives the death of its workers", { timeout: 120_000 + runs * 500 }, async () => {
  // Once for what is loaded lazily, and then for what stays.
  const warm = await createSandbox({ registry: {} });
  await warm.run("export default 1");
  await warm.dispose();
  const descriptors = open();
  const handles = process.getActiveResourcesInfo().length;

  const { ok, crashed, wrong } = await chaos();

  expect(wrong).toEqual([]);
  expect(ok + crashed).toBe(runs);
  expect(ok).toBeGreaterThan(runs / 2);
  expect(childrenOf()).toEqual([]);
  // Whatever runs the tests has timers and pipes too, for a moment.
  while (open() > descriptors || process.getActiveResourcesInfo().length > handles) await setTimeout(20);
});
