/**
 * The registry of a contract that nobody has emitted code for: what a script's author has is `contract.json`. Arguments and results are
 * held to the contract by the interpreter, which means what emitted validators mean. Its functions are still missing.
 */
import { fitsArguments, fitsResult } from "../registry/checked-leaf.ts";
import type { Contract, Leaf, Namespace } from "../model/contract.ts";
import { defineRegistry } from "../registry/define-registry.ts";
import { digest } from "../model/identity/digest.ts";
import type { Json } from "../model/json.ts";
import { explainExcluded, modeOf } from "../model/profile.ts";
import type {
  BindingTree,
  ContractData,
  ExcessProperties,
  LeafData,
  Registry,
  RegistryContract,
} from "../model/registry.ts";
import { declarationData, signatureData, thrownData } from "../model/file/serialize.ts";
import { Types } from "../validation/types.ts";
import { walkLeaves } from "../model/walk.ts";

/** Every function throws: whoever makes a registry of this one gives it others. */
export function interpretedRegistry(contract: Contract, excessProperties: ExcessProperties): Registry {
  const { declarations, profile } = contract;
  const types = new Types(declarations);
  const table: RegistryContract = {
    digest: digest(contract),
    excessProperties,
    declarations: declarations.map((declaration) => dataOf(declarationData(declaration))),
    leaves: Array.from(walkLeaves(contract.root), (leaf): LeafData => {
      const { path, policy, signatures, throws } = leaf;
      return {
        path,
        mode: modeOf(leaf),
        policy,
        signatures: signatures.map((signature) => dataOf(signatureData(signature))),
        throws: throws.map((thrown) => dataOf(thrownData(thrown))),
        accepts: (args, steps) =>
          signatures.some((signature) => fitsArguments(types, signature, { excessProperties }, args, steps)),
        acceptsResult: (value) =>
          signatures.some((signature) => fitsResult(signature, { declarations, excessProperties }, value)),
      };
    }),
    ...(profile !== undefined && {
      profile: profile.name,
      excluded: profile.excluded.map((leaf) => ({
        path: leaf.path,
        mode: leaf.mode,
        message: explainExcluded(leaf, profile.name),
      })),
    }),
  };
  return defineRegistry(treeOf(contract.root), table);
}

function treeOf({ members }: Namespace): BindingTree {
  return Object.fromEntries(
    members.flatMap((member): [string, BindingTree | ReturnType<typeof missing>][] => {
      if (member.kind === "invalid") return [];
      return [[member.name, member.kind === "leaf" ? missing(member) : treeOf(member)]];
    }),
  );
}

function missing({ path }: Leaf): () => never {
  return () => {
    throw new Error(`\`${path.join(".")}\` was called before it had a function.`);
  };
}

/** These are always objects; their type says only that they are JSON. */
function dataOf(json: Json): ContractData {
  return json as ContractData;
}
