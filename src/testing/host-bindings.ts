/**
 * The bindings of a registry for code of this very process: what stands in for `SecureExec` where there is no isolate. Each call is answered as
 * a script's is: it crosses, is held to the contract and to its policy, and what comes back is a copy. Nothing is kept from the caller, so this
 * is for the tests of scripts by their own authors.
 */
import type { Registry } from "../model/registry.ts";
import { decode } from "../runtime/crossing/host-codec.ts";
import type { Message } from "../runtime/crossing/message.ts";
import { sendMessage } from "../runtime/host/crossing.ts";
import { createHostRun } from "../runtime/host/host-run.ts";
import { runId } from "../runtime/host/run-id.ts";
import { resolveLimits } from "../runtime/limits.ts";
import type { Primitive, Reply } from "../runtime/seam.ts";
import { treeOf } from "./interpreted.ts";

export interface HostBindings {
  /** The tree, frozen at every level. */
  readonly tree: object;
  /** The run is over: calls in flight are dropped, late ones are refused. */
  end(): void;
}

/** One run of bindings: what policies count, they count anew. */
export function hostBindings(registry: Registry): HostBindings {
  const limits = resolveLimits();
  const run = createHostRun({
    id: runId("test"),
    registry,
    limits,
    // A test has nobody to ask; one of a refusal has an override that throws.
    hooks: { approve: () => true },
    errors: "show",
    validateResults: "error",
    signal: new AbortController().signal,
  });
  const indexes = new Map(registry.leaves.map(({ name }, index) => [name, index]));
  const tree = treeOf(
    registry.namespaces,
    registry.leaves.map(({ path }) => path),
    (path) => {
      const name = path.join(".");
      const leaf = registry.leaves[indexes.get(name) ?? -1];
      const call = (args: readonly unknown[], frames: string): unknown => {
        const sent = sendMessage(args, limits.payloadBytes, name, "arguments");
        if (!sent.ok) throw Object.assign(new TypeError(sent.refusal.message), { code: sent.refusal.code });
        const reply = run.call(0, indexes.get(name) ?? -1, sent.value);
        return reply instanceof Promise ? reply.then((late) => answer(late, frames)) : answer(reply, frames);
      };
      const sync = (...args: unknown[]): unknown => call(args, framesAbove(sync));
      // What is decided before a call waits is a rejection too, as it is in a script.
      const async = async (...args: unknown[]): Promise<unknown> => call(args, framesAbove(async));
      return leaf?.mode === "async" ? async : sync;
    },
  );
  return {
    tree: frozen(tree),
    end: () => run.end(() => new DOMException("The run has ended.", "AbortError")),
  };
}

/** The frames of whoever calls this function: an error of a binding has those of the script that called it, as in a sandbox. */
function framesAbove(called: (...args: unknown[]) => unknown): string {
  const here: { stack?: string } = {};
  Error.captureStackTrace(here, called);
  return (here.stack ?? "").replace(/^.*?(?=\n {4}at |$)/s, "");
}

/** What was answered, or throws what was. */
function answer(reply: Reply, frames: string): unknown {
  switch (reply.kind) {
    case "value":
      return arrived(reply.value);
    case "error":
      throw placed(arrived(reply.error), frames);
    case "pending":
    case "wait":
      throw new Error("A call of this process cannot be pending.");
  }
}

/** Errors cross without a stack of the host: what there is of one is its head. */
function placed(thrown: unknown, frames: string): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { stack = String(thrown) } = thrown;
  return Object.defineProperty(thrown, "stack", {
    value: stack + frames,
    writable: true,
    configurable: true,
  });
}

function arrived(sent: Primitive | Message): unknown {
  if (typeof sent !== "object" || sent === null) return sent;
  const decoded = decode(sent, Number.MAX_SAFE_INTEGER);
  return decoded.ok ? decoded.value : undefined;
}

function frozen(tree: object): object {
  for (const member of Object.values(tree)) if (typeof member === "object") frozen(member as object);
  return Object.freeze(tree);
}
