/**
 * Overrides: what a test says instead of the made values. A tree like the bindings, with what it wants to say itself: a function, a value that
 * is always the answer, or a declared error.
 */
import type { BindingFunction, Registry, RegistryLeaf } from "../model/registry.ts";
import { didYouMean } from "../model/suggest.ts";
import { isThenable } from "../runtime/host/look.ts";
import { returnsNothing } from "../runtime/host/leaves.ts";
import { createReplies } from "../runtime/host/replies.ts";
import { runId } from "../runtime/host/run-id.ts";
import { decode } from "../runtime/crossing/host-codec.ts";
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

/** Dotted name -> what stands for the leaf. Throws `ERR_TESTING_OVERRIDE` for what no leaf is called, and for an answer of another type. */
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
      if (leaf !== undefined) found.set(name, checked(leaf, value, registry));
      else if (namespaces.has(name) && typeof value === "object" && value !== null)
        visit(value, [...path, key]);
      else throw unknownBinding(name, [...leaves.keys()], namespaces);
    }
  };
  visit(overrides ?? {}, []);
  return found;
}

/** What is always thrown is declared, and what always answers is of the declared type: both are known before anything runs. */
function checked(leaf: RegistryLeaf, override: unknown, registry: Registry): unknown {
  if (override instanceof DeclaredError) declaredBy(leaf, override);
  else if (typeof override !== "function" && !isThenable(override)) refuseWrongType(leaf, override, registry);
  return override;
}

/** Judged as the answer of a host function is, before it reaches a script. */
function refuseWrongType(leaf: RegistryLeaf, value: unknown, registry: Registry): void {
  const replies = createReplies({
    id: runId("override"),
    registry,
    limits: { payloadBytes: Infinity },
    hooks: {},
    errors: "show",
    validateResults: "error",
  });
  const reply = replies.value(leaf, returnsNothing(leaf) ? undefined : value);
  if (reply.kind !== "error") return;
  const decoded = decode(reply.error, Infinity);
  const why = (decoded.ok ? decoded.value : {}) as { path?: string; expected?: string; message?: string };
  const at = why.path ? `, at ${why.path}` : "";
  const message =
    why.expected === undefined
      ? `The override of \`${leaf.name}\` cannot be an answer: ${why.message ?? "it cannot cross."}`
      : `The override of \`${leaf.name}\` is of another type than its result${at}: expected ${why.expected}.`;
  throw new TestingError("ERR_TESTING_OVERRIDE", message);
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
