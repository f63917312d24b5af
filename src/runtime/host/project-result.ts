/**
 * Takes of a result what the contract declares, before anything else is done with it: what is not declared is not read, not counted
 * and does not cross.
 */
import { projectionOf, type Project } from "../../validation/project/project.ts";
import { maxLevels } from "../../validation/project/state.ts";
import type { LeafTable, Registry, RegistryLeaf } from "../../model/registry.ts";
import type { Refusal } from "./refusal.ts";

export type ProjectedResult =
  | { readonly ok: true; readonly value: unknown; readonly fits: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

/** Throws only what an accessor of the result threw. A leaf without a contract declares nothing, so all of its result is meant. */
export function projectResult(
  leaf: RegistryLeaf,
  result: unknown,
  registry: Registry,
  maxBytes: number,
): ProjectedResult {
  if (leaf.contract === null || typeof result !== "object" || result === null) {
    return { ok: true, value: result, fits: true };
  }
  let project = projects.get(leaf.contract);
  if (project === undefined) {
    project = projectionOf(registry.declarations).results(leaf.contract.signatures);
    projects.set(leaf.contract, project);
  }
  const projected = project(result, maxBytes);
  return projected.ok ? projected : { ok: false, refusal: refusals[projected.reason](leaf.name, maxBytes) };
}

const projects = new WeakMap<LeafTable, Project>();

const refusals = {
  "too-large": (name: string, maxBytes: number): Refusal => ({
    class: "RangeError",
    code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
    message: `${name}, result: the payload is larger than the limit of ${maxBytes} bytes.`,
    data: { maxBytes },
  }),
  "too-deep": (name: string): Refusal => ({
    class: "TypeError",
    code: "ERR_BINDING_NOT_CLONABLE",
    message: `${name}, result: data nested deeper than ${maxLevels} levels cannot cross.`,
    data: { path: "" },
  }),
};
