/**
 * Telemetry: OpenTelemetry spans, one per run and one per call, without argument values. `@opentelemetry/api` is an
 * optional peer, loaded only when the option asks for spans.
 */
import type { Span, Tracer } from "@opentelemetry/api";
import { SandboxError } from "../errors.ts";
import type { CallHook } from "./hooks.ts";
import { isError, isThenable, readString } from "./look.ts";

export type TelemetryOption = boolean | { readonly tracer: TracerLike };

/**
 * Any `Tracer` of `@opentelemetry/api`. In words of our own, because the package is optional and our declarations must be
 * readable without it.
 */
export interface TracerLike {
  startSpan(name: string, options?: never, context?: never): object;
}

export interface Telemetry {
  /** Opens the span of a run. */
  startRun(attributes: { readonly runId: string; readonly filename: string }): RunSpan;
}

export interface RunSpan {
  /** Middleware that puts a span around each call, inside the run's span and around the host's own middleware. */
  readonly onCall: CallHook;
  end(outcome: { readonly status: string; readonly code?: string | undefined; readonly calls: number }): void;
}

/** Loads OpenTelemetry, or `null` when spans are not wanted. */
export async function loadTelemetry(option: TelemetryOption | undefined): Promise<Telemetry | null> {
  if (option === undefined || option === false) return null;
  const api = await import(/* webpackIgnore: true */ "@opentelemetry/api").catch((cause: unknown) => {
    throw new SandboxError("ERR_SANDBOX_OPTION", "telemetry: install @opentelemetry/api to record spans.", {
      cause,
    });
  });
  const { context, trace, SpanKind, SpanStatusCode } = api;
  const tracer = option === true ? trace.getTracer("isobind") : (option.tracer as unknown as Tracer);

  const fail = (span: Span, error: unknown): void => {
    const name = isError(error) ? (readString(error, "name") ?? "Error") : typeof error;
    span.setStatus({ code: SpanStatusCode.ERROR, message: name });
    span.setAttribute("error.type", name);
  };

  return {
    startRun({ runId, filename }) {
      const attributes = { "isobind.run.id": runId, "isobind.script": filename };
      const runSpan = tracer.startSpan("isobind.run", { kind: SpanKind.INTERNAL, attributes });
      const parent = trace.setSpan(context.active(), runSpan);
      const open = new Set<Span>();
      const close = (span: Span, error?: { readonly thrown: unknown }): void => {
        if (!open.delete(span)) return; // The run ended first and closed it.
        if (error) fail(span, error.thrown);
        span.end();
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
          open.add(span);
          try {
            const result = context.with(trace.setSpan(parent, span), () => next());
            if (!isThenable(result)) {
              close(span);
              return result;
            }
            const watched = new Promise<unknown>((resolve) => resolve(result));
            watched.then(
              () => close(span),
              (thrown: unknown) => close(span, { thrown }),
            );
            return watched;
          } catch (thrown) {
            close(span, { thrown });
            throw thrown;
          }
        },
        end({ status, code, calls }) {
          for (const span of open) close(span);
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
