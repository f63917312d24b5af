/**
 * `contract.json`: the checked contract as data, for `diff`, documentation and other tools.
 */
import type { Contract } from "../../contract/contract.ts";
import { contractData } from "../../contract/serialize.ts";
import { jsonData } from "./print/data.ts";
import { hardline, print } from "./print/doc.ts";

export function emitContractJson(contract: Contract): string {
  return print([jsonData(contractData(contract)), hardline]);
}
