/**
 * Loads the config that a run works with. It is taken from memory when its files have not changed, else loaded; in the first
 * case nothing is evaluated.
 */
import type { Config } from "../config/config.ts";
import type { Loaded } from "../config/load/load.ts";
import { recallLoaded } from "./recall.ts";

export interface LoadInput {
  readonly config: Config | string | undefined;
  readonly cwd: string;
  /** Take nothing from memory. */
  readonly force: boolean;
  /** Only the contract of this name. */
  readonly contract: string | undefined;
}

export async function load({ config, cwd, force, contract }: LoadInput): Promise<Loaded> {
  const loaded = (force ? null : recallLoaded(config, cwd)) ?? (await evaluate(config, cwd));
  if (contract === undefined) return loaded;
  const { selectContract } = await import("../config/load/select.ts");
  return selectContract(loaded, contract);
}

async function evaluate(config: Config | string | undefined, cwd: string): Promise<Loaded> {
  const { loadConfig } = await import("../config/load/load.ts");
  return loadConfig(config === undefined ? { cwd } : { config, cwd });
}
