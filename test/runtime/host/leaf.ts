/** Builds registries for tests of the host side, without a generator. */
import type { LeafTable, Registry, RegistryLeaf } from "../../../src/model/registry.ts";
import type { Shape } from "../../../src/model/shape.ts";

type Table = Partial<Omit<LeafTable, "path" | "signatures">> & {
  readonly result?: Shape;
  readonly parameters?: LeafTable["signatures"][number]["parameters"];
};

/** A typed leaf that accepts everything unless told otherwise. */
export function typed(name: string, call: RegistryLeaf["call"], table: Table = {}): RegistryLeaf {
  const { mode = "sync", policy = {}, throws = [], result = { kind: "any" }, parameters = [] } = table;
  const path = name.split(".");
  return {
    path,
    name,
    mode,
    policy,
    call,
    contract: {
      path,
      mode,
      policy,
      throws,
      signatures: [{ mode, result, parameters, typeParameters: [] }],
      accepts: table.accepts ?? (() => true),
      acceptsResult: table.acceptsResult ?? (() => true),
    },
  };
}

/** A leaf of a plain tree. */
export function plain(name: string, call: RegistryLeaf["call"]): RegistryLeaf {
  return { path: name.split("."), name, mode: "maybe", policy: {}, call, contract: null };
}

export function registryOf(...leaves: readonly RegistryLeaf[]): Registry {
  return {
    kind: "isobind-registry",
    digest: null,
    excessProperties: "refuse",
    declarations: [],
    leaves,
    namespaces: [],
  };
}
