/**
 * Finds what the contract declares of a leaf's result, for the encoder: what is not declared is not read, not counted and does not cross.
 */
import { projectionOf } from "../../validation/project/project.ts";
import type { Plan } from "../../validation/project/writer.ts";
import { remembered } from "../../model/remembered.ts";
import type { LeafTable, Registry, RegistryLeaf } from "../../model/registry.ts";

/** `undefined` for what has no properties, and for a leaf without a contract: it declares nothing, so all of its result is meant. */
export function declaredResult(
  result: unknown,
  { contract }: RegistryLeaf,
  { declarations }: Registry,
): Plan | undefined {
  if (contract === null || typeof result !== "object") return undefined;
  return remembered(plans, contract, () => projectionOf(declarations).results(contract.signatures));
}

const plans = new WeakMap<LeafTable, Plan>();
