/**
 * Memory: what a run leaves for later ones of the same process. It makes them faster, and nothing else; whoever generates again and
 * again keeps one and hands it to each run.
 */
import type { EmitMemory } from "../emit/memory.ts";
import type { Contract } from "../model/contract.ts";

export interface Memory {
  /** The contract that was last emitted into each folder. */
  readonly contracts: Map<string, Contract>;
  /** What was made of its parts; profiles have folders of their own. */
  readonly folders: Map<string, EmitMemory>;
}

/**
 * Memory for runs to come, for as long as somebody watches.
 *
 * @example
 * const memory = createMemory();
 * await generate(config, { memory });
 * await generate(config, { memory }); // what has not changed is not made again
 */
export function createMemory(): Memory {
  return { contracts: new Map(), folders: new Map() };
}
