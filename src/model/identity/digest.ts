/**
 * Makes digests: the hash that identifies a contract, and a short one for each leaf. Kept out: documentation and the other
 * things that `canonical.ts` leaves out, so that an edited comment does not change the identity of an API.
 */
import {
  canonicalContract,
  canonicalDeclaration,
  canonicalLeaf,
  canonicalScript,
  canonicalShape,
  canonicalText,
} from "./canonical.ts";
import type { Contract } from "../contract.ts";
import type { LeafTable, RegistryDeclaration, RegistryGlobals, RegistryScript } from "../registry.ts";
import { globalsShape } from "../globals.ts";
import { remembered } from "../remembered.ts";
import { sha256 } from "./sha256.ts";
import { leafShapesOf, scriptShapesOf } from "../signatures.ts";
import { reachableDeclarations } from "../reach.ts";
import type { Json } from "../json.ts";
import type { Shape } from "../shape.ts";

/** Names the form of the hashed text: a change of `canonical.ts` that changes digests must change this too. */
const form = "isobind contract 1";

/**
 * The digest of a contract: `sha256-` and 64 hex digits.
 *
 * @example
 * digest(contract); // "sha256-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
 */
export function digest(contract: Contract): string {
  const text = (): string => canonicalText([form, canonicalContract(contract)]);
  return remembered(digests, contract, () => `sha256-${sha256(text())}`);
}

/** Every file of a contract carries its digest; contracts are never changed in place. */
const digests = new WeakMap<Contract, string>();

type HashedLeaf = Pick<LeafTable, "path" | "policy" | "signatures" | "throws">;

/**
 * Dotted name -> a short hash of each leaf's signature and of every declaration it reaches. Two contracts give one leaf
 * the same hash exactly when scripts can use it in the same way.
 */
export function leafHashes(
  leaves: readonly HashedLeaf[],
  declarations: readonly RegistryDeclaration[],
): ReadonlyMap<string, string> {
  const hash = hashing(declarations);
  return new Map(leaves.map((leaf) => [leaf.path.join("."), hash(canonicalLeaf(leaf), leafShapesOf(leaf))]));
}

/** Name -> a short hash of each kind of script, in the same way. */
export function scriptHashes(
  scripts: readonly RegistryScript[],
  declarations: readonly RegistryDeclaration[],
): ReadonlyMap<string, ScriptHash> {
  const hash = hashing(declarations);
  return new Map(
    scripts.map((script) => [
      script.name,
      {
        parts: (["input", "result"] as const).filter((part) => script[part] !== null),
        hash: hash(canonicalScript(script), scriptShapesOf(script)),
      },
    ]),
  );
}

/** Name -> a short hash of the type of each global. */
export function globalHashes(
  { properties }: RegistryGlobals,
  declarations: readonly RegistryDeclaration[],
): ReadonlyMap<string, string> {
  const hash = hashing(declarations);
  return new Map(
    properties.map((property) => [
      property.name,
      hash(canonicalShape(globalsShape([property])), [property.shape]),
    ]),
  );
}

export interface ScriptHash {
  /** Of which of the two something is said. */
  readonly parts: readonly ("input" | "result")[];
  readonly hash: string;
}

/** Hashes a part of the contract with all the declarations that its shapes reach. */
function hashing(
  declarations: readonly RegistryDeclaration[],
): (part: Json, shapes: readonly Shape[]) => string {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const hashes = new Map<string, string>();
  const declarationHash = (name: string): string => {
    const declaration = byName.get(name);
    if (declaration === undefined) return "";
    return remembered(hashes, name, () => sha256(canonicalText(canonicalDeclaration(declaration))));
  };
  return (part, shapes) => {
    const reached = [...reachableDeclarations(shapes, byName)].sort().map(declarationHash);
    return sha256(canonicalText([form, part, reached])).slice(0, 16);
  };
}
