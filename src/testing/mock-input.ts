/**
 * `mockInput`: an input for a script, without a host. A value of the type that the definition says, made from a seed.
 */
import { Types } from "../validation/types.ts";
import { registryOf, type ContractSource } from "./contract-source.ts";
import { kindNamed } from "./kind-named.ts";
import { refuseUnknown, type OptionNames } from "./known-options.ts";
import { TestingError } from "./testing-error.ts";
import { randomOf } from "./value/random.ts";
import { NoValue, Values } from "./value/value.ts";

export interface MockInputOptions {
  /** The kind of script. Default: that of scripts that name none. */
  readonly kind?: string;
  /** Another number makes another value. Default: 0. */
  readonly seed?: number;
}

/**
 * An input for a script of a contract; `undefined` where the definition says nothing of it.
 *
 * Throws a `TestingError`: `ERR_TESTING_CONTRACT` for what is no contract, `ERR_TESTING_OVERRIDE` for a kind that does not exist,
 * `ERR_TESTING_NO_VALUE` for a type that no value can be made of.
 *
 * @example
 * await sandbox.run(source, { input: mockInput(contract) });
 */
export function mockInput(contract: ContractSource, options: MockInputOptions = {}): unknown {
  refuseUnknown("mockInput", options, { kind: true, seed: true } satisfies OptionNames<MockInputOptions>);
  const { kind, seed = 0 } = options;
  const { scripts = [], declarations } = registryOf(contract);
  const script = kindNamed(scripts, kind);
  if (!script?.input) return undefined;
  const types = new Types(declarations);
  try {
    return new Values(types).make(types.of(script.input), "input", randomOf(`${seed} input ${script.name}`));
  } catch (error) {
    if (!(error instanceof NoValue)) throw error;
    throw new TestingError("ERR_TESTING_NO_VALUE", `The input has no mock: ${error.message}. Give one.`);
  }
}
