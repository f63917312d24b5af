/**
 * A leaf's table made ready for the runtime: emitted validators, completed with what straight-line code does not do.
 * Keeps out the deciding of ordinary values, which stays with the emitted code.
 *
 * - A value that was too much for the emitted code gets a second hearing by the interpreter: an argument whose type can
 *   contain itself, because that code follows no cycles and `{ parent }` of a tree is one, and every result, because a
 *   host may send more than a guest.
 * - With `strip`, accepted arguments are replaced, in the array given, by copies without undeclared properties.
 */
import { argumentCounts } from "../validation/explain.ts";
import type { RegistryTables } from "../model/file/registry-tables.ts";
import type { LeafTable, RegistrySignature } from "../model/registry.ts";
import type { Shape } from "../model/shape.ts";
import { match } from "../validation/match.ts";
import { startWalk } from "../validation/walk.ts";
import { reachableDeclarations, recursiveDeclarations } from "../model/reach.ts";
import { strip } from "../validation/strip.ts";
import { Types, type Type } from "../validation/types.ts";

export function checkedLeaf(table: LeafTable, contract: RegistryTables): LeafTable {
  const isRecursive = recursion(contract);
  const again = table.signatures.filter(({ parameters }) =>
    parameters.some(({ shape }) => isRecursive(shape)),
  );
  const isSpent = contract.isSpent ?? ((): boolean => true);
  const heard = again.length === 0 ? table.accepts : hearAgain(table, contract, again, isSpent);
  return {
    ...table,
    accepts: contract.excessProperties === "strip" ? stripAfter(heard, table, contract) : heard,
    acceptsResult: (value, steps) =>
      table.acceptsResult(value, steps) ||
      (isSpent() && table.signatures.some((one) => fitsResult(one, contract, value))),
  };
}

function hearAgain(
  table: LeafTable,
  contract: RegistryTables,
  signatures: readonly RegistrySignature[],
  isSpent: () => boolean,
): LeafTable["accepts"] {
  return (args, steps) =>
    table.accepts(args, steps) ||
    (isSpent() &&
      signatures.some((signature) =>
        fitsArguments(new Types(contract.declarations), signature, contract, args, steps),
      ));
}

function stripAfter(
  accepts: LeafTable["accepts"],
  table: LeafTable,
  contract: RegistryTables,
): LeafTable["accepts"] {
  return (args, steps) => {
    if (!accepts(args, steps)) return false;
    const types = new Types(contract.declarations);
    const signature = table.signatures.find((one) => fitsArguments(types, one, contract, args, steps));
    if (signature === undefined) return false;
    const taken = args as unknown[];
    const typed = args.map((value, at) => ({
      value,
      type: argumentType(types, signature, at)?.type ?? null,
    }));
    strip(types, typed, steps).forEach((value, at) => (taken[at] = value));
    return true;
  };
}

/** True when a signature takes these arguments, as the interpreter says. */
export function fitsArguments(
  types: Types,
  signature: RegistrySignature,
  contract: Pick<RegistryTables, "excessProperties">,
  args: readonly unknown[],
  steps: number | undefined,
): boolean {
  const { least, most } = argumentCounts(signature);
  if (args.length < least || args.length > most) return false;
  const walk = startWalk(types, contract.excessProperties, "guest", steps);
  const rest = signature.parameters.at(-1);
  if (rest?.whole) {
    const all = args.slice(signature.parameters.length - 1);
    if (match(walk, types.of(rest.whole, types.scopeOf(signature)), all) !== null) return false;
  }
  return args.every((value, at) => {
    const parameter = argumentType(types, signature, at);
    return (
      parameter === null ||
      (value === undefined && parameter.isOptional) ||
      match(walk, parameter.type, value) === null
    );
  });
}

/** True when a signature has this result, as the interpreter says. */
export function fitsResult(
  signature: RegistrySignature,
  contract: Pick<RegistryTables, "declarations" | "excessProperties">,
  value: unknown,
): boolean {
  if (signature.result.kind === "void") return true;
  const types = new Types(contract.declarations);
  const walk = startWalk(types, contract.excessProperties, "host");
  return match(walk, types.of(signature.result, types.scopeOf(signature)), value) === null;
}

/** What the argument at a position must be; a rest parameter takes all from its own on. */
function argumentType(
  types: Types,
  signature: RegistrySignature,
  at: number,
): { readonly type: Type; readonly isOptional: boolean } | null {
  const parameter = signature.parameters[at] ?? signature.parameters.at(-1);
  if (parameter === undefined) return null;
  return {
    type: types.of(parameter.shape, types.scopeOf(signature)),
    isOptional: parameter.quantity === "optional",
  };
}

/** Tells whether a value of a shape may contain itself. */
function recursion({ declarations }: RegistryTables): (shape: Shape) => boolean {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const recursive = recursiveDeclarations(declarations);
  return (shape) => [...reachableDeclarations([shape], byName)].some((name) => recursive.has(name));
}
