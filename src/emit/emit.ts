/**
 * Emits the text of three files from a checked contract. Pure: same contract, same bytes; writing is elsewhere.
 */
import type { Contract } from "../model/contract.ts";
import { type ContractOutput, contractOutputs, type OutputFile } from "../stages.ts";
import { dataOf, emitContractJson } from "./contract-json.ts";
import { emitDeclaration } from "./declaration/declaration.ts";
import { guardContractJson, guardDeclaration, guardRegistry } from "./guard/guard.ts";
import { emitMemory, type EmitMemory } from "./memory.ts";
import { emitRegistry, type RegistryOptions } from "./registry/registry.ts";

export { emitMemory } from "./memory.ts";

export interface EmitOptions extends RegistryOptions {
  /** The project has declarations of other contracts beside this one. */
  readonly isOneOfSeveral?: boolean;
}

type Emit = (contract: Contract, options: EmitOptions, memory: EmitMemory) => string;

const texts: Readonly<Record<ContractOutput, Emit>> = {
  "registry.ts": (contract, options, { registry, guard }) =>
    guardRegistry(emitRegistry(contract, options, registry), contract, guard),
  "secure-exec.d.ts": (contract, options, { declaration, guard }) =>
    guardDeclaration(emitDeclaration(contract, options, declaration), contract, guard),
  "contract.json": (contract, _options, { json }) =>
    guardContractJson(emitContractJson(contract, json), contract, dataOf(contract, json)),
};

/**
 * The files of a contract, in the order in which they are written. `memory` makes it faster and nothing else: it is what an earlier
 * call was given, for the same folder; what the contract shares with the one before (`shared`) is not made again.
 *
 * @example
 * emit(contract, { definitionImport: "../bindings.ts", excessProperties: "refuse" });
 */
export function emit(contract: Contract, options: EmitOptions, memory = emitMemory()): OutputFile[] {
  return contractOutputs.map((name) => ({ name, text: texts[name](contract, options, memory) }));
}
