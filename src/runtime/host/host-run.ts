/**
 * HostRun: the host side of one run. Every call of the guest comes through here and leaves as a reply:
 *
 *     hostile frame → leaf → budget → decode → validate → (onCall →) host function → mode → encode → validate → reply
 *
 * Nothing here throws or rejects, whatever the guest sent and whatever the host function did. Knows no isolate.
 */
import type { Registry, RegistryLeaf } from "../../contract/registry.ts";
import type { ResolvedLimits } from "../limits.ts";
import type { HostRun, HostUsage } from "../runner.ts";
import type { ConsoleLevel, Parcel, Reply } from "../seam.ts";
import { createBudget } from "./budget.ts";
import { receive, send, type Sent } from "./crossing.ts";
import { notify, swallow, type CallHook, type Hooks } from "./hooks.ts";
import { payloadLimit, returnsNothing } from "./leaves.ts";
import { isThenable } from "./look.ts";
import { refuse, type Refusal } from "./refusal.ts";
import { RunSignal, RunningCall, withAsyncCall, withCall } from "./running-call.ts";
import { replyThrown } from "./thrown.ts";
import { refuseArguments, refuseResult } from "./validate.ts";
import { types } from "node:util";

export type { HostUsage } from "../runner.ts";

export interface HostRunOptions {
  readonly id: string;
  readonly registry: Registry;
  readonly limits: Pick<ResolvedLimits, "payloadBytes" | "calls" | "concurrency" | "consoleBytes">;
  /** Ends the run early. */
  readonly signal: AbortSignal;
  readonly hooks: Hooks;
  readonly errors: "show" | "mask";
  readonly validateResults: "off" | "error";
}

export interface OwnedHostRun extends HostRun {
  readonly usage: HostUsage;
  /** The run is over: contexts of open calls fire with `reason`, late answers are dropped. Twice is fine. */
  end(reason: unknown): void;
}

const consoleLevels: ReadonlySet<unknown> = new Set<ConsoleLevel>(["log", "info", "warn", "error", "debug"]);

