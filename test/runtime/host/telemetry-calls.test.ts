/** What telemetry says of each way in which a call can end: the span and the metric tell the same. */
import type { Attributes } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import type { RegistryLeaf } from "../../../src/model/registry.ts";
import { suspend } from "../../../src/registry/suspend.ts";
import { createHostRun, type HostRunOptions } from "../../../src/runtime/host/host-run.ts";
import { runId } from "../../../src/runtime/host/run-id.ts";
import { loadTelemetry, type RunSpan } from "../../../src/runtime/host/telemetry.ts";
import { messageOf } from "../support/values.ts";
import { registryOf, typed } from "./leaf.ts";

interface Seen {
  readonly span: string | undefined;
  readonly metric: string | undefined;
}

/** One call in a run; `end` ends the run before it is answered. What the span and the metric say, "none" where there is none. */
async function seenOf(
  leaf: RegistryLeaf,
  args: readonly unknown[],
  { end = false, ...options }: Partial<HostRunOptions> & { readonly end?: boolean } = {},
): Promise<Seen & { readonly ended: number }> {
  const spans: { attributes: Attributes; ended: number }[] = [];
  const metrics: Attributes[] = [];
  const tracer = {
    startSpan(name: string) {
      const span = { attributes: {} as Attributes, ended: 0 };
      if (name === leaf.name) spans.push(span);
      return {
        setAttribute: (key: string, value: string) => void (span.attributes[key] = value),
        setAttributes: () => {},
        setStatus: () => {},
        end: () => void span.ended++,
      };
    },
  };
  const meter = {
    createHistogram: (name: string) => ({
      record: (_: number, attributes: Attributes) => {
        if (name === "isobind.call.duration") metrics.push(attributes);
      },
    }),
    createObservableUpDownCounter: () => ({ addCallback: () => {} }),
  };
  const telemetry = await loadTelemetry({ tracer, meter });
  const span = telemetry!.startRun({ runId: "run-1", filename: "script.js" });
  const run = createHostRun({
    id: runId("run-1"),
    registry: registryOf(leaf),
    limits: { payloadBytes: 1_000, calls: 10, concurrency: 10, consoleBytes: 1_000 },
    signal: new AbortController().signal,
    errors: "show",
    validateResults: "error",
    ...options,
    hooks: { watchCall: span.watchCall, ...options.hooks },
  });
  const reply = run.call(1, 0, messageOf(args));
  if (!end) await reply;
  run.end(() => new Error("over"));
  const times = { wallMs: 1, queuedMs: 0 } as Parameters<typeof span.end>[0]["times"];
  span.end({ status: "ok", calls: 1, times });
  const of = (attributes: Attributes | undefined): string | undefined =>
    attributes === undefined ? "none" : (attributes["error.type"] as string | undefined);
  expect(spans.length).toBeLessThan(2);
  expect(metrics.length).toBeLessThan(2);
  return { span: of(spans[0]?.attributes), metric: of(metrics[0]), ended: spans[0]?.ended ?? 0 };
}

const never = new Promise<never>(() => {});
const big = "x".repeat(2_000);
const fails = (): never => {
  throw new RangeError("no room");
};
const approval = { policy: { approval: true } } as const;
const bad = { acceptsResult: () => false };
const late = { mode: "async", policy: { timeoutMs: 1 } } as const;

const cases: Readonly<Record<string, [RegistryLeaf, string | undefined, Parameters<typeof seenOf>[2]?]>> = {
  "a result": [typed("a", () => 1), undefined],
  "a promised result": [typed("a", async () => 1, { mode: "async" }), undefined],
  "what its function threw": [typed("a", fails), "RangeError"],
  "what its promise was rejected with": [typed("a", async () => fails(), { mode: "async" }), "RangeError"],
  "an error the script is not told of": [typed("a", fails), "RangeError", { errors: "mask" }],
  "what middleware threw": [typed("a", () => 1), "RangeError", { hooks: { onCall: fails } }],
  "refused arguments": [typed("a", () => 1, { accepts: () => false }), "ERR_BINDING_INVALID_ARGUMENT"],
  "a refused result": [typed("a", () => 1, bad), "ERR_BINDING_INVALID_RESULT"],
  "a refused promised result": [
    typed("a", async () => 1, { mode: "async", ...bad }),
    "ERR_BINDING_INVALID_RESULT",
  ],
  "a result that is too large": [typed("a", () => big), "ERR_SANDBOX_PAYLOAD_TOO_LARGE"],
  "a result that cannot cross": [typed("a", () => ({ call: () => 1 })), "ERR_BINDING_NOT_CLONABLE"],
  "an answer that is too late": [typed("a", () => never, late), "ERR_BINDING_TIMEOUT"],
  "a promise where none may be": [typed("a", async () => 1), "ERR_BINDING_MODE"],
  "no approval": [typed("a", () => 1, approval), "ERR_BINDING_APPROVAL", { hooks: { approve: () => false } }],
  "nobody to approve": [typed("a", () => 1, approval), "ERR_JOURNAL_REQUIRED"],
  "a wait without a journal": [typed("a", () => suspend({})), "ERR_JOURNAL_REQUIRED"],
  "the end of the run": [typed("a", () => never, { mode: "async" }), "AbortError", { end: true }],
};

describe("a call that ends with", () => {
  it.each(Object.entries(cases))("%s", async (_, [leaf, failure, options]) => {
    expect(await seenOf(leaf, [1], options)).toEqual({ span: failure, metric: failure, ended: 1 });
  });

  it("arguments that are too large", async () => {
    const failure = "ERR_SANDBOX_PAYLOAD_TOO_LARGE";
    expect(
      await seenOf(
        typed("a", () => 1),
        [big],
      ),
    ).toEqual({ span: failure, metric: failure, ended: 1 });
  });

  it("a limit: counted, without a span, because a script may be over it as often as it likes", async () => {
    const leaf = typed("a", () => 1, { policy: { maxCalls: 0 } });
    expect(await seenOf(leaf, [])).toEqual({ span: "none", metric: "ERR_BINDING_LIMIT", ended: 0 });
  });

  it("a wait: it has not failed, and is not counted until it is answered", async () => {
    const waits = typed("a", () => suspend({}));
    expect(await seenOf(waits, [], { mayWait: true })).toEqual({
      span: undefined,
      metric: "none",
      ended: 1,
    });
    const asks = typed("a", () => 1, approval);
    expect(await seenOf(asks, [], { mayWait: true })).toEqual({ span: "none", metric: "none", ended: 0 });
  });
});

it.each([
  ["suspended", 0],
  ["timeout", 1],
])("a run that is %s has failed: %i", async (status, failures) => {
  let failed = 0;
  const span = {
    setAttribute: () => {},
    setAttributes: () => {},
    setStatus: () => void failed++,
    end: () => {},
  };
  const telemetry = await loadTelemetry({ tracer: { startSpan: () => span } });
  const times = { wallMs: 1, queuedMs: 0 } as Parameters<RunSpan["end"]>[0]["times"];
  telemetry!.startRun({ runId: "run-1", filename: "script.js" }).end({ status, calls: 0, times });
  expect(failed).toBe(failures);
});
