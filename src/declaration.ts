/**
 * `isobind/declaration`: the text of a `secure-exec.d.ts` where the file is not. A host that `tsc` has built has its registry in `dist`, and no `.d.ts` of the
 * generated folder; an editor or a model that writes scripts wants the declaration all the same. Emits it anew, from what the host has loaded
 * anyway; loads no compiler.
 */
import { emitDeclaration } from "./emit/declaration/declaration.ts";
import { guardDeclaration } from "./emit/guard/guard.ts";
import type { Contract } from "./model/contract.ts";
import { contractOfRegistry } from "./model/file/contract-of-registry.ts";
import { parseContract, readContract } from "./model/file/deserialize.ts";
import { isRegistry, type Registry } from "./model/registry.ts";

/**
 * The declaration that scripts of a registry are written against.
 *
 * `source` is the content of the `contract.json` beside the registry, parsed or as text: it holds the documentation of your definition, and the text is that of the
 * file. `tsc` with `resolveJsonModule` copies what a program imports of it to `dist`. Or it is the registry itself: then types, names and digest are the same, and nothing
 * is documented, because a registry carries no documentation.
 *
 * Throws a `TypeError` for a tree of functions without a contract, and for the registry of a profile, whose `contract.json` says more; a
 * `ContractFormatError` for what is no contract.
 *
 * @example
 * import contract from "./generated/contract.json" with { type: "json" };
 * editor.addExtraLib(declarationOf(contract), "secure-exec.d.ts");
 */
export function declarationOf(source: Registry | object | string): string {
  const contract = contractOf(source);
  return guardDeclaration(emitDeclaration(contract), contract);
}

function contractOf(source: Registry | object | string): Contract {
  if (typeof source === "string") return parseContract(source);
  if (isRegistry(source)) return contractOfRegistry(source);
  // `import * as contract` gives an object whose `default` is the content.
  return readContract("default" in source && !("isobind" in source) ? source.default : source);
}
