/**
 * What OpenTelemetry is told of jobs: a meter that writes down what it is given stands for the reader of a real one.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { metrics, type Attributes, type Meter, type MeterProvider } from "@opentelemetry/api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createQueueWorker, openQueue } from "../../src/queue/index.ts";
import { registryOf } from "./registry.ts";

interface Recorded {
  readonly name: string;
  readonly value: number;
  readonly attributes: Attributes;
}

const recorded: Recorded[] = [];
const write =
  (name: string) =>
  (value: number, attributes: Attributes = {}): number =>
    recorded.push({ name, value, attributes });
const meter = {
  createHistogram: (name: string) => ({ record: write(name) }),
  createCounter: (name: string) => ({ add: write(name) }),
} as unknown as Meter;

beforeAll(() => metrics.setGlobalMeterProvider({ getMeter: () => meter } as MeterProvider));
afterAll(() => metrics.disable());

it("tells how long jobs wait and run, what they call, and how each ends, once", async () => {
  const store = { folder: mkdtempSync(join(tmpdir(), "metrics-")) };
  const registry = registryOf("sha256-metrics", {
    add: { mode: "sync", call: (a, b) => (a as number) + (b as number) },
    sign: { mode: "async", policy: { approval: true }, call: async () => "signed" },
  });
  await using queue = await openQueue({ store, contract: registry, name: "reports" });
  const worker = await createQueueWorker({
    store,
    registry,
    name: "reports",
    concurrency: 1,
    telemetry: true,
  });
  const ends: [source: string, options: object, status: string, calls: number][] = [
    ["const { add } = SecureExec.bindings; add(1, 2); add(3, 4)", { tenant: "acme" }, "ok", 2],
    ["throw new Error('mine')", {}, "error", 0],
    ["for (;;);", { limits: { wallMs: 50 } }, "timeout", 0],
    ["await SecureExec.bindings.sign()", {}, "ok", 1],
    ["export default 1", { profile: "none", attempts: 1 }, "parked", 0],
  ];
  for (const [source, options, status, calls] of ends) {
    recorded.length = 0;
    const id = await queue.enqueue(source, null, options);
    if (source.includes("sign")) {
      while ((await queue.state(id))?.state !== "suspended")
        await new Promise((done) => setTimeout(done, 10));
      await queue.answer(id, { approved: true });
    }
    await queue.outcome(id).catch(() => {});
    const of = {
      "isobind.queue": "reports",
      ...("tenant" in options ? { "isobind.tenant": options.tenant } : {}),
    };
    const told = (name: string): Recorded[] => recorded.filter((one) => one.name === `isobind.queue.${name}`);
    while (told("outcomes").length === 0) await new Promise((done) => setTimeout(done, 10));
    expect(told("outcomes")).toEqual([
      { name: "isobind.queue.outcomes", value: 1, attributes: { ...of, "isobind.status": status } },
    ]);
    // Once, also for one that was laid aside meanwhile.
    expect(told("wait")).toMatchObject([{ attributes: of }]);
    expect(told("wait")[0]!.value).toBeGreaterThanOrEqual(0);
    if (status === "parked") continue;
    expect(told("calls")).toMatchObject([{ value: calls, attributes: of }]);
    expect(told("run")).toMatchObject([{ attributes: of }]);
    if (status === "timeout") expect(told("run")[0]!.value).toBeGreaterThan(40);
  }
  await worker.close();
});
