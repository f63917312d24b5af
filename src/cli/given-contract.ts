/** Reads the contract of a file that somebody named, in words of theirs when it is none. */
import type { Contract } from "../model/contract.ts";
import { UsageError } from "./exit.ts";

/** Throws a `UsageError`: `what` begins its sentence, `help` is the way out. */
export async function contractIn(text: string, what: string, help: string): Promise<Contract> {
  const { ContractFormatError, parseContract } = await import("../model/file/deserialize.ts");
  try {
    return parseContract(text);
  } catch (error) {
    if (!(error instanceof ContractFormatError)) throw error;
    throw new UsageError(`${what} cannot be read: ${error.message}`, help);
  }
}
