/**
 * Remembers the validators of the contract before: their text follows from the types alone, and most edits are to names of
 * parameters, to documentation or to bodies. Types that differ in one place are planned anew as a whole, because functions take their
 * names, and constants their numbers, in the order in which types are met.
 */
import type { Contract } from "../../../model/contract.ts";
import type { ExcessProperties } from "../../../model/registry.ts";
import { walkLeaves } from "../../../model/walk.ts";
import { emitValidators, type Validators } from "./validators.ts";

export interface ValidatorsMemory {
  last: { readonly of: readonly unknown[]; readonly validators: Validators } | null;
}

export function validatorsOf(
  contract: Contract,
  excess: ExcessProperties,
  memory: ValidatorsMemory,
): Validators {
  const of = dependencies(contract, excess);
  const { last } = memory;
  if (last?.of.length === of.length && of.every((one, at) => Object.is(one, last.of[at])))
    return last.validators;
  const validators = emitValidators(contract, excess);
  memory.last = { of, validators };
  return validators;
}

/** All that the text depends on, compared by identity. */
function dependencies({ declarations, root }: Contract, excess: ExcessProperties): readonly unknown[] {
  const signatures = [...walkLeaves(root)].flatMap((leaf) => [leaf.signatures.length, ...leaf.signatures]);
  return [
    excess,
    declarations.length,
    ...declarations,
    ...signatures.flatMap((one) =>
      typeof one === "number"
        ? [one]
        : [
            ...one.typeParameters,
            one.parameters.length,
            ...one.parameters.flatMap(({ shape, whole, quantity }) => [shape, whole, quantity]),
            one.result,
          ],
    ),
  ];
}
