/**
 * The implementation style of a definition: the functions themselves, from which the generator infers types.
 */
import type { DefinedGlobals, NamedScripts, ScriptDefinition, WithScripts } from "./model/script-types.ts";

/**
 * What `defineBindings` accepts. Leaves are `Function`, which any function is and which says nothing of parameters: against a
 * signature of `any`s TypeScript would give every parameter without a type the type `any`, defaults included.
 */
export interface Definition {
  readonly [name: string]: Function | Definition;
}

/**
 * Types a tree of host functions; returns it unchanged. The generator reads this call with the type checker and
 * never executes it.
 *
 * @example
 * export default defineBindings({
 *   greet: (name: string) => `Hello, ${name}!`,
 * });
 */
export function defineBindings<const T extends Definition>(bindings: T): T;
/**
 * The same with what a script is: the type of its `input` and of its `export default`, and with the globals that the host gives to all of them.
 * Only the types of the second argument count; the type `Script`, `Scripts` or `Globals` that the file exports says the same.
 *
 * @example
 * export default defineBindings(
 *   { greet: (name: string) => `Hello, ${name}!` },
 *   { script: {} as { input: { month: number }; result: Report } },
 * );
 */
export function defineBindings<const T extends Definition, const Defined extends ScriptDefinition>(
  bindings: T,
  scripts: Defined,
): T & WithScripts<NamedScripts<Defined>, DefinedGlobals<Defined>>;
export function defineBindings(bindings: Definition): Definition {
  return bindings;
}
