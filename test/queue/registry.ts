/**
 * Registries with a digest, without a generator: what arguments are does not matter here.
 */
import type { BindingFunction, Registry } from "../../src/model/registry.ts";
import type { Policy } from "../../src/model/policy.ts";
import { defineRegistry, type RegistryContract } from "../../src/registry/index.ts";

export interface TestLeaf {
  readonly mode: "sync" | "async";
  readonly policy?: Policy;
  readonly call: BindingFunction;
}

export function registryOf(digest: string, leaves: Readonly<Record<string, TestLeaf>>): Registry {
  const entries = Object.entries(leaves);
  const tree = Object.fromEntries(entries.map(([name, { call }]) => [name, call]));
  return defineRegistry(tree, {
    digest,
    excessProperties: "refuse",
    declarations: [],
    leaves: entries.map(([name, { mode, policy }]) => ({
      path: [name],
      mode,
      policy: policy ?? {},
      signatures: [
        {
          mode,
          parameters: [{ name: "args", quantity: "rest", shape: { kind: "unknown" } }],
          result: { kind: "unknown" },
        },
      ],
      throws: [],
      accepts: () => true,
      acceptsResult: () => true,
    })),
  } as unknown as RegistryContract);
}
