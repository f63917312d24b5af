/**
 * Reads the tables of a generated registry: the data of its contract becomes the model that the runtime and the
 * interpreter of shapes know.
 */
import { list, optionalList } from "./fields.ts";
import { declaration, globals, policy, script, signature, thrown } from "./parts.ts";
import type {
  ContractData,
  LeafTable,
  RegistryContract,
  RegistryDeclaration,
  RegistryGlobals,
  RegistryScript,
} from "../registry.ts";
import { remembered } from "../remembered.ts";

/** A registry's contract, read. */
export interface RegistryTables extends Pick<RegistryContract, "excessProperties" | "isSpent"> {
  readonly declarations: readonly RegistryDeclaration[];
  readonly leaves: readonly LeafTable[];
  readonly scripts?: readonly RegistryScript[];
  readonly globals?: RegistryGlobals;
}

/** Throws a `ContractFormatError` that names the place of what cannot be read: a generated file that was changed by hand. */
export function readTables(contract: RegistryContract): RegistryTables {
  return {
    excessProperties: contract.excessProperties,
    ...(contract.isSpent !== undefined && { isSpent: contract.isSpent }),
    declarations: readDeclarations(contract.declarations),
    ...(contract.scripts && { scripts: list(contract.scripts, "scripts", script) }),
    ...(contract.globals && { globals: { properties: globals(contract.globals, "globals").properties } }),
    leaves: contract.leaves.map(({ path, mode, accepts, acceptsResult, ...data }) => {
      const at = path.join(".");
      return {
        path,
        mode,
        policy: policy(data.policy ?? {}, `${at}.policy`),
        signatures: list(data.signatures, `${at}.signatures`, signature),
        throws: optionalList(data.throws, `${at}.throws`, thrown),
        accepts,
        acceptsResult,
      };
    }),
  };
}

/** Emitted validators may ask for the same declarations at every call. */
export function readDeclarations(data: readonly ContractData[]): readonly RegistryDeclaration[] {
  return remembered(known, data, () => list(data, "declarations", declaration));
}

const known = new WeakMap<readonly ContractData[], readonly RegistryDeclaration[]>();
