/** Whoever fakes the clock and the timers before the runtime is loaded fakes none of its own. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const time = fileURLToPath(new URL("../../src/runtime/time.ts", import.meta.url));

beforeEach(() => void vi.resetModules());
afterEach(() => void vi.useRealTimers());

it("a clock goes and a timer fires that are loaded when all others stand still", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "setImmediate", "performance", "hrtime", "Date"] });
  const own = await import("../../src/runtime/time.ts");
  const at = [own.now(), own.nowNs()] as const;
  const faked = process.hrtime.bigint();
  await new Promise<void>((resolve) => void own.setTimeout(resolve, 2));
  expect(process.hrtime.bigint()).toBe(faked);
  expect(own.now() - at[0]).toBeGreaterThan(1);
  expect(own.nowNs() - at[1]).toBeGreaterThan(1_000_000n);
});

it("a clock goes where somebody has put a double in the place of the one reading it takes", async () => {
  vi.spyOn(process.hrtime, "bigint").mockReturnValue(5n);
  try {
    const { now } = await import("../../src/runtime/time.ts");
    const before = now();
    await new Promise<void>((resolve) => void setTimeout(resolve, 2));
    expect(now() - before).toBeGreaterThan(1);
  } finally {
    vi.restoreAllMocks();
  }
});

// Vitest itself would wait for a faked `nextTick`.
it("what is to be done at the end of a turn is done where `nextTick` is a stand-in", () => {
  const program = `
    process.nextTick = Object.assign(() => {}, { clock: {} });
    const { nextTick } = await import(process.argv[1]);
    nextTick(() => require("node:fs").writeSync(1, "done"));`;
  expect(
    execFileSync(process.execPath, ["-e", `(async () => {${program}})()`, time], { encoding: "utf8" }),
  ).toBe("done");
});

it("is the clock of everybody else where nothing is faked", async () => {
  const { now, nextTick } = await import("../../src/runtime/time.ts");
  const [before, own, after] = [
    Number(process.hrtime.bigint()),
    now() * 1e6,
    Number(process.hrtime.bigint()),
  ];
  expect(own).toBeGreaterThanOrEqual(before - 1_000);
  expect(own).toBeLessThanOrEqual(after + 1_000);
  expect(nextTick).toBe(process.nextTick);
});
