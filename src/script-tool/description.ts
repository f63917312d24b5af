/** The text that tells a model what the tool does and which functions a script may call. */
import type { RegistryScript } from "../model/registry.ts";
import { defaultKind } from "../model/contract.ts";
import { prompt } from "../prompt/prompt.ts";
import {
  awaitCalls,
  howErrorsAreTold,
  typesAreStripped,
  whatAScriptHas,
  whatAScriptIs,
} from "../prompt/rules.ts";
import type { ToolSettings } from "./options.ts";

/** Names of the tools: one runs scripts, and two find what its description has no room for. */
export const toolNames = { run: "run_script", search: "search_api", describe: "describe_api" } as const;

export interface Description {
  readonly text: string;
  /** Bindings that are only in the index. */
  readonly omitted: readonly string[];
}

export async function describeTool(
  { contract, promptTokens, prefix }: ToolSettings,
  scripts: readonly RegistryScript[],
  isChecked: boolean,
): Promise<Description> {
  const lookup = { search: prefix + toolNames.search, describe: prefix + toolNames.describe };
  const { text, omitted } = await prompt(contract, { budget: promptTokens, lookup });
  const kinds = scripts.map(({ name }) => name).filter((name) => name !== defaultKind);
  const sentences = [
    "Runs one script in a sandbox and gives back its default export and what it printed with `console`.",
    whatAScriptIs,
    whatAScriptHas,
    `${howErrorsAreTold} ${typesAreStripped}`,
    `${awaitCalls} Do the whole task in one script, and export only what is needed: long results are shortened.`,
    ...(isChecked
      ? ["Types are checked before a script runs; when they do not fit, nothing of it has been done."]
      : []),
    ...(kinds.length === 0
      ? []
      : [`\`kind\` says which of \`SecureExec.Scripts\` it is; without one it is \`SecureExec.Script\`.`]),
    'What JSON cannot hold is written as an object with `$type`: `{ "$type": "Date", "value": "…" }`, in `input` too.',
  ];
  return { text: `${sentences.join("\n")}\n\n${text}`, omitted };
}
