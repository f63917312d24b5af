/**
 * The implementation style of a definition: the functions themselves, from which the generator infers types.
 */

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
export function defineBindings<const T extends Definition>(bindings: T): T {
  return bindings;
}
