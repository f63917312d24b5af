/**
 * Holds what one emission leaves for the next one into the same folder: what each stage has made of the parts of its contract, found by
 * the parts themselves. Whoever emits once needs none.
 */
import { contractJsonMemory, type ContractJsonMemory } from "./contract-json.ts";
import type { LayoutMemory } from "./declaration/layout.ts";
import { guardMemory, type GuardMemory } from "./guard/guard.ts";
import { registryMemory, type RegistryMemory } from "./registry/registry.ts";

export interface EmitMemory {
  readonly registry: RegistryMemory;
  readonly declaration: LayoutMemory;
  readonly json: ContractJsonMemory;
  readonly guard: GuardMemory;
}

export function emitMemory(): EmitMemory {
  return {
    registry: registryMemory(),
    declaration: new WeakMap(),
    json: contractJsonMemory(),
    guard: guardMemory(),
  };
}
