/**
 * Holds what one emission leaves for the next one into the same folder: what each stage has made of the parts of its contract, found by
 * the parts themselves, and what it has made of the whole. Whoever emits once needs none.
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

/** Memory for a folder. What another folder's knows of parts is known here, too: contracts of one project have types in common. */
export function emitMemory(other?: EmitMemory): EmitMemory {
  return {
    registry: registryMemory(other?.registry),
    declaration: other?.declaration ?? new WeakMap(),
    json: other?.json ?? contractJsonMemory(),
    guard: guardMemory(other?.guard),
  };
}
