/**
 * `isobind/registry`: the one import of generated code. Loads nothing but the model.
 */
export type {
  BindingFunction,
  BindingTree,
  LeafTable,
  Registry,
  RegistryContract,
  RegistryDeclaration,
  RegistryLeaf,
  RegistrySignature,
} from "./contract/registry.ts";
