/** Names what the owner of a tool that runs scripts may choose: all that a sandbox has, and what a model is shown. */
import type { ContractSource } from "../prompt/contract-source.ts";
import type { Registry } from "../model/registry.ts";
import type { SandboxOptions } from "../runtime/index.ts";
import type { PeerProblem } from "../optional-peers/load-peer.ts";
import { option, SandboxError } from "../runtime/errors.ts";
import { checkGlobals } from "../runtime/globals.ts";
import { resolveLimits } from "../runtime/limits.ts";
import { refuseUnknown, type OptionNames } from "../runtime/known-options.ts";
import { checkSandboxOptions, sandboxOptionNames } from "../runtime/sandbox-options.ts";

export interface ScriptToolOptions extends Omit<SandboxOptions, "registry"> {
  /** What scripts may call: a generated registry. */
  readonly registry: Registry;
  /**
   * The `contract.json` beside the registry: its content, its path or its `file:` URL. It has the documentation of the bindings, which a registry has not.
   * Default: the registry.
   */
  readonly contract?: ContractSource;
  /** The kinds of script that may be written, of the definition's `Scripts`. Default: all of them. */
  readonly kinds?: readonly string[];
  /** The most tokens of the API in the description of the tool; what does not fit can be searched. Default: 2,000. */
  readonly promptTokens?: number;
  /** The most characters a model is shown of a result, and as many of what was printed. From 1,000 to 1,000,000. Default: 20,000. */
  readonly resultChars?: number;
}

export const scriptToolOptionNames: OptionNames<ScriptToolOptions> = {
  ...sandboxOptionNames,
  contract: true,
  kinds: true,
  promptTokens: true,
  resultChars: true,
};

/** What is not of the sandbox. */
export interface ToolSettings {
  readonly contract: ContractSource;
  readonly kinds: readonly string[];
  readonly promptTokens: number;
  readonly resultChars: number;
  /** Before the names of tools, where the text names them. */
  readonly prefix: string;
}

export interface SplitOptions {
  readonly settings: ToolSettings;
  readonly sandbox: SandboxOptions;
}

/** Throws a `SandboxError`, `ERR_SANDBOX_OPTION`: a sandbox is made when the first script comes, and a mistake is known before. */
export function splitOptions(options: ScriptToolOptions, prefix = ""): SplitOptions {
  const { contract, kinds, promptTokens = 2_000, resultChars = 20_000, ...sandbox } = options;
  const { registry } = options;
  if (typeof registry !== "object" || registry?.kind !== "isobind-registry" || registry.digest === null) {
    throw option("registry: expected a generated registry; a model must be told what it may call.");
  }
  if (!(resultChars >= 1_000 && resultChars <= 1_000_000))
    throw option("resultChars: expected a number from 1,000 to 1,000,000.");
  checkSandboxOptions(sandbox);
  checkGlobals(sandbox.globals, resolveLimits(sandbox.limits).payloadBytes, registry);
  const known = (registry.scripts ?? []).map(({ name }) => name);
  const unknown = (kinds ?? []).find((kind) => !known.includes(kind));
  if (unknown !== undefined)
    throw option(`kinds: the definition has no kind \`${unknown}\`; it has ${known.join(", ") || "none"}.`);
  if (kinds?.length === 0) throw option("kinds: expected at least one.");
  return {
    settings: { contract: contract ?? registry, kinds: kinds ?? known, promptTokens, resultChars, prefix },
    // What is wrong with a script is best known before anything has been done.
    sandbox: { typecheck: "error", ...sandbox },
  };
}

/** Throws a `SandboxError`, `ERR_SANDBOX_OPTION`. `of` is the function that was given them, and `known` all that it takes. */
export { option, refuseUnknown, type OptionNames };

/** A package that the tool stands on is not there, or is another version. */
export function packageMissing({ message, help, cause }: PeerProblem): SandboxError {
  return new SandboxError("ERR_SANDBOX_PACKAGE", `${message} ${help}`, { cause });
}
