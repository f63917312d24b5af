/**
 * Emits the text of three files from a checked contract. Pure: same contract, same bytes; writing is elsewhere.
 */
import type { Contract } from "../../contract/contract.ts";
import type { OutputFile } from "../stages.ts";
import { emitContractJson } from "./contract-json.ts";
import { emitDeclaration } from "./declaration/declaration.ts";
import { guardContractJson, guardDeclaration, guardRegistry } from "./guard/guard.ts";
import { emitRegistry, type RegistryOptions } from "./registry/registry.ts";

export type EmitOptions = RegistryOptions;

/**
 * The files of a contract, in the order in which they are written.
 *
 * @example
 * emit(contract, { definitionImport: "../bindings.ts", excessProperties: "refuse" });
 */
export function emit(contract: Contract, options: EmitOptions): OutputFile[] {
  return [
    { name: "registry.ts", text: guardRegistry(emitRegistry(contract, options), contract) },
    { name: "secure-exec.d.ts", text: guardDeclaration(emitDeclaration(contract), contract) },
    { name: "contract.json", text: guardContractJson(emitContractJson(contract), contract) },
  ];
}
