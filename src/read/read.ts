/**
 * Reads a definition with the compiler isobind carries.
 */
import type { ResolvedContract } from "../config/resolved.ts";
import type { Reading } from "../stages.ts";
import { readDefinition, type ReadOptions } from "./definition.ts";
import { openTs6 } from "./frontend/ts6/program.ts";

export type { ReadOptions } from "./definition.ts";

/**
 * Reads one definition.
 *
 * @example
 * const { contract, diagnostics } = read(config.contracts[0], config.root);
 */
export function read(contract: ResolvedContract, root: string, options: ReadOptions = {}): Reading {
  return readDefinition(openTs6, contract, root, options);
}
