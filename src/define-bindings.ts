/**
 * The implementation style of a definition: the functions themselves, from which the generator infers types.
 */
import type { BindingTree } from "./contract/registry.ts";

/**
 * Types a tree of host functions; returns it unchanged. The generator reads this call with the type checker and
 * never executes it.
 *
 * @example
 * export default defineBindings({
 *   greet: (name: string) => `Hello, ${name}!`,
 * });
 */
export function defineBindings<const T extends BindingTree>(bindings: T): T {
  return bindings;
}
