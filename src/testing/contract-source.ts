/**
 * From what a script's author has beside the script to a registry: the content of `contract.json`, its path, the path of the declaration
 * that stands next to it, or a registry.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { reasonOf } from "../files/system-error.ts";
import type { Contract } from "../model/contract.ts";
import { ContractFormatError, readContract } from "../model/file/deserialize.ts";
import { digest } from "../model/identity/digest.ts";
import { readHeader } from "../model/identity/header.ts";
import {
  isRegistry,
  type BindingFunction,
  type ExcessProperties,
  type Registry,
  type RegistryLeaf,
} from "../model/registry.ts";
import { interpretedRegistry, tableOfContract } from "./interpreted.ts";
import { TestingError } from "./testing-error.ts";

/**
 * Where the types of bindings come from:
 *
 * - the content of a `contract.json`, `import contract from "./generated/contract.json" with { type: "json" }`;
 * - the path or the `file:` URL of one, or of a `secure-exec.d.ts` beside which it lies;
 * - a registry, whose functions are then not called.
 */
export type ContractSource = object | string | URL;

/** The registry of a contract. Throws a `TestingError`, `ERR_TESTING_CONTRACT`. */
export function registryOf(source: ContractSource, excessProperties: ExcessProperties = "refuse"): Registry {
  if (typeof source === "string" || source instanceof URL) {
    return registryFor(contractIn(source), excessProperties);
  }
  if (typeof source !== "object" || source === null) {
    throw unusable("Expected the content of a `contract.json`, its path, or a registry.");
  }
  if (isRegistry(source)) return source;
  return registryFor(read(content(source), "the contract"), excessProperties);
}

/** Its functions are never called: whoever asks for it gives it others. */
function registryFor(contract: Contract, excessProperties: ExcessProperties): Registry {
  return interpretedRegistry(tableOfContract(contract, excessProperties), () => () => undefined);
}

/** The same registry with other functions. */
export function withCalls(registry: Registry, call: (leaf: RegistryLeaf) => BindingFunction): Registry {
  const leaves = registry.leaves.map((leaf) => Object.freeze({ ...leaf, call: call(leaf) }));
  return { ...registry, leaves: Object.freeze(leaves) };
}

/** `import * as contract` gives an object whose `default` is the content. */
function content(source: object): unknown {
  return "default" in source && !("isobind" in source) ? source.default : source;
}

function contractIn(place: string | URL): Contract {
  const file =
    typeof place === "string" && !place.startsWith("file:") ? resolve(place) : fileURLToPath(place);
  if (!/\.d\.[cm]?ts$/.test(file)) return read(parsed(file), `\`${place}\``);
  const beside = join(dirname(file), "contract.json");
  const declared = readHeader(textOf(file)).digest;
  if (!existsSync(beside)) {
    throw unusable(
      `A declaration alone does not say it all: \`contract.json\` must lie beside \`${place}\`.`,
    );
  }
  const contract = read(parsed(beside), "`contract.json`");
  if (declared !== null && declared !== digest(contract)) {
    throw unusable(
      `\`${place}\` and the \`contract.json\` beside it are not of one contract: generate both anew.`,
    );
  }
  return contract;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw unusable(`\`${file}\` cannot be read: ${reasonOf(error)}.`);
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(textOf(file).replace(/^\uFEFF/u, ""));
  } catch (error) {
    if (error instanceof TestingError) throw error;
    throw unusable(`\`${file}\` is not JSON.`);
  }
}

function read(data: unknown, what: string): Contract {
  try {
    return readContract(data);
  } catch (error) {
    if (!(error instanceof ContractFormatError)) throw error;
    throw unusable(`${what} cannot be used: ${error.message}`);
  }
}

function unusable(message: string): TestingError {
  return new TestingError("ERR_TESTING_CONTRACT", message);
}
