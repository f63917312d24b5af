/**
 * `mockRegistry`: a registry without a host. Every binding answers with a value of its declared result type, made from a seed; a test says
 * itself what it wants to know better.
 */
import type { ExcessProperties, Registry, RegistryLeaf, RegistrySignature } from "../model/registry.ts";
import { Types } from "../validation/types.ts";
import { fitsArguments } from "../registry/checked-leaf.ts";
import { argumentsText } from "./argument-text.ts";
import { createLog, type CallLog } from "./calls.ts";
import { registryOf, withCalls, type ContractSource } from "./contract-source.ts";
import { refuseUnknown, type OptionNames } from "./known-options.ts";
import { readOverrides, type BindingsOf, type Overrides } from "./overrides.ts";
import { TestingError } from "./testing-error.ts";
import { declaredBy, DeclaredError, errorOf } from "./throws.ts";
import { randomOf, type Random } from "./value/random.ts";
import { NoValue, Values } from "./value/value.ts";

export interface MockOptions<T = unknown> {
  /**
   * A tree like the bindings: for a binding a function, the value of every answer, or `throws("NotFoundError")`. What is not in it is made.
   * Typed when the type of the bindings is given: `mockRegistry<Bindings>(…)`, `mockRegistry<typeof SecureExec.bindings>(…)`.
   */
  readonly overrides?: Overrides<BindingsOf<T>>;
  /** Another number makes other values. The same call gets the same answer, whatever else is called and in whatever process. Default: 0. */
  readonly seed?: number;
  /**
   * What becomes of properties of arguments that no type declares, as in the config of the contract; a registry brings its own. Default:
   * `"refuse"`.
   */
  readonly excessProperties?: ExcessProperties;
}

const optionNames: OptionNames<MockOptions> = {
  overrides: true,
  seed: true,
  excessProperties: true,
};

/** A registry whose functions are mocks, with the log of their calls. */
export interface MockRegistry<T = unknown> extends Registry, CallLog<T> {}

/**
 * A registry for tests: `createSandbox({ registry: mockRegistry(contract) })` runs scripts without the host's functions. Arguments and errors
 * are held to the contract as in production.
 *
 * Throws a `TestingError`: `ERR_TESTING_CONTRACT` for what is no contract, `ERR_TESTING_OVERRIDE` for an override of nothing and for an option that does not exist. A call whose
 * result type has no value that could be made throws `ERR_TESTING_NO_VALUE`, or the first error it declares.
 *
 * @example
 * import contract from "./generated/contract.json" with { type: "json" };
 *
 * const mock = mockRegistry<typeof SecureExec.bindings>(contract, {
 *   overrides: { orders: { find: async (id) => ({ id, total: 12 }) } },
 * });
 * await using sandbox = await createSandbox({ registry: mock, isolation: "none" });
 * await sandbox.run(source);
 * mock.callsTo("orders.find"); // [{ name: "orders.find", args: ["a7"], result: { id: "a7", total: 12 } }]
 */
export function mockRegistry<T = unknown>(
  contract: ContractSource,
  options: MockOptions<T> = {},
): MockRegistry<T> {
  refuseUnknown("mockRegistry", options, optionNames);
  const registry = registryOf(contract, options.excessProperties);
  const overrides = readOverrides(options.overrides, registry);
  const types = new Types(registry.declarations);
  const values = new Values(types);
  const { log, around } = createLog(registry.leaves.map(({ name }) => name));
  refuseUntyped(registry, overrides);

  const mock = withCalls(registry, (leaf) => {
    const answer = (args: readonly unknown[]): unknown => {
      const random = randomOf(`${options.seed ?? 0} ${leaf.name} ${argumentsText(args)}`);
      return overrides.has(leaf.name)
        ? overridden(leaf, overrides.get(leaf.name), args, random)
        : made(leaf, args, random);
    };
    const isAsync = leaf.mode === "async";
    return (...args: unknown[]) =>
      around(leaf.name, args, isAsync ? async () => answer(args) : () => answer(args));
  });

  function overridden(
    leaf: RegistryLeaf,
    override: unknown,
    args: readonly unknown[],
    random: Random,
  ): unknown {
    const answer: unknown =
      typeof override === "function" ? Reflect.apply(override, undefined, args) : override;
    const thrown = (result: unknown): unknown => {
      if (!(result instanceof DeclaredError)) return result;
      const declared = declaredBy(leaf, result);
      const { name, properties } = result;
      const shape = { kind: "error", name: "Error", properties: [] } as const;
      throw errorOf(declared ?? { name, shape, description: "" }, properties, { types, values, random });
    };
    return answer instanceof Promise ? answer.then(thrown) : thrown(answer);
  }

  function made(leaf: RegistryLeaf, args: readonly unknown[], random: Random): unknown {
    const signature = signatureOf(leaf, args);
    if (signature === undefined || signature.result.kind === "void") return undefined;
    const echoed = echo(signature, args);
    if (echoed !== null) return echoed.value;
    try {
      const type = types.of(signature.result, types.scopeOf(signature));
      return values.make(type, leaf.path.at(-1) ?? "", random);
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      const [declared] = leaf.contract?.throws ?? [];
      if (declared !== undefined) throw errorOf(declared, {}, { types, values, random });
      throw new TestingError(
        "ERR_TESTING_NO_VALUE",
        `\`${leaf.name}\` has no mock: ${error.message}. Say in \`overrides\` what it answers.`,
      );
    }
  }

  /** Of an overloaded binding the signature that takes the arguments. */
  function signatureOf(leaf: RegistryLeaf, args: readonly unknown[]): RegistrySignature | undefined {
    const signatures = leaf.contract?.signatures ?? [];
    if (signatures.length < 2) return signatures[0];
    return signatures.find((one) => fitsArguments(types, one, registry, args, undefined)) ?? signatures[0];
  }

  return Object.freeze({ ...mock, ...log });
}

/** Of `<T>(value: T) => T` the argument: what a script passes it gets back, and not any value of the constraint. */
function echo(
  { result, parameters }: RegistrySignature,
  args: readonly unknown[],
): { readonly value: unknown } | null {
  if (result.kind !== "parameter") return null;
  const isIt = (shape: RegistrySignature["result"] | undefined): boolean =>
    shape?.kind === "parameter" && shape.name === result.name;
  const all = parameters.findIndex(({ whole }) => isIt(whole));
  if (all >= 0) return { value: args.slice(all) };
  const at = parameters.findIndex(({ shape }) => isIt(shape));
  return at >= 0 && at < args.length ? { value: args[at] } : null;
}

function refuseUntyped(registry: Registry, overrides: ReadonlyMap<string, unknown>): void {
  const names = registry.leaves.flatMap(({ name, contract }) =>
    contract === null && !overrides.has(name) ? [`\`${name}\``] : [],
  );
  if (names.length === 0) return;
  throw new TestingError(
    "ERR_TESTING_CONTRACT",
    `This registry says nothing of the types of ${names.join(", ")}: it was made without a contract. Give a \`contract.json\`, or overrides for each.`,
  );
}
