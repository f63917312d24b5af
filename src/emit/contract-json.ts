/**
 * Emits `contract.json`: the checked contract as data, for `diff`, documentation and other tools.
 */
import type { Contract } from "../model/contract.ts";
import { contractData } from "../model/file/serialize.ts";
import { jsonText } from "./print/data.ts";

export function emitContractJson(contract: Contract): string {
  return `${jsonText(contractData(contract))}\n`;
}
