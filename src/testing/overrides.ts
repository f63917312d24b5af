/**
 * Overrides: what a test says instead of the made values. A tree like the bindings, with what it wants to say itself: a function, a value that
 * is always the answer, or a declared error.
 */
import type { BindingFunction, Registry, RegistryLeaf } from "../model/registry.ts";
import { didYouMean } from "../model/suggest.ts";
import { TestingError } from "./testing-error.ts";
import { declaredBy, DeclaredError } from "./throws.ts";

/**
 * The tree of bindings that a type parameter stands for: the tree itself (`Bindings`, `HostBindings`, `typeof SecureExec.bindings`, the type
 * of what `defineBindings` returned), or `typeof createRegistry` of a generated `registry.ts`.
 */
export type BindingsOf<T> = T extends (bindings: infer Tree extends object) => Registry ? Tree : T;

/** What may stand for each binding of a tree. Without a type parameter, any tree. */
export type Overrides<T> = unknown extends T
  ? UntypedOverrides
  : { readonly [K in keyof T]?: T[K] extends BindingFunction ? Override<T[K]> : Overrides<T[K]> };

/** Overrides of bindings whose types the test does not name. */
export interface UntypedOverrides {
  readonly [name: string]: unknown;
}

/** For one binding: a function of its parameters, the value of every answer, or `throws(…)`. */
export type Override<F extends BindingFunction> =
  ((...args: Parameters<F>) => Answer<ReturnType<F>>) | Constant<Awaited<ReturnType<F>>> | DeclaredError;

type Answer<R> =
  R | DeclaredError | (R extends PromiseLike<infer Value> ? Value | Promise<Value | DeclaredError> : never);

/** `unknown` beside a function would leave its parameters without types. */
type Constant<Value> = unknown extends Value ? never : Value;

/** Dotted name -> what stands for the leaf. Throws `ERR_TESTING_OVERRIDE` for what no leaf is called. */
export function readOverrides(
  overrides: object | undefined,
  registry: Registry,
): ReadonlyMap<string, unknown> {
  const leaves = new Map(registry.leaves.map((leaf) => [leaf.name, leaf]));
  const namespaces = new Set(registry.namespaces.map((path) => path.join(".")));
  const found = new Map<string, unknown>();
  const visit = (tree: object, path: readonly string[]): void => {
    for (const [key, value] of Object.entries(tree)) {
      if (value === undefined) continue;
      const name = [...path, key].join(".");
      const leaf = leaves.get(name);
      if (leaf !== undefined) found.set(name, checked(leaf, value));
      else if (namespaces.has(name) && typeof value === "object" && value !== null)
        visit(value, [...path, key]);
      else throw unknownBinding(name, [...leaves.keys()], namespaces);
    }
  };
  visit(overrides ?? {}, []);
  return found;
}

/** An error that is always thrown is known to be declared before anything runs. */
function checked(leaf: RegistryLeaf, override: unknown): unknown {
  if (override instanceof DeclaredError) declaredBy(leaf, override);
  return override;
}

function unknownBinding(
  name: string,
  leaves: readonly string[],
  namespaces: ReadonlySet<string>,
): TestingError {
  const what = namespaces.has(name)
    ? `\`${name}\` is a namespace, and its override is no tree of overrides.`
    : `There is no binding \`${name}\` to override.${didYouMean(name, leaves)}`;
  return new TestingError("ERR_TESTING_OVERRIDE", what);
}
