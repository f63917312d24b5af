/**
 * Makes a `Registry` of whatever the host gave as one.
 */
import { pathToFileURL } from "node:url";
import { defineRegistry } from "../registry/define-registry.ts";
import { isRegistry, type BindingTree, type Registry } from "../model/registry.ts";
import { option } from "./errors.ts";

/** The registry of a sandbox: the one given, else the one of `registryModule`, else an empty one. */
export async function loadRegistry(options: {
  readonly registry?: Registry | BindingTree;
  readonly registryModule?: string | URL;
}): Promise<Registry> {
  if (options.registry !== undefined) return toRegistry(checkedForPlace(options.registry));
  if (options.registryModule === undefined) return defineRegistry({});
  const { registryModule } = options;
  const url =
    typeof registryModule === "string" && !registryModule.startsWith("file:")
      ? pathToFileURL(registryModule).href
      : String(registryModule);
  const { default: registry } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ url)) as {
    default?: unknown;
  };
  return registryOfModule(registry);
}

/** What the module of a registry has as its default export. */
export function registryOfModule(exported: unknown): Registry {
  if (typeof exported === "object" && exported !== null) return toRegistry(exported);
  throw option("registryModule: the module's default export must be a registry or a tree of functions.");
}

function checkedForPlace(value: unknown): unknown {
  if (typeof value !== "string" && !(value instanceof URL)) return value;
  throw option(
    "registry: expected a registry or a tree of functions; the path of a module is `registryModule`.",
  );
}

/** A registry as it is; a plain tree through `defineRegistry`, which refuses what scripts must not be given. */
export function toRegistry(value: unknown): Registry {
  if (typeof value !== "object" || value === null) {
    throw option("registry: expected a registry or a tree of functions.");
  }
  return isRegistry(value) ? value : defineRegistry(value);
}
