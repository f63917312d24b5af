import { afterEach, describe, expect, it } from "vitest";
import { createGuest } from "../../../src/runtime/guest/guest.ts";
import { runId } from "../../../src/runtime/host/run-id.ts";
import { createHostRun } from "../../../src/runtime/host/host-run.ts";
import { guestSetup } from "../../../src/runtime/host/leaves.ts";
import { createInProcessRunner } from "../../../src/runtime/in-process.ts";
import { resolveLimits } from "../../../src/runtime/limits.ts";
import type { HostRun, Runner } from "../../../src/runtime/runner.ts";
import type { CreateGuest, GuestScript } from "../../../src/runtime/seam.ts";
import { plain, registryOf } from "../host/leaf.ts";

const registry = registryOf(
  plain("later", async () => 1),
  plain("hang", () => (hangs(), new Promise(() => {}))),
  plain("look", () => look()),
);
let look = (): void => {};
let hangs = (): void => {};

function watched(minIdle: number, wallMs = 300): { runner: Runner; live: () => number; made: () => number } {
  let made = 0;
  let live = 0;
  const watchedGuest: CreateGuest = (setup, port) => {
    const guest = createGuest(setup, port);
    let disposed = false;
    made += 1;
    live += 1;
    return {
      warmUp: (mayReplay) => guest.warmUp(mayReplay),
      start: (script, done) => guest.start(script, done),
      settle: (answers) => guest.settle(answers),
      usage: () => guest.usage(),
      dispose() {
        if (!disposed) live -= 1;
        disposed = true;
        guest.dispose();
      },
    };
  };
  const setup = guestSetup(registry, resolveLimits({ wallMs }));
  return {
    runner: createInProcessRunner(setup, { minIdle, createGuest: watchedGuest }),
    live: () => live,
    made: () => made,
  };
}

const host = (signal = new AbortController().signal): HostRun =>
  createHostRun({
    id: runId("r"),
    registry,
    limits: resolveLimits(),
    signal,
    hooks: {},
    errors: "show",
    validateResults: "off",
  });
const script = (source: string): GuestScript => ({
  source,
  filename: "a.js",
  language: "javascript",
  globals: null,
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** Isolates are prepared one a turn. */
const settled = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns++) await turn();
};

const endings = [
  "export default 1",
  "throw new Error('x')",
  "const x = ;",
  "await SecureExec.bindings.later()",
  "SecureExec.bindings.hang(); export default 1",
  "await SecureExec.bindings.hang()",
  "for (;;);",
  "await new Promise(() => {})",
];

describe("the runner of isolation none", () => {
  it("disposes the isolate of every run, however it ends", async () => {
    const { runner, live, made } = watched(0);
    for (const source of endings) {
      const { kind } = await runner.run(script(source), host());
      // Its caller does not wait for one whose script has ended.
      if (kind === "ok") await turn();
      expect(live(), source).toBe(0);
    }
    expect(made()).toBe(endings.length);
    await runner.run(script("await SecureExec.bindings.hang()"), host(AbortSignal.timeout(10)));
    expect(live()).toBe(0);
    await runner.dispose();
  });

  it("disposes the isolate of a script that has ended before another is used, and with the runner", async () => {
    const { runner, live } = watched(0, 60_000);
    const seen: number[] = [];
    look = () => void seen.push(live());
    for (let run = 0; run < 3; run++) await runner.run(script("SecureExec.bindings.look()"), host());
    expect(seen).toEqual([1, 1, 1]);
    expect(live()).toBe(1);
    await runner.dispose();
    expect(live()).toBe(0);
  });

  it("keeps one prepared isolate while it is idle, uses each once, and none after disposal", async () => {
    const { runner, live, made } = watched(1);
    for (const source of endings.slice(0, 4)) {
      await runner.run(script(source), host());
      await settled();
      expect(live()).toBe(1);
    }
    expect(made()).toBe(5);
    await runner.dispose();
    await settled();
    expect(live()).toBe(0);
    expect(await runner.run(script("1"), host())).toMatchObject({ kind: "aborted" });
  });

  it("keeps as many as it is asked to, and none", async () => {
    for (const minIdle of [0, 3]) {
      const { runner, live } = watched(minIdle);
      await runner.run(script("1"), host());
      while (runner.stats.idle < minIdle) await settled();
      await settled();
      expect([live(), runner.stats.idle]).toEqual([minIdle, minIdle]);
      await runner.dispose();
      expect(live()).toBe(0);
    }
  });

  it("tells the next run, and nobody else, that no isolate can be made", async () => {
    let fails = false;
    const runner = createInProcessRunner(guestSetup(registry, resolveLimits()), {
      createGuest(setup, port) {
        if (fails) throw new Error("no room");
        return createGuest(setup, port);
      },
    });
    expect((await runner.run(script("export default 1"), host())).kind).toBe("ok");
    fails = true;
    // An isolate is prepared here, of which nobody would catch what it throws.
    await settled();
    await expect(
      (async () => {
        for (;;) await runner.run(script("export default 1"), host());
      })(),
    ).rejects.toThrow("no room");
    fails = false;
    expect((await runner.run(script("export default 1"), host())).kind).toBe("ok");
    await runner.dispose();
  });

  it("gives runs with tighter limits an isolate of their own", async () => {
    const { runner, made } = watched(1);
    await runner.run(script("1"), host());
    await settled();
    const limits = { memoryMb: 8, cpuMs: 50, wallMs: 50, payloadBytes: 2_000, consoleBytes: 2_000 };
    expect(await runner.run({ ...script("for (;;);"), limits }, host())).toMatchObject({ kind: "timeout" });
    expect(made()).toBe(3);
    await runner.dispose();
  });
});

describe("a run that is ended from outside", () => {
  const busy = "for (let i = 0; i < 3e7; i++); ";
  const setup = guestSetup(registry, resolveLimits({ wallMs: 1_500 }));
  afterEach(() => void (hangs = () => {}));
  const slow = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);

  it.each([
    ["by its wall clock", "await SecureExec.bindings.hang()", "timeout"],
    ["by its wall clock, on the way to a host that takes its time", "for (;;) console.log(1)", "timeout"],
    ["by its caller", "await SecureExec.bindings.hang()", "aborted"],
  ])("says what processor time it used: %s", async (_how, then, kind) => {
    const caller = new AbortController();
    const runner = createInProcessRunner(setup);
    if (kind === "aborted") hangs = () => setImmediate(() => caller.abort());
    const end = await runner.run(script(busy + then), { ...host(caller.signal), console: slow });
    expect(end.kind).toBe(kind);
    expect(end.usage.cpuMs).toBeGreaterThan(1);
    await runner.dispose();
  });
});
