/**
 * Feeds OpenTelemetry with spans, one per run and one per call, without argument values, and the metrics beside them.
 * `@opentelemetry/api` is an optional peer, loaded only when the option asks for it.
 */
import type { Meter, Span, Tracer } from "@opentelemetry/api";
import { loadPeer } from "../../optional-peers/load-peer.ts";
import { SandboxError } from "../errors.ts";
import type { RegistryLeaf } from "../../model/registry.ts";
import type { RunTimeStats } from "../result.ts";
import { decode } from "../crossing/host-codec.ts";
import type { Message } from "../crossing/message.ts";
import type { Reply } from "../seam.ts";
import { now } from "../time.ts";
import type { CallHook } from "./hooks.ts";
import { createMetrics, ours, type Metrics } from "./metrics.ts";
import { isError, readString } from "./look.ts";

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
  /** Watches one call, from before it is looked at until it is answered. */
  watchCall(leaf: Pick<RegistryLeaf, "name" | "mode">): CallWatch;
  end(outcome: {
    readonly status: string;
    readonly code?: string | undefined;
    readonly calls: number;
    readonly times: RunTimeStats;
  }): void;
}

/** How one call ends, which is more than what its function did: a result may be refused, and an answer come too late. */
export interface CallWatch {
  /** Middleware that puts a span around the call, inside the run's span and around the host's own middleware. */
  readonly onCall: CallHook;
  /** What the host function has thrown: the script may be told less of it. */
  threw(thrown: unknown): void;
  /** The answer. A call that was refused before its function was called has no span until now. */
  answered(reply: Reply): void;
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
  const failureIn = (error: Message): string => {
    const { value } = decode(error, Infinity) as { readonly value?: unknown };
    const code = isError(value) ? readString(value, "code") : undefined;
    return code !== undefined && ours.has(code) ? code : nameOf(value);
  };
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
      const open = new Set<(failure: string) => void>();
      const watchCall: RunSpan["watchCall"] = ({ name, mode }) => {
        let span: Span | undefined;
        let began = now();
        let thrownName: string | undefined;
        const startSpan = (): Span => {
          const of = { "isobind.binding": name, "isobind.mode": mode, "isobind.run.id": runId };
          open.add(close);
          began = now();
          return tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes: of }, parent);
        };
        const close = (failure: string | undefined): void => {
          open.delete(close);
          metrics.called({ binding: name, seconds: (now() - began) / 1_000, error: failure });
          if (span && failure !== undefined) fail(span, failure);
          span?.end();
        };
        return {
          onCall(_, next) {
            const around = (span = startSpan());
            return context.with(trace.setSpan(parent, around), () => next());
          },
          threw(thrown) {
            thrownName = nameOf(thrown);
          },
          answered(reply) {
            if (span && !open.has(close)) return; // The run ended first and closed it.
            if (reply.kind === "wait") {
              // It is answered in another run, and has not failed.
              open.delete(close);
              return span?.end();
            }
            const failure = reply.kind === "error" ? (thrownName ?? failureIn(reply.error)) : undefined;
            // A script may be over a limit as often as it likes: such calls are counted, and each has no span.
            if (failure !== "ERR_BINDING_LIMIT") span ??= startSpan();
            close(failure);
          },
        };
      };
      return {
        watchCall,
        end({ status, code, calls, times }) {
          // Nobody waits for their answers any more.
          for (const close of open) close("AbortError");
          const { wallMs, queuedMs } = times;
          metrics.ran({ status, code, seconds: wallMs / 1_000, waited: queuedMs / 1_000 });
          runSpan.setAttributes({ "isobind.status": status, "isobind.calls": calls });
          if (status !== "ok" && status !== "suspended") {
            runSpan.setStatus({ code: SpanStatusCode.ERROR, message: code ?? status });
            runSpan.setAttribute("error.type", code ?? status);
          }
          runSpan.end();
        },
      };
    },
  };
}
