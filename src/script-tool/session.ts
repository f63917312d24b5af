/**
 * One sandbox and the runs of one user of the tool: made when the first script comes or when it is told to get ready, gone when the session is closed. Tells each run
 * of its own lines and calls, though a sandbox has its hooks in common for all.
 */
import { randomUUID } from "node:crypto";
import { createSandbox, type CallHook, type Sandbox, type SandboxOptions } from "../runtime/index.ts";
import type { GivenRunOptions } from "../runtime/run-options.ts";
import type { ConsoleLine } from "./console-text.ts";

/** What a run does, as it happens. */
export type Progress =
  | ({ readonly kind: "console" } & ConsoleLine)
  | { readonly kind: "call"; readonly name: string; readonly state: "started" | "done" | "failed" };

/** Hears of one run. */
export type OnProgress = (progress: Progress) => void;

export interface Session {
  /** The run with an id of its own. */
  run(
    source: string,
    options: GivenRunOptions,
    onProgress: OnProgress,
  ): Promise<Awaited<ReturnType<Sandbox["run"]>>>;
  /** Whether a script is running. */
  readonly busy: boolean;
  /** Starts the workers, so that the first script need not wait. */
  warm(): void;
  /** Ends what is running and frees the workers. Twice is fine. */
  close(): Promise<void>;
}

export function openSession(options: SandboxOptions): Session {
  const runs = new Map<string, OnProgress>();
  let sandbox: Promise<Sandbox> | null = null;
  let closed = false;
  const ready = (): Promise<Sandbox> => {
    sandbox ??= createSandbox({
      ...options,
      onConsole(event) {
        runs.get(event.runId)?.({ kind: "console", level: event.level, text: event.text });
        return options.onConsole?.(event);
      },
      // No hook runs beside functions that a worker calls itself.
      ...(options.placement !== "worker" && { onCall: watched(options.onCall, runs) }),
    });
    return sandbox;
  };
  return {
    async run(source, settings, onProgress) {
      const runId = settings.runId ?? randomUUID();
      if (closed) throw new Error("The session has ended.");
      runs.set(runId, onProgress);
      try {
        const made = await ready();
        return await made.run(source, { ...settings, runId } as Parameters<Sandbox["run"]>[1]);
      } finally {
        runs.delete(runId);
      }
    },
    get busy() {
      return runs.size > 0;
    },
    warm: () => void ready().catch(() => {}),
    async close() {
      closed = true;
      // One that could not be made has nothing to free.
      await sandbox?.then(
        (made) => made.dispose(),
        () => {},
      );
    },
  };
}

/** Tells of a call before and after what the owner's own hook makes of it. */
function watched(inner: CallHook | undefined, runs: ReadonlyMap<string, OnProgress>): CallHook {
  return (call, next) => {
    const tell = runs.get(call.runId);
    const told = (state: "started" | "done" | "failed"): void =>
      tell?.({ kind: "call", name: call.name, state });
    told("started");
    let result: unknown;
    try {
      result = inner === undefined ? next() : inner(call, next);
    } catch (error) {
      told("failed");
      throw error;
    }
    if (!(result instanceof Promise)) {
      told("done");
      return result;
    }
    return result.then(
      (value: unknown) => {
        told("done");
        return value;
      },
      (error: unknown) => {
        told("failed");
        throw error;
      },
    );
  };
}
