/**
 * Observes the calls of a registry, as scripts see them: what they passed, and what they were given. Not what the host functions returned: a
 * column that no type declares, the stack of an error and the paths of the host stay on the host.
 */
import { isThenable } from "../../runtime/host/look.ts";
import type { Refusal } from "../../runtime/host/refusal.ts";
import { timedOut } from "../../runtime/host/refused-calls.ts";
import { returnsNothing } from "../../runtime/host/leaves.ts";
import { createReplies } from "../../runtime/host/replies.ts";
import { runId } from "../../runtime/host/run-id.ts";
import { decode } from "../../runtime/crossing/host-codec.ts";
import type { Reply } from "../../runtime/seam.ts";
import { toJsonForm, type Json } from "../../json-form/index.ts";
import type { Registry, RegistryLeaf } from "../../model/registry.ts";
import { callContextSlot } from "../../registry/call-context.ts";
import { isSuspension } from "../../registry/suspend.ts";
import { withCalls } from "../contract-source.ts";
import type { RecordedCall } from "./recording.ts";

export interface CallObserver {
  /** Before the host function is called. */
  started?(call: Pick<RecordedCall, "call" | "name" | "args">): void;
  /** The host function waits for an answer that comes later: it is called once more then. */
  suspended?(call: Pick<RecordedCall, "call" | "name" | "args">): void;
  /** Once a call has been answered. */
  answered(call: RecordedCall): void;
}

/** The same registry, with someone who hears of each call. `observer` is asked for at each call: there may be one for each run. */
export function observeCalls(
  registry: Registry,
  observer: () => CallObserver,
  errors: "show" | "mask" = "show",
): Registry {
  const replies = createReplies({
    id: runId("recording"),
    registry,
    // What crosses and what does not is for the sandbox to say; an observer sees what there is.
    limits: { payloadBytes: Infinity },
    hooks: {},
    errors,
    validateResults: "off",
  });
  const counts = new WeakMap<CallObserver, number>();
  return Object.freeze(
    withCalls(registry, (leaf) => (...args: unknown[]) => {
      const watching = observer();
      const call = (counts.get(watching) ?? 0) + 1;
      counts.set(watching, call);
      // Before the function can change them.
      const told = { call, name: leaf.name, args: toJsonForm(args) };
      watching.started?.(told);
      let isTold = false;
      const note = (reply: Reply): void => {
        if (isTold) return;
        isTold = true;
        watching.answered({ ...told, ...answerOf(reply) });
      };
      const answered = <T>(result: T): T => {
        note(replies.value(leaf, returnsNothing(leaf) ? undefined : result));
        return result;
      };
      const failed = (error: unknown): never => {
        if (isSuspension(error) && !isTold) watching.suspended?.(told);
        else note(replies.thrown(leaf, error));
        throw error;
      };
      // A script is answered when the time is over, whenever the function settles.
      whenLate(leaf, (refusal) => note(replies.failure(leaf, refusal)));
      let result: unknown;
      try {
        result = Reflect.apply(leaf.call, undefined, args);
      } catch (error) {
        return failed(error);
      }
      if (!isThenable(result)) return answered(result);
      return isPromised(leaf) ? Promise.resolve(result).then(answered, failed) : result;
    }),
  );
}

/** Calls back when the `@timeout` of the call that is under way is over. */
function whenLate(leaf: RegistryLeaf, late: (refusal: Refusal) => void): void {
  const { timeoutMs } = leaf.policy;
  if (timeoutMs === undefined || !isPromised(leaf)) return;
  const refusal = timedOut(leaf, timeoutMs);
  // A host may also call the functions itself.
  const signal = (callContextSlot.current ?? callContextSlot.store?.getStore())?.signal;
  // Other ends of a call have other reasons, and are the run's.
  const look = (): void => {
    const reason: unknown = signal?.reason;
    if (reason instanceof DOMException && reason.message === refusal.message) late(refusal);
  };
  signal?.addEventListener("abort", look, { once: true });
}

/** A promise of a synchronous leaf is a mistake, and no answer. */
function isPromised({ mode }: RegistryLeaf): boolean {
  return mode !== "sync";
}

function answerOf(reply: Reply): Pick<RecordedCall, "result" | "error"> {
  switch (reply.kind) {
    case "value":
      return { result: jsonOf(reply.value) };
    case "error":
      return { error: jsonOf(reply.error) };
    case "pending":
    case "wait":
      throw new Error("What has been answered cannot be pending.");
  }
}

/** What a script gets, in the JSON form. */
function jsonOf(sent: Extract<Reply, { kind: "value" }>["value"]): Json {
  if (typeof sent !== "object" || sent === null) return toJsonForm(sent);
  const decoded = decode(sent, Infinity);
  return toJsonForm(decoded.ok ? decoded.value : undefined);
}
