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
