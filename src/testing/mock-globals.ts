/**
 * `mockGlobals`: the globals that a definition lists, without a host. Values of the declared types, made from a seed as those of mocks are.
 */
import { withUndefined } from "../model/globals.ts";
import { visible } from "../model/names.ts";
import { didYouMean } from "../model/suggest.ts";
import { explainValue } from "../validation/explain.ts";
import { Types } from "../validation/types.ts";
import { registryOf, type ContractSource } from "./contract-source.ts";
import { refuseUnknown, type OptionNames } from "./known-options.ts";
import { TestingError } from "./testing-error.ts";
import { randomOf } from "./value/random.ts";
import { NoValue, Values } from "./value/value.ts";

export interface MockGlobalsOptions<Globals = Readonly<Record<string, unknown>>> {
  /** What is not made: by name. Held to the declared types. */
  readonly overrides?: Partial<Globals>;
  /** Another number makes other values. Default: 0. */
  readonly seed?: number;
}

/**
 * The globals of a contract for `createSandbox({ globals })`, each a value of its declared type; none when the definition lists none.
 *
 * Throws a `TestingError`: `ERR_TESTING_CONTRACT` for what is no contract, `ERR_TESTING_OVERRIDE` for an override of nothing or of another type,
 * `ERR_TESTING_NO_VALUE` for a type that no value can be made of.
 *
 * @example
 * const sandbox = await createSandbox({
 *   registry: mockRegistry(contract),
 *   globals: mockGlobals(contract, { overrides: { region: "eu" } }),
 * });
 */
export function mockGlobals<Globals = Readonly<Record<string, unknown>>>(
  contract: ContractSource,
  options: MockGlobalsOptions<Globals> = {},
): Globals {
  const optionNames: OptionNames<MockGlobalsOptions> = { overrides: true, seed: true };
  refuseUnknown("mockGlobals", options, optionNames);
  const { globals, declarations } = registryOf(contract);
  const properties = globals?.properties ?? [];
  const names = properties.map(({ name }) => name);
  const overrides: Readonly<Record<string, unknown>> = { ...options.overrides };
  for (const name of Object.keys(overrides)) {
    if (names.includes(name)) continue;
    throw wrong(`There is no global \`${visible(name)}\` to override.${didYouMean(name, names)}`);
  }
  const types = new Types(declarations);
  const values = new Values(types);
  const made = properties.map((property): readonly [string, unknown] => {
    const { name } = property;
    if (!Object.hasOwn(overrides, name)) {
      const random = randomOf(`${options.seed ?? 0} globals ${name}`);
      return [name, valueOf(name, () => values.make(types.of(property.shape), name, random))];
    }
    const value = overrides[name];
    const why = explainValue(withUndefined(property), { declarations }, value, "host");
    if (why === null) return [name, value];
    const at = why.path === "" ? "" : `, at ${why.path}`;
    throw wrong(
      `The override of the global \`${name}\`${at}: expected ${why.expected}, got ${why.received}.`,
    );
  });
  return Object.fromEntries(made) as Globals;
}

function valueOf(name: string, make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NoValue)) throw error;
    const message = `The global \`${name}\` has no mock: ${error.message}. Say in \`overrides\` what it is.`;
    throw new TestingError("ERR_TESTING_NO_VALUE", message);
  }
}

const wrong = (message: string): TestingError => new TestingError("ERR_TESTING_OVERRIDE", message);
