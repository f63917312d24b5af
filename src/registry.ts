/**
 * `isobind/registry`: the one import of generated code. Loads nothing but the model.
 *
 * Hand-written code uses `defineRegistry` and the types. The rest is what emitted validators are made of.
 */
export { callContext, type CallContext, type HostContext } from "./contract/call-context.ts";
export { defineRegistry, RegistryError, type RegistryDiagnostic } from "./contract/define-registry.ts";
export type {
  BindingFunction,
  BindingTree,
  ContractData,
  LeafData,
  LeafTable,
  Registry,
  RegistryContract,
  RegistryDeclaration,
  RegistryLeaf,
  RegistrySignature,
} from "./contract/registry.ts";
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
} from "./contract/validate/brand.ts";
export { cased, isCased } from "./contract/validate/casing.ts";
export { hasKey, isNumericKey, onlyKeys, own } from "./contract/validate/keys.ts";
export { matches } from "./contract/validate/matches.ts";
export {
  anyText,
  bigintText,
  either,
  matchesTemplate,
  numberText,
  oneOf,
  template,
} from "./contract/validate/template.ts";
