/**
 * Emits `contract.json`: the checked contract as data, for `diff`, documentation and other tools.
 */
import type { Contract } from "../model/contract.ts";
import { contractData } from "../model/file/serialize.ts";
import type { Json } from "../model/json.ts";
import { remembered } from "../model/remembered.ts";
import { jsonText, lasting, type PrintedData } from "./print/data.ts";

/** What has been made of leaves and declarations, by these. */
export interface ContractJsonMemory {
  readonly data: WeakMap<object, Json>;
  readonly printed: PrintedData;
}

export const contractJsonMemory = (): ContractJsonMemory => ({ data: new WeakMap(), printed: new WeakMap() });

export function emitContractJson(contract: Contract, memory = contractJsonMemory()): string {
  return `${jsonText(dataOf(contract, memory), memory.printed)}\n`;
}

/** The data that the text shall say. */
export function dataOf(contract: Contract, { data, printed }: ContractJsonMemory): Json {
  return contractData(contract, (piece, make) =>
    remembered(data, piece, () => lasting(printed, make() as Json & object)),
  );
}
