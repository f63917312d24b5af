/**
 * Memory: what a run leaves for later ones of the same process. It makes them faster, and nothing else; whoever generates again and
 * again keeps one and hands it to each run.
 */
import type { EmitMemory } from "../emit/memory.ts";
import type { Contract } from "../model/contract.ts";

export interface Memory {
  /** The contract that was last read for each folder, and the one that was last emitted into it: their places may differ. */
  readonly read: Map<string, Contract>;
  readonly contracts: Map<string, Contract>;
  /** What was made of its parts; profiles have folders of their own. */
  readonly folders: Map<string, EmitMemory>;
  /** Of the folder that was emitted into last: a contract that is new here has types in common with others. */
  latest?: { readonly tree: Contract; readonly parts: EmitMemory };
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
  return { read: new Map(), contracts: new Map(), folders: new Map() };
}
