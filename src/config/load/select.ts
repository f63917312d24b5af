/** Narrows a loaded config to the one contract that was named. A name that is none is a finding, like every mistake about configs. */
import { didYouMean } from "../../model/suggest.ts";
import { report } from "../../diagnostics/report.ts";
import type { Loaded } from "./load.ts";

/** The same with one contract; without a name, as it is. */
export function selectContract(loaded: Loaded, name: string | undefined): Loaded {
  const { config } = loaded;
  if (config === null || name === undefined) return loaded;
  const contracts = config.contracts.filter((contract) => contract.name === name);
  if (contracts.length > 0) return { ...loaded, config: { ...config, contracts } };
  const names = config.contracts.map((contract) => contract.name);
  const message = `The config has no contract \`${name}\`.${didYouMean(name, names)}`;
  const help = `It has ${names.map((one) => `\`${one}\``).join(", ")}.`;
  return {
    ...loaded,
    config: null,
    diagnostics: [...loaded.diagnostics, report("config-invalid", { message, help }, null)],
  };
}
