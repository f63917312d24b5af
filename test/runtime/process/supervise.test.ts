/** The clocks of a run: of a worker that begins, and of one that never says that it does. */
import { describe, expect, it } from "vitest";
import type { Death } from "../../../src/runtime/process/death.ts";
import { supervise, type Supervised, type SuperviseOptions } from "../../../src/runtime/process/supervise.ts";
import type { RunListener, WorkerProcess } from "../../../src/runtime/process/worker-process.ts";
import type { HostRun } from "../../../src/runtime/runner.ts";

const limits = { memoryMb: 32, payloadBytes: 1024, wallMs: 20, consoleBytes: 1024 };

interface Watched {
  readonly supervised: Promise<Supervised>;
  readonly listener: RunListener;
  readonly killed: readonly Death[];
  readonly began: () => number;
}

/** One run on a worker that says only what the test lets it say. */
function watch(beginMs?: number, within: SuperviseOptions["limits"] = limits): Watched {
  let listener: RunListener | null = null;
  const killed: Death[] = [];
  let began = 0;
  const worker = {
    alive: true,
    runs: 0,
    attach: (run: RunListener | null) => (listener = run ?? listener),
    channel: { send: () => {} },
    kill(death: Death) {
      killed.push(death);
      // Of which most was waiting for answers, and who looks from outside cannot tell.
      listener?.died({ ...death, usage: { cpuMs: 1_000, heapBytes: 0 } });
    },
  } as unknown as WorkerProcess;
  const host = {
    id: "run",
    signal: new AbortController().signal,
    console() {},
    saw() {},
  } as unknown as HostRun;
  const script = { source: "", filename: "a.js", language: "javascript", globals: null } as const;
  const how = { leaves: 0, limits: within, placed: false, began: () => began++ };
  const supervised = supervise(worker, 1, script, host, beginMs === undefined ? how : { ...how, beginMs });
  if (!listener) throw new Error("Nobody listens to the worker.");
  return { supervised, listener, killed, began: () => began };
}

describe("the clock of a run", () => {
  it("begins with the script, and ends the run", async () => {
    const { supervised, listener, killed, began } = watch();
    expect(began()).toBe(0);
    listener.frame({ kind: "started", run: 1 });
    expect(began()).toBe(1);
    const { end } = await supervised;
    expect(end).toMatchObject({ kind: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } });
    expect(killed).toHaveLength(1);
  });

  it("is named as the limit, whatever processor time its process has used", async () => {
    const { supervised, listener } = watch(undefined, { ...limits, cpuMs: 500 });
    listener.frame({ kind: "started", run: 1 });
    const message = "The run took longer than 20 ms (limits.wallMs).";
    expect((await supervised).end).toMatchObject({ error: { message }, usage: { cpuMs: 1_000 } });
  });

  it("leaves it to the watchdog of the worker to say that a script has used its processor time", async () => {
    const { supervised, listener } = watch(undefined, { ...limits, wallMs: 60_000, cpuMs: 500 });
    listener.frame({ kind: "started", run: 1 });
    listener.died({ kind: "timeout", detail: "", usage: { cpuMs: 600, heapBytes: 0 } });
    const message = "The script was at work for more than 500 ms (limits.cpuMs).";
    expect((await supervised).end).toMatchObject({ error: { message } });
  });

  it("does not run while the worker waits for its turn: one that never begins is given up, and its run is tried again", async () => {
    const { supervised, killed, began } = watch(3 * limits.wallMs);
    expect(await supervised).toEqual({ end: null });
    expect(killed).toMatchObject([{ kind: "crashed", detail: "It did not begin the script in time." }]);
    expect(began()).toBe(0);
  });

  it.each([
    ["twice", [{ kind: "started", run: 1 } as const, { kind: "started", run: 1 } as const]],
    ["with other words first", [{ kind: "console", run: 1, level: "log", text: "early" } as const]],
  ])("cannot be put off by a worker that begins %s", async (_how, frames) => {
    const { supervised, listener } = watch(50);
    expect(() => frames.forEach((frame) => listener.frame(frame))).toThrow("beg");
    await supervised;
  });
});

describe("what a worker says without end", () => {
  const silent = { ...limits, wallMs: 60_000 };
  it.each([
    ["lines that are empty", { kind: "console", run: 1, level: "log", text: "" } as const, "more console"],
    ["looks that are none", { kind: "saw", run: 1, looks: [] } as const, "more looks"],
  ])("is over with %s too", async (_what, frame, reason) => {
    const { supervised, listener } = watch(undefined, silent);
    listener.frame({ kind: "started", run: 1 });
    const most = 3 * silent.consoleBytes + 2048;
    expect(() => {
      for (let line = 0; line <= most; line++) listener.frame(frame);
    }).toThrow(reason);
    listener.died({ kind: "crashed", detail: "" });
    await supervised;
  });
});

it.each([
  ["asks for a journal", { kind: "recorded", run: 1 } as const],
  ["tells of a journal's calls", { kind: "replayed", run: 1, leaves: [0], digests: "0".repeat(64) } as const],
])("a worker of a run without a journal that %s is none", async (_what, frame) => {
  const { supervised, listener } = watch(undefined, { ...limits, wallMs: 60_000 });
  listener.frame({ kind: "started", run: 1 });
  expect(() => listener.frame(frame)).toThrow("of a journal that is not");
  listener.died({ kind: "crashed", detail: "" });
  await supervised;
});
