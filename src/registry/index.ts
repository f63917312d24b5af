/**
 * `isobind/registry`: the one import of generated code. Loads nothing but the model.
 *
 * Hand-written code uses `defineRegistry` and the types. The rest is what emitted validators are made of.
 */
export { callContext, type CallContext, type HostContext } from "./call-context.ts";
export { suspend } from "./suspend.ts";
export { defineRegistry, RegistryError, type RegistryDiagnostic } from "./define-registry.ts";
export type {
  BindingFunction,
  BindingTree,
  ContractData,
  LeafData,
  LeafTable,
  Registry,
  RegistryContract,
  RegistryDeclaration,
  RegistryGlobals,
  RegistryLeaf,
  RegistryScript,
  RegistrySignature,
} from "../model/registry.ts";
export type { GlobalTypesOf, ScriptTypesOf } from "../model/script-types.ts";
export {
  isArrayBuffer,
  isDataView,
  isDate,
  isError,
  isMap,
  isPlainObject,
  isRegExp,
  isSet,
  isTemporal,
  isTypedArray,
} from "../validation/brand.ts";
export { cased, isCased } from "../validation/casing.ts";
export { hasKey, isNumericKey, onlyKeys, own } from "../validation/keys.ts";
export { matches } from "../validation/matches.ts";
export {
  anyText,
  bigintText,
  either,
  matchesTemplate,
  numberText,
  oneOf,
  template,
} from "../validation/template.ts";
