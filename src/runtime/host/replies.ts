/**
 * Makes replies: what a call is answered with, once its host function has returned, thrown or broken a rule. Everything the
 * host should hear of is reported on the way.
 */
import type { HostContext } from "../../registry/call-context.ts";
import type { Registry, RegistryLeaf } from "../../model/registry.ts";
import type { Reply } from "../seam.ts";
import { send, type Sent } from "./crossing.ts";
import { declaredResult } from "./declared-result.ts";
import { notify, type Hooks } from "./hooks.ts";
import { payloadLimit } from "./leaves.ts";
import { refuse, type Refusal } from "./refusal.ts";
import { failed } from "./refused-calls.ts";
import type { RunId } from "./run-id.ts";
import { replyThrown } from "./thrown.ts";
import { refuseResult } from "./validate.ts";

export interface ReplyOptions {
  readonly id: RunId;
  /** What the host gave this run; for its hooks and functions alone. */
  readonly context?: HostContext;
  readonly registry: Registry;
  readonly limits: { readonly payloadBytes: number };
  readonly hooks: Hooks;
  readonly errors: "show" | "mask";
  readonly validateResults: "off" | "error";
}

export type Replies = ReturnType<typeof createReplies>;

export function createReplies(options: ReplyOptions) {
  const { id: runId, context, registry, limits, hooks } = options;
  let resultBytes = 0;
  let failures = 0;

  function report(leaf: RegistryLeaf, error: unknown, code: Refusal["code"]): string {
    failures += 1;
    const id = `${runId.text}-${failures}`;
    notify(hooks.onError, { error, code, id, runId: runId.text, context, path: leaf.path, name: leaf.name });
    return id;
  }

  /** The leaf answers with `value`. */
  function value(leaf: RegistryLeaf, returned: unknown): Reply {
    const maxBytes = payloadLimit(leaf, limits.payloadBytes);
    const isChecked = options.validateResults === "error";
    let sent: Sent;
    let whole: Sent | null = null;
    try {
      sent = send(returned, maxBytes, leaf.name, "result", declaredResult(returned, leaf, registry));
      if (isChecked && !sent.fits) whole = send(returned, maxBytes, leaf.name, "result");
    } catch (error) {
      return thrown(leaf, error); // An accessor of the result threw: the host function's own doing.
    }
    // A value of another kind than declared is judged as it was: the host is told what that is, not what is left of it.
    const mismatch =
      (whole?.ok ? refuseResult(leaf, whole.value, registry, whole.bytes) : null) ??
      (isChecked && sent.ok ? refuseResult(leaf, sent.value, registry, sent.bytes) : null);
    if (mismatch) return failure(leaf, mismatch.refusal, mismatch.detail);
    if (!sent.ok) return failure(leaf, sent.refusal);
    resultBytes += sent.bytes;
    return { kind: "value", value: sent.value, bytes: sent.bytes };
  }

  /** The function threw, or its promise was rejected with, `error`. */
  function thrown(leaf: RegistryLeaf, error: unknown): Reply {
    return replyThrown(error, {
      leaf,
      declarations: registry.declarations,
      errors: options.errors,
      payloadBytes: payloadLimit(leaf, limits.payloadBytes),
      report: (undeclared) => report(leaf, undeclared, "ERR_BINDING_FAILED"),
    });
  }

  /** A refusal that is the host's own doing: the script gets it, and the host hears of it, in more `detail`. */
  function failure(leaf: RegistryLeaf, refusal: Refusal, detail = refusal.message): Reply {
    report(leaf, new Error(detail), refusal.code);
    return refuse(refusal);
  }

  /** Something of ours broke; the run goes on, and the script learns only that. */
  function broken(leaf: RegistryLeaf, error: unknown): Reply {
    return refuse(failed(leaf, report(leaf, error, "ERR_BINDING_FAILED")));
  }

  return {
    value,
    thrown,
    failure,
    broken,
    get resultBytes() {
      return resultBytes;
    },
  };
}
