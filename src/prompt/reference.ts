/**
 * Answers what a prompt left out: one binding or namespace by its path, or those that some words speak of. What a model or a script is given
 * as two functions beside the bindings.
 */
import MiniSearch from "minisearch";
import type { Contract, Leaf } from "../model/contract.ts";
import { partOf } from "../model/part.ts";
import { didYouMean } from "../model/suggest.ts";
import { walkLeaves, walkNamespaces } from "../model/walk.ts";
import { apiText } from "./api-text.ts";
import { contractOf, type ContractSource } from "./contract-source.ts";
import { firstSentence } from "./shorten.ts";

export interface Reference {
  /**
   * A binding (`db.query`) with all that is said of it and the types it mentions, or a namespace (`db`) with all of its bindings. For a path
   * that is neither, a sentence that says so and names the nearest.
   */
  describe(path: string): string;
  /** Bindings that the words fit, best first: a line for each, its path and what it does. `limit`: 10. */
  search(words: string, limit?: number): string;
}

/**
 * The reference of a contract. Throws a `PromptError`, `ERR_PROMPT_CONTRACT`.
 *
 * @example
 * const { describe, search } = createReference("generated/contract.json");
 * search("rows of a table"); // "db.query: Runs one statement."
 * describe("db.query"); // "declare const SecureExec: …"
 */
export function createReference(source: ContractSource): Reference {
  const contract = contractOf(source);
  const leaves = new Map([...walkLeaves(contract.root)].map((leaf) => [leaf.path.join("."), leaf]));
  let index: MiniSearch | null = null;
  return {
    describe: (path) => describe(contract, leaves, path.replace(/^SecureExec\.bindings\.?/u, "")),
    search(words, limit = 10) {
      index ??= indexOf(leaves);
      const found = index.search(words).slice(0, limit);
      if (found.length === 0) return `No binding speaks of \`${words}\`.`;
      return found.map(({ id }) => lineOf(String(id), leaves.get(String(id)))).join("\n");
    },
  };
}

function describe(contract: Contract, leaves: ReadonlyMap<string, Leaf>, path: string): string {
  const inside = new Set(
    [...leaves]
      .filter(([name]) => path === "" || name === path || name.startsWith(`${path}.`))
      .map(([, leaf]) => leaf),
  );
  if (inside.size > 0)
    return apiText(
      partOf(contract, (leaf) => inside.has(leaf)),
      "everything",
    );
  const namespaces = [...walkNamespaces(contract.root)].map((namespace) => namespace.path.join("."));
  return `There is no binding \`${path}\`.${didYouMean(path, [...leaves.keys(), ...namespaces])}`;
}

function lineOf(path: string, leaf: Leaf | undefined): string {
  const sentence = firstSentence(leaf?.doc.text ?? "");
  return sentence === "" ? path : `${path}: ${sentence}`;
}

/** The path counts for more than what is said; a beginning of a word and a slip of the pen count for less. */
function indexOf(leaves: ReadonlyMap<string, Leaf>): MiniSearch {
  const index = new MiniSearch({
    fields: ["path", "text", "names"],
    tokenize: words,
    searchOptions: { boost: { path: 3 }, prefix: true, fuzzy: 0.2, combineWith: "OR" },
  });
  index.addAll(
    [...leaves].map(([path, { doc, signatures }]) => ({
      id: path,
      path,
      text: [doc.text, ...doc.tags.map((tag) => tag.text)].join(" "),
      names: signatures.flatMap(({ parameters }) => parameters.map(({ name }) => name)).join(" "),
    })),
  );
  return index;
}

/** `createdAt` is two words, and so is `http2_server`. */
function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+|(?<=\p{Ll}|\p{N})(?=\p{Lu})/u).filter((word) => word !== "");
}