/** Creates the host side of one run. The owner calls `end` when the run has ended. */
export function createHostRun(options: HostRunOptions): OwnedHostRun {
  const { id: runId, registry, limits, signal, hooks } = options;
  const budget = createBudget(registry.leaves, limits);
  const runSignal = new RunSignal();
  /** What stops waiting for each open call. */
  const open = new Set<() => void>();
  let argumentBytes = 0;
  let resultBytes = 0;
  let consoleBytes = 0;
  let failures = 0;
  let over = false;
  /** Counts of a worker that was the host side itself. */
  let adopted: HostUsage | null = null;

  const onAbort = (): void => end(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });

  function end(reason: unknown): void {
    if (over) return;
    over = true;
    signal.removeEventListener("abort", onAbort);
    for (const stop of open) stop();
    open.clear();
    runSignal.abort(reason);
  }

  function call(_id: number, index: number, args: Parcel): Reply | Promise<Reply> {
    // Only a number: under any other key an array has methods, and under `length` a number.
    const leaf = typeof index === "number" ? registry.leaves[index] : undefined;
    if (over || leaf === undefined) return refuse(noSuchCall);
    const exceeded = budget.enter(index);
    if (exceeded) return refuse(exceeded);
    let answered: Reply | Promise<Reply> | undefined;
    try {
      answered = start(leaf, args);
    } catch (error) {
      // An invariant of ours is broken, or a value that nothing above foresaw: the host must live on and be told.
      answered = failed(leaf, error);
    }
    if (!(answered instanceof Promise)) {
      budget.leave(index);
      return answered;
    }
    return answered.finally(() => budget.leave(index));
  }

  function start(leaf: RegistryLeaf, parcel: Parcel): Reply | Promise<Reply> {
    const received = receive(parcel, payloadLimit(leaf, limits.payloadBytes), `${leaf.name}, arguments`);
    if (!received.ok) return refuse(received.refusal);
    if (!Array.isArray(received.value)) return refuse(noSuchCall);
    argumentBytes += received.bytes;
    const args: readonly unknown[] = received.value;
    const mismatch = refuseArguments(leaf, args, registry);
    if (mismatch) return refuse(mismatch);

    const running = new RunningCall(runId, leaf.path, runSignal, leaf.policy.timeoutMs !== undefined);
    const began = leaf.policy.timeoutMs === undefined ? 0 : performance.now();
    let result: unknown;
    try {
      result = invoke(leaf, args, running);
    } catch (error) {
      return thrown(leaf, error);
    }
    const waits = isThenable(result);
    if (leaf.mode === "sync") {
      if (waits) {
        // Only a real promise can become an unhandledRejection; calling `then` of anything else may start its work.
        if (types.isPromise(result)) swallow(result);
        return failure(leaf, wrongMode(leaf));
      }
      const { timeoutMs } = leaf.policy;
      if (timeoutMs !== undefined && performance.now() - began > timeoutMs)
        return failure(leaf, timedOut(leaf));
      return answer(leaf, result);
    }
    if (waits) return follow(leaf, result as PromiseLike<unknown>, running);
    return answer(leaf, result);
  }

  function invoke(leaf: RegistryLeaf, args: readonly unknown[], running: RunningCall): unknown {
    const within = leaf.mode === "sync" ? withCall : withAsyncCall;
    const { onCall } = hooks;
    if (!onCall) return within(running, () => Reflect.apply(leaf.call, undefined, args));
    return within(running, () => around(onCall, leaf, args, running));
  }

  /**
   * The reply of a call that waits: its answer or its timeout, whichever comes first. When the run ends before both, it
   * stays pending for ever: nobody is left to read it.
   */
  function follow(leaf: RegistryLeaf, result: PromiseLike<unknown>, running: RunningCall): Promise<Reply> {
    return new Promise<Reply>((resolve) => {
      const { timeoutMs } = leaf.policy;
      const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
      const stop = (): void => {
        clearTimeout(timer);
        open.delete(stop);
        stopped = true;
      };
      let stopped = false;
      const settle = (reply: () => Reply): void => {
        if (stopped) return; // A late answer: the timeout or the end of the run came first.
        stop();
        try {
          resolve(reply());
        } catch (error) {
          resolve(failed(leaf, error));
        }
      };
      function onTimeout(): void {
        settle(() => failure(leaf, timedOut(leaf)));
        running.timeOut(timeoutReason(leaf));
      }
      open.add(stop);
      // Resolving reads `then` once and turns whatever it throws into a rejection.
      new Promise<unknown>((settleWith) => settleWith(result)).then(
        (value) => settle(() => answer(leaf, value)),
        (error: unknown) => settle(() => thrown(leaf, error)),
      );
    });
  }

  function answer(leaf: RegistryLeaf, value: unknown): Reply {
    let sent: Sent;
    try {
      const crossing = returnsNothing(leaf) ? undefined : value;
      sent = send(crossing, payloadLimit(leaf, limits.payloadBytes), `${leaf.name}, result`);
    } catch (error) {
      return thrown(leaf, error); // An accessor of the result threw: the host function's own doing.
    }
    if (!sent.ok) return failure(leaf, sent.refusal);
    if (options.validateResults === "error") {
      const mismatch = refuseResult(leaf, sent.parcel, registry);
      if (mismatch) return failure(leaf, mismatch.refusal, mismatch.detail);
    }
    resultBytes += sent.bytes;
    return { kind: "value", parcel: sent.parcel, bytes: sent.bytes };
  }

  function thrown(leaf: RegistryLeaf, error: unknown): Reply {
    return replyThrown(error, {
      leaf,
      declarations: registry.declarations,
      errors: options.errors,
      payloadBytes: payloadLimit(leaf, limits.payloadBytes),
      report: (undeclared) => report(leaf, undeclared, "ERR_BINDING_FAILED"),
    });
  }

  /** A refusal that is the host's own doing: the script gets it, and the host hears of it. */
  function failure(leaf: RegistryLeaf, refusal: Refusal, detail = refusal.message): Reply {
    report(leaf, new Error(detail), refusal.code);
    return refuse(refusal);
  }

  function failed(leaf: RegistryLeaf, error: unknown): Reply {
    const id = report(leaf, error, "ERR_BINDING_FAILED");
    return refuse({
      class: "Error",
      code: "ERR_BINDING_FAILED",
      message: `${leaf.name} failed. The host knows this failure as ${id}.`,
      data: { binding: leaf.name, id },
    });
  }

  function report(leaf: RegistryLeaf, error: unknown, code: Refusal["code"]): string {
    failures += 1;
    const id = `${runId}-${failures}`;
    notify(hooks.onError, { error, code, id, runId, path: leaf.path, name: leaf.name });
    return id;
  }

  return {
    id: runId,
    signal,
    call,
    end,
    console(level, text) {
      if (over || !consoleLevels.has(level) || typeof text !== "string") return;
      const bytes = Buffer.byteLength(text);
      // The guest side cuts its console at the limit; text beyond it can only come from a guest side that lies.
      if (consoleBytes + bytes > limits.consoleBytes) return;
      consoleBytes += bytes;
      notify(hooks.onConsole, { level, text, runId });
    },
    get usage() {
      return { calls: budget.calls, argumentBytes, resultBytes, ...adopted, consoleBytes };
    },
    adopt(usage) {
      adopted = usage;
    },
    settings: {
      limits: {
        payloadBytes: limits.payloadBytes,
        calls: limits.calls,
        concurrency: limits.concurrency,
        consoleBytes: limits.consoleBytes,
      },
      errors: options.errors,
      validateResults: options.validateResults,
    },
  };
}

/** Runs middleware around a call; its `next` is the host function in the mode of the leaf. */
function around(hook: CallHook, leaf: RegistryLeaf, args: readonly unknown[], running: RunningCall): unknown {
  const next = (changed: readonly unknown[] = args): unknown => {
    if (leaf.mode !== "async") return Reflect.apply(leaf.call, undefined, changed);
    const result = (async () => Reflect.apply(leaf.call, undefined, changed) as unknown)();
    swallow(result); // Middleware may deny after `next()` without looking at its promise.
    return result;
  };
  const { name, mode, path } = leaf;
  const { runId } = running;
  return hook({ name, mode, path, runId, args, get signal() { return running.signal; } }, next); // prettier-ignore
}

/** For frames that name no leaf, and for calls of a run that is over. Only a guest side that lies can see it. */
const noSuchCall: Refusal = {
  class: "Error",
  code: "ERR_BINDING_FAILED",
  message: "There is no such binding, or the run is over.",
};

function wrongMode(leaf: RegistryLeaf): Refusal {
  return {
    class: "TypeError",
    code: "ERR_BINDING_MODE",
    message: `${leaf.name} is declared synchronous, but its host function returned a promise.`,
    data: { binding: leaf.name },
  };
}

function timedOut(leaf: RegistryLeaf): Refusal {
  const timeoutMs = leaf.policy.timeoutMs ?? 0;
  return {
    class: "Error",
    code: "ERR_BINDING_TIMEOUT",
    message: `${leaf.name} took longer than ${timeoutMs} ms.`,
    data: { binding: leaf.name, timeoutMs },
  };
}

function timeoutReason(leaf: RegistryLeaf): DOMException {
  return new DOMException(timedOut(leaf).message, "TimeoutError");
}
