/**
 * HostRun: the host side of one run. Every call of the guest comes through here and leaves as a reply:
 *
 *     hostile frame → leaf → budget → decode → validate → (onCall →) host function → mode → encode → validate → reply
 *
 * Nothing here rejects or throws, whatever the guest sent and whatever the host function did, but `MalformedValue` for arguments that are
 * none. Knows no isolate.
 *
 * Host functions and hooks run in the asynchronous context this was created in, which is that of `run()`: calls and console text come from
 * a pipe or an isolate, in a context of theirs, and no user's work may run as another's.
 */
import { AsyncResource } from "node:async_hooks";
import { types } from "node:util";
import type { RegistryLeaf } from "../../model/registry.ts";
import { isSuspension } from "../../registry/suspend.ts";
import { limitsOf, type LimitsOf } from "../limits.ts";
import type { CallAnswer, HostRun, HostUsage } from "../runner.ts";
import { MalformedValue, type Message } from "../crossing/message.ts";
import { consoleLevels, type Arguments, type ModuleRequest, type Reply } from "../seam.ts";
import { createBudget } from "./budget.ts";
import { receive, sendMessage } from "./crossing.ts";
import { DeniedCall } from "./denied-call.ts";
import { follow } from "./follow.ts";
import { around, compose, notify, swallow } from "./hooks.ts";
import { leavesOf, payloadLimit } from "./leaves.ts";
import { isThenable } from "./look.ts";
import type { ModuleHost } from "./module-host.ts";
import { refuse, type Refusal } from "./refusal.ts";
import { asking } from "./approval.ts";
import {
  needsApproval,
  needsJournal,
  noSuchCall,
  notApproved,
  timedOut,
  wrongMode,
} from "./refused-calls.ts";
import { createReplies, type ReplyOptions } from "./replies.ts";
import {
  applyAsync,
  applySync,
  RunningCall,
  RunSignal,
  withAsyncCall,
  withCall,
  type CallingRun,
} from "./running-call.ts";
import type { CallWatch } from "./telemetry.ts";
import { refuseArguments } from "./validate.ts";
import { now } from "../time.ts";

export interface HostRunOptions extends ReplyOptions {
  readonly limits: LimitsOf<"host">;
  /** Ends the run early. */
  readonly signal: AbortSignal;
  /** How many runs this one is inside of. Default: 0. */
  readonly nesting?: number;
  /** The context as a worker that is the host side itself gets it. */
  readonly sentContext?: Message | undefined;
  /** Calls may wait for an answer: the run has a journal. */
  readonly mayWait?: boolean;
  /** What the script may import. */
  readonly modules?: ModuleHost | undefined;
}

export interface OwnedHostRun extends HostRun {
  call(id: number, leaf: number, args: Arguments, said?: CallAnswer): Reply | Promise<Reply>;
  readonly usage: HostUsage;
  /** Counts a call that was made in an earlier process. `refused`: nobody had seen it. */
  recall(leaf: number, refused: boolean): void;
  /** The run is over: contexts of open calls fire with the `reason` that is made for them, late answers are dropped. Twice is fine. */
  end(reason: () => unknown): void;
}

/** Room for the note at the end of a console that has reached its limit. */
const noteBytes = 100;

