/** What OpenTelemetry is told of many runs: a meter that writes down what it is given stands for the reader of a real one. */
import type { Attributes, Meter, ObservableCallback } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../../src/runtime/index.ts";

interface Recorded {
  readonly name: string;
  readonly value: number;
  readonly attributes: Attributes;
}

function recorder(): { meter: Meter; recorded: Recorded[]; read: () => Recorded[] } {
  const recorded: Recorded[] = [];
  const observables: [string, ObservableCallback][] = [];
  const meter = {
    createHistogram: (name: string) => ({
      record: (value: number, attributes: Attributes) => recorded.push({ name, value, attributes }),
    }),
    createObservableUpDownCounter: (name: string) => ({
      addCallback: (callback: ObservableCallback) => observables.push([name, callback]),
    }),
  } as unknown as Meter;
  const read = (): Recorded[] =>
    observables.flatMap(([name, callback]) => {
      const seen: Recorded[] = [];
      void callback({ observe: (value, attributes = {}) => seen.push({ name, value, attributes }) });
      return seen;
    });
  return { meter, recorded, read };
}

const summary = (recorded: readonly Recorded[]): unknown[] =>
  recorded.map(({ name, attributes }) => [name, attributes]);

describe("metrics", () => {
  it("tell how long runs wait and take and calls take, with attributes that no script chooses", async () => {
    const { meter, recorded } = recorder();
    await using sandbox = await createSandbox({
      isolation: "none",
      telemetry: { meter },
      registry: { add: (a: number, b: number) => a + b, fails: async () => { throw new RangeError("no"); }, hang: () => (called = true, new Promise(() => {})) }, // prettier-ignore
    });
    let called = false;
    await sandbox.run(
      `const { add, fails } = SecureExec.bindings; add(1, 2); await fails().catch(() => {});`,
    );
    await sandbox.run(
      `const error = new Error("x"); error.code = "ANYTHING"; error.name = "Chosen"; throw error;`,
    );
    const { length } = recorded;
    // Its time is longer until it has made its call in it.
    for (let wallMs = 100; !called; wallMs *= 2) {
      recorded.length = length;
      await sandbox.run(`await SecureExec.bindings.hang()`, { limits: { wallMs } });
    }
    expect(summary(recorded)).toEqual([
      ["isobind.call.duration", { "isobind.binding": "add" }],
      ["isobind.call.duration", { "isobind.binding": "fails", "error.type": "RangeError" }],
      ["isobind.run.wait", { "isobind.status": "ok" }],
      ["isobind.run.duration", { "isobind.status": "ok" }],
      ["isobind.run.wait", { "isobind.status": "error" }],
      ["isobind.run.duration", { "isobind.status": "error" }],
      ["isobind.call.duration", { "isobind.binding": "hang", "error.type": "AbortError" }],
      ["isobind.run.wait", { "isobind.status": "timeout", "error.type": "ERR_SANDBOX_TIMEOUT" }],
      ["isobind.run.duration", { "isobind.status": "timeout", "error.type": "ERR_SANDBOX_TIMEOUT" }],
    ]);
    // Seconds: the last run took its tenth, or more.
    expect(recorded.at(-1)?.value).toBeGreaterThan(0.09);
    expect(recorded.at(-1)?.value).toBeLessThan(60);
  });

  it("tell how many workers work and runs wait, of all sandboxes together, and of none that is disposed", async () => {
    const { meter, recorded, read } = recorder();
    const waiting: (() => void)[] = [];
    const hold = () => new Promise<void>((resolve) => waiting.push(resolve));
    const options = { workers: 1, telemetry: { meter }, registry: { hold } };
    const sandboxes = [
      await createSandbox({ ...options, queueMax: 1 }),
      await createSandbox(options),
    ] as const;
    const runs = [0, 0, 1].map((at) => sandboxes[at as 0 | 1].run("await SecureExec.bindings.hold()"));
    await expect(sandboxes[0].run("1")).rejects.toMatchObject({ code: "ERR_SANDBOX_BUSY" });
    while (waiting.length < 2) await new Promise((resolve) => setTimeout(resolve, 2));
    const figures = (busy: number, idle: number, inLine: number): Recorded[] => [
      { name: "isobind.workers", value: busy, attributes: { "isobind.state": "busy" } },
      { name: "isobind.workers", value: idle, attributes: { "isobind.state": "idle" } },
      { name: "isobind.runs.waiting", value: inLine, attributes: {} },
    ];
    expect(read()).toEqual(figures(2, 0, 1));
    await sandboxes[0].dispose();
    expect(read()).toEqual(figures(1, 0, 0));
    await sandboxes[1].dispose();
    expect(read()).toEqual(figures(0, 0, 0));
    await Promise.all(runs);
    expect(summary(recorded)).toContainEqual([
      "isobind.run.wait",
      { "isobind.status": "busy", "error.type": "ERR_SANDBOX_BUSY" },
    ]);
  });
});
