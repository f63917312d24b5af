/**
 * Feeds OpenTelemetry with spans, one per run and one per call, without argument values, and the metrics beside them.
 * `@opentelemetry/api` is an optional peer, loaded only when the option asks for it.
 */
import type { Meter, Span, Tracer } from "@opentelemetry/api";
import { loadPeer } from "../../optional-peers/load-peer.ts";
import { SandboxError } from "../errors.ts";
import type { RunTimeStats } from "../result.ts";
import { now } from "../time.ts";
import type { CallHook } from "./hooks.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { isError, isThenable, readString } from "./look.ts";

/** `true`: the tracer and the meter that are registered for the program. One that is given takes the place of that one. */
export type TelemetryOption = boolean | { readonly tracer?: TracerLike; readonly meter?: MeterLike };

/**
 * Any `Tracer` of `@opentelemetry/api`. In words of our own, because the package is optional and our declarations must be
 * readable without it.
 */
export interface TracerLike {
  startSpan(name: string, options?: never, context?: never): object;
}

/** Any `Meter` of `@opentelemetry/api`, in words of our own as well. */
export interface MeterLike {
  createHistogram(name: string, options?: never): object;
  createObservableUpDownCounter(name: string, options?: never): object;
}

export interface Telemetry {
  /** Counts the workers of a sandbox, until the returned function is called. */
  readonly watch: Metrics["watch"];
  /** Opens the span of a run. */
  startRun(attributes: { readonly runId: string; readonly filename: string }): RunSpan;
}

export interface RunSpan {
  /** Middleware that puts a span around each call, inside the run's span and around the host's own middleware. */
  readonly onCall: CallHook;
  end(outcome: {
    readonly status: string;
    readonly code?: string | undefined;
    readonly calls: number;
    readonly times: RunTimeStats;
  }): void;
}

function rethrown(error: unknown): never {
  throw error;
}

/** Loads OpenTelemetry, or `null` when neither spans nor metrics are wanted. */
export async function loadTelemetry(option: TelemetryOption | undefined): Promise<Telemetry | null> {
  if (option === undefined || option === false) return null;
  const api = await loadPeer({
    name: "@opentelemetry/api",
    who: "telemetry: recording spans and metrics",
    // Caught here too, because that tells esbuild that it may be missing.
    load: () => import(/* webpackIgnore: true */ "@opentelemetry/api").catch(rethrown),
    refuse: ({ message, help, cause }) =>
      new SandboxError("ERR_SANDBOX_PACKAGE", `${message} ${help}`, { cause }),
  });
  const { context, metrics: registered, trace, SpanKind, SpanStatusCode } = api;
  const { tracer: ownTracer, meter: ownMeter } = option === true ? {} : option;
  const tracer = (ownTracer as unknown as Tracer | undefined) ?? trace.getTracer("isobind");
  const metrics = createMetrics((ownMeter as unknown as Meter | undefined) ?? registered.getMeter("isobind"));

  const nameOf = (error: unknown): string =>
    isError(error) ? (readString(error, "name") ?? "Error") : typeof error;
  const fail = (span: Span, name: string): void => {
    span.setStatus({ code: SpanStatusCode.ERROR, message: name });
    span.setAttribute("error.type", name);
  };

  return {
    watch: metrics.watch,
    startRun({ runId, filename }) {
      const attributes = { "isobind.run.id": runId, "isobind.script": filename };
      const runSpan = tracer.startSpan("isobind.run", { kind: SpanKind.INTERNAL, attributes });
      const parent = trace.setSpan(context.active(), runSpan);
      const open = new Map<Span, { readonly binding: string; readonly began: number }>();
      const close = (span: Span, failure?: string): void => {
        const call = open.get(span);
        if (!call) return; // The run ended first and closed it.
        open.delete(span);
        metrics.called({ binding: call.binding, seconds: (now() - call.began) / 1_000, error: failure });
        span.end();
      };
      const threw = (span: Span, thrown: unknown): void => {
        const name = nameOf(thrown);
        if (open.has(span)) fail(span, name);
        close(span, name);
      };
      return {
        onCall(call, next) {
          const span = tracer.startSpan(
            call.name,
            {
              kind: SpanKind.INTERNAL,
              attributes: {
                "isobind.binding": call.name,
                "isobind.mode": call.mode,
                "isobind.run.id": runId,
              },
            },
            parent,
          );
          open.set(span, { binding: call.name, began: now() });
          try {
            const result = context.with(trace.setSpan(parent, span), () => next());
            if (!isThenable(result)) {
              close(span);
              return result;
            }
            const watched = new Promise<unknown>((resolve) => resolve(result));
            watched.then(
              () => close(span),
              (thrown: unknown) => threw(span, thrown),
            );
            return watched;
          } catch (thrown) {
            threw(span, thrown);
            throw thrown;
          }
        },
        end({ status, code, calls, times }) {
          // Nobody waits for their answers any more.
          for (const span of open.keys()) close(span, "AbortError");
          const { wallMs, queuedMs } = times;
          metrics.ran({ status, code, seconds: wallMs / 1_000, waited: queuedMs / 1_000 });
          runSpan.setAttributes({ "isobind.status": status, "isobind.calls": calls });
          if (status !== "ok") {
            runSpan.setStatus({ code: SpanStatusCode.ERROR, message: code ?? status });
            runSpan.setAttribute("error.type", code ?? status);
          }
          runSpan.end();
        },
      };
    },
  };
}

/** Two middlewares as one: `outer`, which only watches, runs around `inner`. */
export function compose(outer: CallHook | undefined, inner: CallHook | undefined): CallHook | undefined {
  if (!outer || !inner) return outer ?? inner;
  return (call, next) => outer(call, () => inner(call, next));
}
