/**
 * The watchdog of a worker looks at a run while a script can go on, and lets one be that waits for the supervisor: a machine may have hundreds of those.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { lineOf } from "../../../src/runtime/process/wire/last-words.ts";

const folder = mkdtempSync(join(tmpdir(), "isobind-watching-"));
afterAll(() => rmSync(folder, { recursive: true }));

const watch = pathToFileURL(join(import.meta.dirname, "../../../src/runtime/process/worker/watch.ts")).href;

/** What a process says in which a run is being watched that may use so much processor time. */
function said(
  name: string,
  cpuMs: number,
  source: string,
): { readonly stdout: string; readonly stderr: string } {
  const file = join(folder, `${name}.mjs`);
  const start = `
    import { startWatch } from ${JSON.stringify(watch)};
    const watch = startWatch(process.ppid);
    const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    /** Steps of the main thread in which it sleeps, until it is over, and how often other threads of this process went to sleep meanwhile. */
    const during = (isOver) => {
      const wakeUps = () => process.resourceUsage().voluntaryContextSwitches;
      const before = wakeUps();
      for (let steps = 1; ; steps++) {
        sleep(20);
        const looks = wakeUps() - before - steps;
        if (isOver({ steps, looks })) return { steps, looks };
      }
    };
    watch.watches();
    watch.begin({ memoryMb: 1_000, wallMs: 600_000, cpuMs: ${cpuMs} }, 0);`;
  writeFileSync(file, `${start}\n${source}\nprocess.exit();`);
  return spawnSync(process.execPath, ["--no-warnings", file], { encoding: "utf8" });
}

it("lets a run be that waits, and looks again as soon as its script goes on", () => {
  const { stdout } = said(
    "waits",
    600_000,
    `
    const running = during(({ steps, looks }) => looks >= 100 && steps >= 10);
    // It may be about to look once more.
    const wait = () => (watch.waits(), sleep(100));
    wait();
    watch.goesOn();
    const again = during(({ looks }) => looks >= 15);
    wait();
    const waiting = during(({ steps }) => steps === running.steps);
    console.log(JSON.stringify({ running, waiting, again }));`,
  );
  const { running, waiting, again } = JSON.parse(stdout) as Record<string, { steps: number; looks: number }>;
  expect(waiting!.looks).toBeLessThan(running!.looks / 4);
  // Four steps where nothing else goes on. One that is not woken sleeps for a second, of which forty-five steps are left.
  expect(again!.steps).toBeLessThan(25);
});

it("looks at the clock of a run that waits for ever", () => {
  const { stdout, stderr } = said(
    "waits-for-ever",
    0,
    `
    watch.waits();
    for (const until = process.cpuUsage().user + 300_000; process.cpuUsage().user < until;);
    sleep(60_000);
    console.log("went on");`,
  );
  expect(stdout).toBe("");
  expect(lineOf("timeout", stderr)).not.toBeNull();
});

it("lets a run be that waits for host functions in its own process, and looks again when they have answered", () => {
  const { stdout } = said(
    "host-is-here",
    600_000,
    `
    watch.expectsHost();
    watch.stirs();
    const steps = 20;
    /** A machine that is slow for a moment does not tell: the fewest looks of some stretches. */
    const fewest = () => Math.min(...[1, 2, 3].map(() => during((at) => at.steps === steps).looks));
    // Until it has been quiet for long enough.
    during((at) => at.steps === 2 * steps);
    const waiting = fewest();
    const stirred = during((at) => (watch.stirs(), at.looks > 6 * waiting || at.steps > 50 * steps));
    watch.end();
    watch.watches();
    console.log(JSON.stringify({ waiting, stirred, steps }));`,
  );
  const { waiting, stirred, steps } = JSON.parse(stdout) as {
    waiting: number;
    stirred: { steps: number };
    steps: number;
  };
  expect(waiting).toBeGreaterThan(0);
  expect(stirred.steps).toBeLessThan(3 * steps);
});
