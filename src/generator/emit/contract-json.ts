/**
 * Emits `contract.json`: the checked contract as data, for `diff`, documentation and other tools.
 */
import type { Contract } from "../../contract/contract.ts";
import { contractData } from "../../contract/serialize.ts";
import { jsonText } from "./print/data.ts";

export function emitContractJson(contract: Contract): string {
  return `${jsonText(contractData(contract))}\n`;
}
