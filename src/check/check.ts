/**
 * Holds a contract to the rules before anything is emitted. Every rule runs, whatever another one found, so that
 * an author sees all problems at once.
 */
import type { Contract } from "../model/contract.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { sortDiagnostics } from "../diagnostics/sort.ts";
import type { Limits, Rule } from "./rule.ts";
import { bindingNameCollision } from "./rules/binding-name-collision.ts";
import { bindingNameInvalid } from "./rules/binding-name-invalid.ts";
import { bindingNameKeyword } from "./rules/binding-name-keyword.ts";
import { bindingNameReserved } from "./rules/binding-name-reserved.ts";
import { globalsInvalid } from "./rules/globals-invalid.ts";
import { leafGeneric } from "./rules/leaf-generic.ts";
import { leafNotFunction } from "./rules/leaf-not-function.ts";
import { leafOptional } from "./rules/leaf-optional.ts";
import { policyInvalid } from "./rules/policy-invalid.ts";
import { scriptContractInvalid } from "./rules/script-contract-invalid.ts";
import { treeNotStatic } from "./rules/tree-not-static.ts";
import { treeTooDeep } from "./rules/tree-too-deep.ts";
import { treeTooLarge } from "./rules/tree-too-large.ts";
import { typeAny } from "./rules/type-any.ts";
import { typeLossy } from "./rules/type-lossy.ts";
import { typeNotClonable } from "./rules/type-not-clonable.ts";
import { typeTooLarge } from "./rules/type-too-large.ts";
import { typeUnresolved } from "./rules/type-unresolved.ts";

/** Code -> the rule that finds it. */
export const rules = {
  "binding-name-invalid": bindingNameInvalid,
  "binding-name-reserved": bindingNameReserved,
  "binding-name-collision": bindingNameCollision,
  "binding-name-keyword": bindingNameKeyword,
  "tree-too-deep": treeTooDeep,
  "tree-too-large": treeTooLarge,
  "tree-not-static": treeNotStatic,
  "leaf-not-function": leafNotFunction,
  "leaf-optional": leafOptional,
  "leaf-generic": leafGeneric,
  "type-not-clonable": typeNotClonable,
  "type-lossy": typeLossy,
  "type-any": typeAny,
  "type-unresolved": typeUnresolved,
  "type-too-large": typeTooLarge,
  "policy-invalid": policyInvalid,
  "script-contract-invalid": scriptContractInvalid,
  "globals-invalid": globalsInvalid,
} as const satisfies Readonly<Partial<Record<Diagnostic["code"], Rule>>>;

/** Everything the rules find in a contract, sorted. */
export function check(contract: Contract, limits: Limits): Diagnostic[] {
  return sortDiagnostics(Object.values(rules).flatMap((rule) => rule(contract, limits)));
}
