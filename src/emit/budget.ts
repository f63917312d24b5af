/**
 * Finds where the bytes of a declaration come from: for a definition whose declaration is too large to read, the leaf that
 * brings most of them and the type that does. Measured on what is printed.
 */
import type { Contract, Leaf } from "../model/contract.ts";
import { declarationsOf, walkLeaves } from "../model/walk.ts";
import { declarationDoc } from "./declaration/declared.ts";
import { nameScope } from "./declaration/scope.ts";
import { print } from "./print/doc.ts";

export interface Weight {
  readonly leaf: Leaf;
  /** Bytes of all types the leaf reaches. */
  readonly bytes: number;
  /** The largest of these types; `null` when the leaf names none. */
  readonly largest: { readonly name: string; readonly bytes: number } | null;
}

/**
 * The leaves of a contract, heaviest first; of equals the author's order.
 *
 * @example
 * const [heaviest] = weigh(contract); // { leaf, bytes: 884_000, largest: { name: "Customer", bytes: 12_000 } }
 */
export function weigh(contract: Contract): readonly Weight[] {
  const scope = nameScope(contract, [], (content) => content);
  const sizes = new Map(
    contract.declarations.map((declaration) => [
      declaration.name,
      new TextEncoder().encode(print(declarationDoc(declaration, scope))).length,
    ]),
  );
  return [...walkLeaves(contract.root)]
    .map((leaf): Weight => {
      const reached = Array.from(declarationsOf(leaf, contract), (name) => ({
        name,
        bytes: sizes.get(name) ?? 0,
      }));
      const [largest = null] = reached.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
      return { leaf, bytes: reached.reduce((sum, { bytes }) => sum + bytes, 0), largest };
    })
    .sort((a, b) => b.bytes - a.bytes);
}
