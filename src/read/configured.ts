/**
 * Reads a definition with the compiler its config asks for, and loads that one alone: each is most of what a run waits for.
 */
import type { ResolvedContract } from "../config/resolved.ts";
import type { Reading } from "../stages.ts";
import type { ReadOptions } from "./definition.ts";

export async function readConfigured(
  contract: ResolvedContract,
  root: string,
  options: ReadOptions = {},
): Promise<Reading> {
  const { native } = contract;
  if (native !== undefined) {
    const { readByNative } = await import("./native.ts");
    return readByNative(contract, root, native);
  }
  const { read } = await import("./read.ts");
  return read(contract, root, options);
}
