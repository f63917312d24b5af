/** Finds the contract that somebody wants to show: the content of a `contract.json`, or the path of one. */
import { reasonOf } from "../files/system-error.ts";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Contract } from "../model/contract.ts";
import { ContractFormatError, parseContract, readContract } from "../model/file/deserialize.ts";
import { contractOfRegistry, RegistryWithoutContract } from "../model/file/contract-of-registry.ts";
import { isRegistry } from "../model/registry.ts";
import { PromptError } from "./prompt-error.ts";

/**
 * The content of a `contract.json` (`import contract from "./generated/contract.json" with { type: "json" }`), its path or its `file:` URL; or a
 * registry, which has the same types and no documentation.
 */
export type ContractSource = object | string | URL;

/** Throws a `PromptError`, `ERR_PROMPT_CONTRACT`. */
export function contractOf(source: ContractSource): Contract {
  const isPlace = typeof source === "string" || source instanceof URL;
  const shown = isPlace ? `\`${String(source)}\`` : "The contract";
  try {
    if (!isPlace && isRegistry(source)) return contractOfRegistry(source);
    if (!isPlace) return readContract("default" in source ? source.default : source);
    const isUrl = typeof source !== "string" || source.startsWith("file:");
    return parseContract(readFileSync(isUrl ? fileURLToPath(source) : source, "utf8"));
  } catch (error) {
    if (isSystemError(error))
      // Its own message has the path again.
      throw new PromptError("ERR_PROMPT_CONTRACT", `${shown} cannot be read: ${reasonOf(error)}.`);
    if (error instanceof ContractFormatError || error instanceof RegistryWithoutContract)
      throw new PromptError("ERR_PROMPT_CONTRACT", `${shown} cannot be read: ${error.message}`);
    throw error;
  }
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "syscall" in error;
}
