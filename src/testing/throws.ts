/**
 * Errors on demand: what `@throws {T}` declares of a binding, made when an override asks for it. An error that is not declared is refused,
 * because a host that masks errors would never show it to a script.
 */
import type { ThrownError } from "../model/contract.ts";
import type { RegistryLeaf } from "../model/registry.ts";
import { didYouMean } from "../model/suggest.ts";
import type { Types } from "../validation/types.ts";
import { TestingError } from "./testing-error.ts";
import { NoValue, type Values } from "./value/value.ts";
import type { Random } from "./value/random.ts";

/** An error that a mock throws instead of answering; made by `throws`. */
export class DeclaredError {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;

  /** @internal */
  constructor(name: string, properties: Readonly<Record<string, unknown>>) {
    this.name = name;
    this.properties = properties;
  }
}

/**
 * As an override, or as the answer of one: the binding throws the error that its `@throws {name}` declares. Its message is the text behind
 * the tag and its data are values of the declared types, unless `properties` has others.
 *
 * An error that the binding does not declare is a `TestingError`, `ERR_TESTING_OVERRIDE`.
 *
 * @example
 * mockRegistry(contract, { overrides: { db: { search: throws("RangeError") } } });
 * mockRegistry(contract, { overrides: { db: { search: (text, page = 1) => (page > 3 ? throws("RangeError") : []) } } });
 */
export function throws(name: string, properties: Readonly<Record<string, unknown>> = {}): DeclaredError {
  return new DeclaredError(name, properties);
}

/** The `@throws` of a leaf that is asked for. A leaf without a contract declares nothing, and may throw anything. */
export function declaredBy(leaf: RegistryLeaf, { name }: DeclaredError): ThrownError | null {
  if (leaf.contract === null) return null;
  const names = leaf.contract.throws.map((thrown) => thrown.name);
  const found = leaf.contract.throws.find((thrown) => thrown.name === name);
  if (found !== undefined) return found;
  const declared =
    names.length === 0
      ? "It declares no errors"
      : `It declares ${names.map((one) => `\`${one}\``).join(", ")}`;
  throw new TestingError(
    "ERR_TESTING_OVERRIDE",
    `\`${leaf.name}\` does not declare the error \`${name}\`.${didYouMean(name, names)} ${declared}: \`@throws {${name}}\` in the definition would.`,
  );
}

/** The error itself. `types` and `values` are those of the leaf's contract. */
export function errorOf(
  thrown: ThrownError,
  properties: DeclaredError["properties"],
  { types, values, random }: { readonly types: Types; readonly values: Values; readonly random: Random },
): Error {
  const made = shapeValue();
  const error = made instanceof Error ? made : new Error(thrown.name);
  if (made !== error) Object.assign(error, made);
  if (error.name !== thrown.name) hide(error, "name", thrown.name);
  if (thrown.description !== "") hide(error, "message", thrown.description);
  for (const [key, value] of Object.entries(properties)) {
    if (["name", "message", "cause", "errors", "stack"].includes(key)) hide(error, key, value);
    else Object.defineProperty(error, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return error;

  function shapeValue(): unknown {
    try {
      return values.make(types.of(thrown.shape), thrown.name, random);
    } catch (error) {
      if (error instanceof NoValue) return null;
      throw error;
    }
  }
}

function hide(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, enumerable: false, configurable: true });
}
