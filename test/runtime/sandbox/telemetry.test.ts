import {
  context,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../../src/runtime/index.ts";

interface Recorded {
  readonly name: string;
  readonly parent: Span | undefined;
  readonly attributes: Attributes;
  status: { code: SpanStatusCode; message?: string } | undefined;
  ended: number;
}

/** A tracer that writes down what it is asked for; the API itself is the real one. */
function recorder(): { tracer: Tracer; spans: Recorded[]; spanOf: (name: string) => Recorded } {
  const spans: Recorded[] = [];
  const startSpan = (
    name: string,
    options: { attributes?: Attributes } = {},
    parent: Context = context.active(),
  ): Span => {
    const attributes: Attributes = { ...options.attributes };
    const recorded: Recorded = {
      name,
      parent: trace.getSpan(parent),
      attributes,
      status: undefined,
      ended: 0,
    };
    spans.push(recorded);
    const span = {
      recorded,
      setAttribute: (key: string, value: string) => ((attributes[key] = value), span),
      setAttributes: (more: Attributes) => (Object.assign(attributes, more), span),
      setStatus: (status: Recorded["status"]) => ((recorded.status = status), span),
      end: () => void (recorded.ended += 1),
      spanContext: () => ({
        traceId: "0".repeat(31) + "1",
        spanId: `000000000000000${spans.length}`,
        traceFlags: 1,
      }),
    };
    return span as unknown as Span;
  };
  return {
    tracer: { startSpan, startActiveSpan: () => undefined } as unknown as Tracer,
    spans,
    spanOf: (name) => spans.find((span) => span.name === name)!,
  };
}

describe("telemetry", () => {
  it("records a span per run and per call, and no values", async () => {
    const { tracer, spans, spanOf } = recorder();
    await using sandbox = await createSandbox({
      isolation: "none",
      telemetry: { tracer },
      registry: {
        add: (a: number, b: number) => a + b,
        later: async (text: string) => text,
        fails: async () => { throw new RangeError("hunter2"); }, // prettier-ignore
        hang: () => new Promise(() => {}),
      },
      onCall: (_, next) => next(),
    });
    const result = await sandbox.run(
      `const { add, later, fails, hang } = SecureExec.bindings; add(1, 2); await later("hunter2"); await fails().catch(() => {}); hang(); throw new TypeError("hunter2")`,
      { runId: "run-1", filename: "job.js" },
    );
    expect(result.status).toBe("error");
    expect(spans.map(({ name, ended }) => [name, ended])).toEqual([
      ["isobind.run", 1],
      ["add", 1],
      ["later", 1],
      ["fails", 1],
      ["hang", 1],
    ]);
    const run = spanOf("isobind.run");
    for (const span of spans.slice(1))
      expect((span.parent as unknown as { recorded: Recorded }).recorded).toBe(run);
    expect(run.attributes).toEqual({
      "isobind.run.id": "run-1",
      "isobind.script": "job.js",
      "isobind.status": "error",
      "isobind.calls": 4,
      "error.type": "TypeError",
    });
    expect(run.status).toEqual({ code: SpanStatusCode.ERROR, message: "TypeError" });
    expect(spanOf("add").status).toBe(undefined);
    expect(spanOf("fails")).toMatchObject({
      status: { message: "RangeError" },
      attributes: { "error.type": "RangeError" },
    });
    expect(JSON.stringify(spans.map(({ attributes, status }) => [attributes, status]))).not.toContain(
      "hunter2",
    );
  });

  it("uses the global tracer for `true`, and nothing for `false`", async () => {
    for (const telemetry of [true, false]) {
      await using sandbox = await createSandbox({ isolation: "none", telemetry });
      expect((await sandbox.run("export default 1")).status).toBe("ok");
    }
  });
});
