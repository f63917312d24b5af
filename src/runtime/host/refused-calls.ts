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

/** A failure of which the script learns only that: the host knows it by its `id`. */
export function failed(leaf: RegistryLeaf, id: string): Refusal {
  return ofLeaf(leaf, "ERR_BINDING_FAILED", `failed. The host knows this failure as ${id}`, { id });
}

export function wrongMode(leaf: RegistryLeaf): Refusal {
  const message = "is declared synchronous, but its host function returned a promise";
  return { ...ofLeaf(leaf, "ERR_BINDING_MODE", message), class: "TypeError" };
}

export function timedOut(leaf: RegistryLeaf, timeoutMs: number): Refusal {
  return ofLeaf(leaf, "ERR_BINDING_TIMEOUT", `took longer than ${timeoutMs} ms`, { timeoutMs });
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

function cannotWait(leaf: RegistryLeaf, why: string): Refusal {
  return ofLeaf(leaf, "ERR_JOURNAL_REQUIRED", `was not carried out: ${why}`);
}

/** A person has said no. */
export function notApproved(leaf: RegistryLeaf, reason = ""): Refusal {
  const why = reason === "" ? "" : ` (${reason})`;
  return ofLeaf(leaf, "ERR_BINDING_APPROVAL", `was not called: it was not approved${why}`);
}

/** `said` follows the name of the binding. */
function ofLeaf(
  { name }: RegistryLeaf,
  code: Refusal["code"],
  said: string,
  more: Refusal["data"] = {},
): Refusal {
  return { class: "Error", code, message: `${name} ${said}.`, data: { binding: name, ...more } };
}
