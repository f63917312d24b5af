/**
 * Makes the text that tells a model which functions a script may call, in at most as many tokens as are asked for.
 *
 * First documentation becomes shorter, everywhere alike: examples go, then all but first paragraphs, all but first sentences, all of it. What
 * does not fit even then stands in an index.
 */
import { counted } from "../model/counted.ts";
import type { Contract, Leaf } from "../model/contract.ts";
import { unknownOptions, type OptionNames } from "../model/option-names.ts";
import { partOf } from "../model/part.ts";
import { walkLeaves } from "../model/walk.ts";
import { apiText } from "./api-text.ts";
import { contractOf, type ContractSource } from "./contract-source.ts";
import { type IndexDetail, indexDetails, indexText, type Lookup } from "./index-text.ts";
import { PromptError } from "./prompt-error.ts";
import { scriptRules } from "./rules.ts";
import { details, type Detail } from "./shorten.ts";
import { type CountTokens, loadTokenizer } from "./tokens.ts";

export interface PromptOptions {
  /** The most tokens the text may have. Default: 2,000. */
  readonly budget?: number;
  /** Counts the tokens of a text as the model at hand does. Default: as `o200k_base`. */
  readonly countTokens?: CountTokens;
  /** How the index tells its reader to ask for more. Default: `describe` and `search`. */
  readonly lookup?: Partial<Lookup>;
  /** Whether comments above the API say what a script is: some 170 tokens, for a prompt that does not say so itself. Default: `false`. */
  readonly rules?: boolean;
}

const optionNames: OptionNames<PromptOptions> = {
  budget: true,
  countTokens: true,
  lookup: true,
  rules: true,
};

export interface PromptResult {
  /** TypeScript that compiles, with the index in comments. Ends with a line end. */
  readonly text: string;
  /** Of the whole text; never more than the budget. */
  readonly tokens: number;
  /** How much of the documentation is there. */
  readonly detail: Detail;
  /** Paths of the bindings that are only in the index, in the order of the tree. Empty when all are shown. */
  readonly omitted: readonly string[];
}

/**
 * The API of a contract as a prompt: compact TypeScript in at most `budget` tokens.
 *
 * Throws a `PromptError`: `ERR_PROMPT_CONTRACT` when there is no contract, `ERR_PROMPT_BUDGET` when not even the shortest text fits, `ERR_PROMPT_OPTION` for an option that does not
 * exist.
 *
 * @example
 * import contract from "./generated/contract.json" with { type: "json" };
 * const { text, tokens, omitted } = await prompt(contract, { budget: 2_000 });
 */
export async function prompt(source: ContractSource, options: PromptOptions = {}): Promise<PromptResult> {
  const why = unknownOptions("prompt", options, optionNames);
  if (why !== null) throw new PromptError("ERR_PROMPT_OPTION", why);
  const { budget = 2_000, lookup } = options;
  if (!(budget > 0)) throw new PromptError("ERR_PROMPT_BUDGET", `budget: ${budget} is no number of tokens.`);
  const contract = contractOf(source);
  const count = options.countTokens ?? (await loadTokenizer());
  const names: Lookup = { describe: "describe", search: "search", ...lookup };
  if (options.rules !== true) return whole(contract, budget, count) ?? part(contract, budget, count, names);
  const counting: CountTokens = (text) => count(scriptRules + text);
  const found = whole(contract, budget, counting) ?? part(contract, budget, counting, names);
  return { ...found, text: scriptRules + found.text };
}

/** Every binding, with as much documentation as fits; `null` when not even the types do. */
function whole(contract: Contract, budget: number, count: CountTokens): PromptResult | null {
  for (const detail of details) {
    const text = apiText(contract, detail);
    const tokens = count(text);
    if (tokens <= budget) return { text, tokens, detail, omitted: [] };
  }
  return null;
}

/** The bindings that fit beside the index of the others, the first ones first. */
function part(contract: Contract, budget: number, count: CountTokens, lookup: Lookup): PromptResult {
  const leaves = [...walkLeaves(contract.root)];
  const showing = (shown: ReadonlySet<Leaf>, indexDetail: IndexDetail): PromptResult => {
    const rest = leaves.filter((leaf) => !shown.has(leaf));
    const api =
      shown.size === 0
        ? ""
        : apiText(
            partOf(contract, (leaf) => shown.has(leaf)),
            detailOfParts,
          );
    const text = api + indexText(rest, lookup, indexDetail);
    const omitted = rest.map(({ path }) => path.join("."));
    return { text, tokens: count(text), detail: detailOfParts, omitted };
  };
  const none = indexDetails.map((indexDetail) => ({ indexDetail, ...showing(new Set(), indexDetail) }));
  const start = none.find(({ tokens }) => tokens <= budget);
  if (start === undefined) {
    const least = Math.min(...none.map(({ tokens }) => tokens));
    throw new PromptError(
      "ERR_PROMPT_BUDGET",
      `budget: the shortest text of this contract has ${counted(least, "token")}.`,
    );
  }

  let { indexDetail, ...best }: PromptResult & { readonly indexDetail: IndexDetail } = start;
  const shown = new Set<Leaf>();
  let missed = 0;
  for (const leaf of leaves) {
    const next = showing(new Set([...shown, leaf]), indexDetail);
    if (next.tokens <= budget) {
      shown.add(leaf);
      best = next;
      missed = 0;
    } else if (++missed > patience) break;
  }
  return best;
}

/** So many bindings in a row are too large for what is left: the others will be too. */
const patience = 32;

/** Whoever sees only some bindings is told what these do. */
const detailOfParts: Detail = "first sentences";
