/**
 * Runs scripts, one fresh isolate each, and knows which are running: so that closing can wait for them and disposing ends them.
 * What a script may do to its host is decided by the runner, what it may ask of it by the host run.
 */
import {
  askRun,
  hostSide,
  limitsOfRun,
  refusalOf,
  type AskedRun,
  type HostSide,
  type Parts,
} from "./asked-run.ts";
import { SandboxError } from "./errors.ts";
import type { OwnedHostRun } from "./host/host-run.ts";
import { runId } from "./host/run-id.ts";
import {
  identityOf,
  openJournal,
  runRecorded,
  startJournal,
  withRecordedInput,
  type JournaledRun,
} from "./journaled-run.ts";
import type { ResolvedLimits } from "./limits.ts";
import { enterNesting } from "./nesting.ts";
import { outside } from "./outside.ts";
import { expectSameZone } from "./regional.ts";
import type { RunResult, Wait } from "./result.ts";
import { endReason, toResult } from "./run-end.ts";
import { checkRunOptions, type GivenRunOptions } from "./run-options.ts";
import { RunTimes } from "./run-times.ts";
import type { HostRun, RunEnd, Runner } from "./runner.ts";
import type { Sandbox, SandboxStats } from "./sandbox.ts";
import { noUsage, ownError, type GuestScript } from "./seam.ts";

