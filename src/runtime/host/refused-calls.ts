/**
 * Makes the refusals of calls that need nothing but the leaf.
 */
import type { RegistryLeaf } from "../../model/registry.ts";
import type { Refusal } from "./refusal.ts";

/** For frames that name no leaf, and for calls of a run that is over. Only a guest side that lies can see it. */
export const noSuchCall: Refusal = {
  class: "Error",
  code: "ERR_BINDING_FAILED",
  message: "There is no such binding, or the run is over.",
};

export function wrongMode(leaf: RegistryLeaf): Refusal {
  return {
    class: "TypeError",
    code: "ERR_BINDING_MODE",
    message: `${leaf.name} is declared synchronous, but its host function returned a promise.`,
    data: { binding: leaf.name },
  };
}

export function timedOut(leaf: RegistryLeaf, timeoutMs: number): Refusal {
  return {
    class: "Error",
    code: "ERR_BINDING_TIMEOUT",
    message: `${leaf.name} took longer than ${timeoutMs} ms.`,
    data: { binding: leaf.name, timeoutMs },
  };
}

/** A call that a person must approve, in a run where nobody can be asked. */
export function needsApproval(leaf: RegistryLeaf): Refusal {
  return cannotWait(
    leaf,
    "a person must approve each call of it, and nobody can be asked; the sandbox has no `approve`, and the run no journal to wait in",
  );
}

/** A call whose function waits for an answer of another day, in a run that ends before. */
export function needsJournal(leaf: RegistryLeaf): Refusal {
  return cannotWait(leaf, "its answer comes later than this run can wait; it has no journal to wait in");
}

function cannotWait({ name }: RegistryLeaf, why: string): Refusal {
  return {
    class: "Error",
    code: "ERR_JOURNAL_REQUIRED",
    message: `${name} was not carried out: ${why}.`,
    data: { binding: name },
  };
}

/** A person has said no. */
export function notApproved({ name }: RegistryLeaf, reason: string | undefined): Refusal {
  return {
    class: "Error",
    code: "ERR_BINDING_APPROVAL",
    message: `${name} was not called: it was not approved${reason === undefined || reason === "" ? "" : ` (${reason})`}.`,
    data: { binding: name },
  };
}
