/**
 * Emits the text of three files from a checked contract. Pure: same contract, same bytes; writing is elsewhere.
 */
import type { Contract } from "../model/contract.ts";
import { type ContractOutput, contractOutputs, type OutputFile } from "../stages.ts";
import { emitContractJson } from "./contract-json.ts";
import { emitDeclaration } from "./declaration/declaration.ts";
import { guardContractJson, guardDeclaration, guardRegistry } from "./guard/guard.ts";
import { emitRegistry, type RegistryOptions } from "./registry/registry.ts";

export interface EmitOptions extends RegistryOptions {
  /** The project has declarations of other contracts beside this one. */
  readonly isOneOfSeveral?: boolean;
}

const texts: Readonly<Record<ContractOutput, (contract: Contract, options: EmitOptions) => string>> = {
  "registry.ts": (contract, options) => guardRegistry(emitRegistry(contract, options), contract),
  "secure-exec.d.ts": (contract, options) => guardDeclaration(emitDeclaration(contract, options), contract),
  "contract.json": (contract) => guardContractJson(emitContractJson(contract), contract),
};

/**
 * The files of a contract, in the order in which they are written.
 *
 * @example
 * emit(contract, { definitionImport: "../bindings.ts", excessProperties: "refuse" });
 */
export function emit(contract: Contract, options: EmitOptions): OutputFile[] {
  return contractOutputs.map((name) => ({ name, text: texts[name](contract, options) }));
}