export class LiveSandbox implements Omit<Sandbox, "run"> {
  readonly limits: ResolvedLimits;
  readonly #parts: Parts;
  /** One controller per run in progress; aborting them all is what disposal starts with. */
  readonly #running = new Set<AbortController>();
  #runs = 0;
  #closing: Promise<void> | undefined;
  #disposal: Promise<void> | undefined;
  readonly #unwatch: (() => void) | undefined;
  /** Hears that no run is in progress any more. */
  #drained: () => void = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
    this.limits = Object.freeze({ ...parts.limits });
    this.#unwatch = parts.telemetry?.watch(() => parts.runner.stats);
  }

  get alive(): boolean {
    return this.#closing === undefined && this.#disposal === undefined;
  }

  stats(): SandboxStats {
    const { busy, idle, waiting } = this.#parts.runner.stats;
    return { busy, idle, waiting, runs: this.#runs };
  }

  async run(source: string, given: GivenRunOptions = {}): Promise<RunResult> {
    const nesting = enterNesting();
    if (this.#disposal) throw gone("disposed");
    // What is in progress is finished, and that includes the runs its host functions start.
    if (this.#closing && nesting === 0) throw gone("closed");
    const times = new RunTimes();
    checkRunOptions(source, given);
    const { journal } = given;
    // Nothing is awaited without one: a run takes its place in the line when it is asked for.
    if (journal === undefined) return this.#run(source, given, null, nesting, times);
    const { options } = this.#parts;
    const { wallMs } = limitsOfRun(this.#parts, given);
    const journaled = await openJournal({ ...given, journal }, options.placement, wallMs);
    let result: RunResult | undefined;
    try {
      if (this.#disposal) throw gone("disposed");
      return (result = await this.#run(source, given, journaled, nesting, times));
    } finally {
      await journaled.close(result?.status);
    }
  }

  async #run(
    source: string,
    given: GivenRunOptions,
    journaled: JournaledRun | null,
    nesting: number,
    times: RunTimes,
  ): Promise<RunResult> {
    const { options, telemetry, regional, registry } = this.#parts;
    if (options.isolation === "none") expectSameZone(regional);
    const asked = askRun(this.#parts, source, withRecordedInput(journaled, given));
    const id = runId(given.runId);
    const span = telemetry?.startRun({ runId: id.text, filename: asked.script.filename });
    const { signal, release } = this.#startRun(given.signal);
    const own = { id, signal, nesting, mayWait: journaled !== null, watchCall: span?.watchCall };
    const began = (): void => {
      times.begin();
      this.#runs++;
    };
    let host: OwnedHostRun | undefined;
    let ended: Ended;
    try {
      // Reads what the caller gave, which may throw.
      const side = hostSide(this.#parts, asked, own);
      host = side.host;
      ended = await this.#carryOut(asked, side, journaled, began);
    } catch (error) {
      release();
      host?.end(() => error);
      span?.end({ status: "error", code: codeOf(error), calls: 0, times: times.end() });
      throw error;
    }
    const { end, waits } = ended;
    release();
    host.end(() => endReason(end));
    if (end.kind === "busy") {
      span?.end({ status: "busy", code: "ERR_SANDBOX_BUSY", calls: 0, times: times.end() });
      throw new SandboxError("ERR_SANDBOX_BUSY", end.error.message);
    }
    const { limits, kind } = asked;
    const result = toResult(end, times.end(), host, { limits, registry, kind, waits });
    span?.end({
      status: result.status,
      code: result.status === "ok" ? undefined : (result.error.code ?? result.error.name),
      calls: result.stats.calls,
      times: result.stats,
    });
    return result;
  }

  /** Has the runner run the script, with a journal or without, unless something refuses it. */
  async #carryOut(
    asked: AskedRun,
    side: HostSide,
    journaled: JournaledRun | null,
    began: () => void,
  ): Promise<Ended> {
    const { registry, regional, runner, options } = this.#parts;
    const { script, limits } = asked;
    const { host } = side;
    const asking = refusalOf(this.#parts, asked, side);
    // Only a promise is awaited: every other run takes its place in the line at once.
    const refusal = asking instanceof Promise ? await asking : asking;
    if (refusal) return { end: { kind: "error", error: refusal, usage: noUsage }, waits: [] };
    if (journaled === null) return { end: await run(runner, script, host, began), waits: [] };
    const identity = identityOf(script, asked.options, registry, regional);
    const canHold = options.isolation !== "none";
    const started = await startJournal(journaled, identity, { host, registry, canHold, limits });
    return runRecorded(started, (recording, replay) => run(runner, { ...script, replay }, recording, began));
  }

  close(): Promise<void> {
    this.#closing ??= this.#drain();
    return this.#closing;
  }

  async #drain(): Promise<void> {
    if (this.#running.size > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
    await this.dispose();
  }

  dispose(): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #dispose(): Promise<void> {
    const reason = gone("disposed");
    this.#unwatch?.();
    for (const controller of this.#running) controller.abort(reason);
    await outside(() => this.#parts.runner.dispose());
  }

  /**
   * The signal of one run: the caller's, or disposal. Linked by hand and unlinked at the end, because a caller may pass one
   * long-lived signal to a million runs.
   */
  #startRun(caller: AbortSignal | undefined): { signal: AbortSignal; release: () => void } {
    const controller = new AbortController();
    const forward = (): void => controller.abort(caller?.reason);
    if (caller?.aborted) forward();
    else caller?.addEventListener("abort", forward, { once: true });
    this.#running.add(controller);
    return {
      signal: controller.signal,
      release: () => {
        caller?.removeEventListener("abort", forward);
        this.#running.delete(controller);
        if (this.#running.size === 0) this.#drained();
      },
    };
  }
}

/** How a run ended, and what it waits for when it is suspended. */
interface Ended {
  readonly end: RunEnd;
  readonly waits: readonly Wait[];
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "Error";
}

function gone(how: "closed" | "disposed"): SandboxError {
  return new SandboxError("ERR_SANDBOX_DISPOSED", `The sandbox has been ${how}.`);
}

async function run(runner: Runner, script: GuestScript, host: HostRun, began: () => void): Promise<RunEnd> {
  try {
    return await outside(() => runner.run(script, host, began));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const error = ownError("ERR_SANDBOX_CRASHED", `The run could not be carried out: ${why}`);
    return { kind: "crashed", error, usage: noUsage };
  }
}