/** Creates the host side of one run. The owner calls `end` when the run has ended. */
export function createHostRun(options: HostRunOptions): OwnedHostRun {
  const {
    id: runId,
    context,
    registry,
    limits,
    signal,
    hooks,
    errors,
    validateResults,
    nesting = 0,
    modules,
    mayWait = false,
  } = options;
  // A tenth of what a snapshot of `AsyncLocalStorage` costs at each call.
  const place = new AsyncResource("isobind.run", { requireManualDestroy: true });
  const replies = createReplies(options);
  const { leaves, silent } = leavesOf(registry);
  const budget = createBudget(leaves, limits);
  const runSignal = new RunSignal();
  const calling: CallingRun = { id: runId, context, nesting, signal: runSignal };
  /** Calls of one leaf share their context, unless each has a time of its own. */
  const contexts: (RunningCall | undefined)[] = [];
  /** What stops waiting for each open call. */
  const open = new Set<() => void>();
  let argumentBytes = 0;
  let consoleBytes = 0;
  /** As the guest side counts: with one byte for the end of each line. */
  let consoleSpent = 0;
  let over = false;
  /** Counts of a worker that was the host side itself. */
  let adopted: HostUsage | null = null;

  const onAbort = (): void => end(() => signal.reason as unknown);
  signal.addEventListener("abort", onAbort, { once: true });

  function end(reason: () => unknown): void {
    if (over) return;
    over = true;
    signal.removeEventListener("abort", onAbort);
    for (const stop of open) stop();
    open.clear();
    place.runInAsyncScope(() => runSignal.abort(reason));
    modules?.end(runSignal.reason);
  }

  function call(_id: number, index: number, args: Arguments, said?: CallAnswer): Reply | Promise<Reply> {
    return place.runInAsyncScope(answer, undefined, index, args, said);
  }

  function answer(index: number, args: Arguments, said?: CallAnswer): Reply | Promise<Reply> {
    // Only a number: under any other key an array has methods, and under `length` a number.
    const leaf = typeof index === "number" ? leaves[index] : undefined;
    if (over || leaf === undefined) return refuse(noSuchCall);
    const watch = hooks.watchCall?.(leaf);
    const exceeded = budget.enter(index);
    if (exceeded) {
      if (hooks.onRefused !== undefined) tell(leaf, exceeded, argumentsIn(leaf, args));
      const refused = refuse(exceeded);
      watch?.answered(refused);
      return refused;
    }
    let answered: Reply | Promise<Reply>;
    try {
      answered = start(leaf, index, args, said, watch);
    } catch (error) {
      if (error instanceof MalformedValue) throw error;
      // An invariant of ours is broken, or a value that nothing above foresaw: the host must live on and be told.
      answered = replies.broken(leaf, error);
    }
    // A call that waits leaves when its function has settled: one that timed out is still at work on the host.
    if (!(answered instanceof Promise)) {
      budget.leave(index);
      watch?.answered(answered);
    } else if (watch) void answered.then((reply) => watch.answered(reply));
    return answered;
  }

  /** Refuses a call before anyone saw it. */
  function turnAway(index: number, refusal: Refusal, args: readonly unknown[] | null): Reply {
    budget.takeBack(index);
    tell(leaves[index]!, refusal, args);
    return { ...refuse(refusal), refused: true } as Reply;
  }

  /** Tells whoever watches of a call whose function is not called. `args`: `null` when they could not be read. */
  function tell(leaf: RegistryLeaf, { code, message }: Refusal, args: readonly unknown[] | null): void {
    if (hooks.onRefused === undefined) return;
    const { path, name } = leaf;
    notify(hooks.onRefused, { code, message, args, runId: runId.text, context, path, name });
  }

  function argumentsIn(leaf: RegistryLeaf, sent: Arguments): readonly unknown[] | null {
    const received = receive(sent, payloadLimit(leaf, limits.payloadBytes), leaf.name, "arguments");
    return received.ok && Array.isArray(received.value) ? received.value : null;
  }

  /** The function has thrown; one that waits has thrown that. */
  function thrown(
    leaf: RegistryLeaf,
    error: unknown,
    args: readonly unknown[],
    watch: CallWatch | undefined,
  ): Reply {
    if (error instanceof DeniedCall) tell(leaf, error.refusal, args);
    else if (!isSuspension(error)) watch?.threw(error);
    if (!isSuspension(error)) return replies.thrown(leaf, error);
    if (!mayWait) return replies.failure(leaf, needsJournal(leaf));
    const reason = sendMessage(error.reason, limits.payloadBytes, leaf.name, "reason of `suspend`");
    return reason.ok ? { kind: "wait", reason: reason.value } : replies.failure(leaf, reason.refusal);
  }

  function start(
    leaf: RegistryLeaf,
    index: number,
    sent: Arguments,
    said: CallAnswer | undefined,
    watch: CallWatch | undefined,
  ): Reply | Promise<Reply> {
    const received = receive(sent, payloadLimit(leaf, limits.payloadBytes), leaf.name, "arguments");
    if (!received.ok) return turnAway(index, received.refusal, null);
    if (!Array.isArray(received.value)) return turnAway(index, noSuchCall, null);
    argumentBytes += received.bytes;
    const args: readonly unknown[] = received.value;
    const mismatch = refuseArguments(leaf, args, registry, received.bytes);
    if (mismatch) return turnAway(index, mismatch, args);

    if (leaf.policy.approval && said?.approved !== true) {
      if (said?.approved === false) return turnAway(index, notApproved(leaf, said.reason), args);
      if (hooks.approve === undefined) {
        if (!mayWait) return turnAway(index, needsApproval(leaf), args);
        budget.takeBack(index);
        return { kind: "wait", reason: null };
      }
    }
    if (said?.result) return replies.value(leaf, silent[index] ? undefined : said.result.value);

    const { timeoutMs } = leaf.policy;
    const running =
      said !== undefined && said.values.length > 0
        ? new RunningCall(calling, leaf.path, timeoutMs !== undefined, said.values)
        : timeoutMs === undefined
          ? (contexts[index] ??= new RunningCall(calling, leaf.path, false))
          : new RunningCall(calling, leaf.path, true);
    const began = timeoutMs === undefined ? 0 : now();
    let result: unknown;
    try {
      result = invoke(leaf, args, running, said?.approved === true, watch);
    } catch (error) {
      return thrown(leaf, error, args, watch);
    }
    if (isThenable(result)) {
      if (leaf.mode !== "sync") return wait(leaf, index, result, running, args, watch);
      // Only a real promise can become an unhandledRejection; calling `then` of anything else may start its work.
      if (types.isPromise(result)) swallow(result);
      return replies.failure(leaf, wrongMode(leaf));
    }
    // A function that blocks cannot be stopped, but its answer comes too late all the same.
    if (timeoutMs !== undefined && now() - began > timeoutMs) {
      return replies.failure(leaf, timedOut(leaf, timeoutMs));
    }
    return replies.value(leaf, silent[index] ? undefined : result);
  }

  function invoke(
    leaf: RegistryLeaf,
    args: readonly unknown[],
    running: RunningCall,
    isApproved: boolean,
    watch: CallWatch | undefined,
  ): unknown {
    const { approve } = hooks;
    const isAsked = leaf.policy.approval && approve !== undefined && !isApproved;
    const own = watch ? compose(watch.onCall, hooks.onCall) : hooks.onCall;
    const onCall = isAsked ? asking(approve, leaf, own) : own;
    if (onCall) {
      const within = leaf.mode === "sync" ? withCall : withAsyncCall;
      return within(running, () => around(onCall, leaf, args, running));
    }
    return leaf.mode === "sync" ? applySync(leaf.call, args, running) : applyAsync(leaf.call, args, running);
  }

  function wait(
    leaf: RegistryLeaf,
    index: number,
    result: PromiseLike<unknown>,
    running: RunningCall,
    args: readonly unknown[],
    watch: CallWatch | undefined,
  ): Promise<Reply> {
    const { timeoutMs } = leaf.policy;
    return follow({
      result,
      timeoutMs,
      open,
      fulfilled: (value) => replies.value(leaf, silent[index] ? undefined : value),
      rejected: (error) => thrown(leaf, error, args, watch),
      timedOut() {
        const refusal = timedOut(leaf, timeoutMs ?? 0);
        running.timeOut(() => new DOMException(refusal.message, "TimeoutError"));
        return replies.failure(leaf, refusal);
      },
      settled: () => budget.leave(index),
      broken: (error) => replies.broken(leaf, error),
    });
  }

  return {
    get id() {
      return runId.text;
    },
    signal,
    nesting,
    call,
    recall: budget.recall,
    end,
    ...(modules === undefined
      ? {}
      : { load: (requests: readonly ModuleRequest[]) => modules.load(requests) }),
    console(level, text) {
      if (over || !consoleLevels.includes(level) || typeof text !== "string") return;
      const bytes = Buffer.byteLength(text);
      // The guest side counts the same and cuts its console at the limit, with a note behind it; more can only come from one that lies.
      consoleSpent += bytes + 1;
      if (consoleSpent > limits.consoleBytes + noteBytes) return;
      consoleBytes += bytes;
      if (hooks.onConsole === undefined) return;
      place.runInAsyncScope(notify, undefined, hooks.onConsole, { level, text, runId: runId.text, context });
    },
    get usage() {
      return {
        calls: budget.calls,
        argumentBytes,
        resultBytes: replies.resultBytes,
        ...adopted,
        consoleBytes,
      };
    },
    adopt(usage) {
      adopted = usage;
    },
    get settings() {
      return {
        limits: limitsOf("host", limits),
        errors,
        validateResults,
        ...(options.sentContext === undefined ? {} : { context: options.sentContext }),
      };
    },
  };
}
