/**
 * Asks the host before a call of a binding that is marked `@approval`. Whatever is no clear yes is a no: another value, an error while asking, for a binding that is
 * synchronous a promise.
 */
import type { RegistryLeaf } from "../../model/registry.ts";
import { DeniedCall } from "./denied-call.ts";
import { swallow, type BindingCall, type CallHook } from "./hooks.ts";
import { isThenable } from "./look.ts";
import { notApproved } from "./refused-calls.ts";

/** Whether a call may be made. Its arguments have been checked against their types. */
export type Approve = (call: BindingCall) => boolean | Promise<boolean>;

/** A hook that asks, and then goes on with what the host's own hook makes of the call. */
export function asking(approve: Approve, leaf: RegistryLeaf, inner: CallHook | undefined): CallHook {
  const deny = (reason?: string): never => {
    throw new DeniedCall(notApproved(leaf, reason));
  };
  return (call, next) => {
    const go = (): unknown => (inner === undefined ? next() : inner(call, next));
    if (leaf.mode === "async") return ask(approve, call).then((isApproved) => (isApproved ? go() : deny()));
    const answer = askNow(approve, call);
    if (answer === true) return go();
    if (!isThenable(answer)) return deny();
    swallow(answer);
    return deny("a synchronous call cannot wait for an answer");
  };
}

function askNow(approve: Approve, call: BindingCall): unknown {
  try {
    return approve(call);
  } catch {
    return false;
  }
}

async function ask(approve: Approve, call: BindingCall): Promise<boolean> {
  try {
    return (await approve(call)) === true;
  } catch {
    return false;
  }
}
