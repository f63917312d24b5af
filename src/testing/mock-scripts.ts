/**
 * `mockScripts`: a script's unit test in a few lines. Mocks of a contract, the globals it lists, and a way to run scripts with both, in this
 * process and without an engine.
 */
import type { CallLog } from "./calls.ts";
import type { ContractSource } from "./contract-source.ts";
import { refuseUnknown, type OptionNames } from "./known-options.ts";
import { mockGlobals, type MockGlobalsOptions } from "./mock-globals.ts";
import { mockRegistry, type MockOptions, type MockRegistry } from "./mock-registry.ts";
import { TestingError } from "./testing-error.ts";
import { runScript, type ScriptExports, type ScriptRun } from "./run-script.ts";

export interface MockScriptsOptions<T = unknown> extends MockOptions<T> {
  /** Globals that are not made, by name. */
  readonly globals?: MockGlobalsOptions["overrides"];
}

const optionNames: OptionNames<MockScriptsOptions> = {
  overrides: true,
  seed: true,
  excessProperties: true,
  globals: true,
};

const runOptionNames: OptionNames<ScriptRun> = { input: true, kind: true };

export interface MockScripts<T = unknown> extends CallLog<T> {
  /**
   * Runs a script as a module of this process and gives what it exports. A path is relative to the working folder. Arguments, policies,
   * `input` and the default export are held to the contract as in a sandbox. Rejects with what the script throws.
   */
  run(file: string | URL, options?: ScriptRun): Promise<ScriptExports>;
  /** The same mocks for a sandbox: `createSandbox({ registry })`. */
  readonly registry: MockRegistry<T>;
}

/**
 * Mocks for the scripts of a contract. The script runs with all that this process has, so run your own scripts with it, and those of strangers
 * in a sandbox.
 *
 * Throws a `TestingError`, as `mockRegistry` and `mockGlobals` do.
 *
 * @example
 * const mocks = mockScripts("generated/contract.json", { overrides: { orders: { list: ["a7"] } } });
 * const { default: total } = await mocks.run("scripts/total.ts", { input: { month: 5 } });
 * mocks.callsTo("orders.list").length; // 1
 */
export function mockScripts<T = unknown>(
  contract: ContractSource,
  options: MockScriptsOptions<T> = {},
): MockScripts<T> {
  return mockScriptsAs("mockScripts", contract, options);
}

/**
 * The same under the name that a test calls it by: a package for authors of scripts has it as `mock`.
 *
 * @public
 */
export function mockScriptsAs<T = unknown>(
  as: string,
  contract: ContractSource,
  options: MockScriptsOptions<T> = {},
): MockScripts<T> {
  refuseOfRun(as, options);
  refuseUnknown(as, options, optionNames);
  const { globals: given, ...mocking } = options;
  const registry = mockRegistry<T>(contract, mocking);
  const globals = mockGlobals(registry, {
    ...(given !== undefined && { overrides: given }),
    ...(options.seed !== undefined && { seed: options.seed }),
  });
  return Object.freeze({
    registry,
    calls: registry.calls,
    callsTo: registry.callsTo,
    reset: registry.reset,
    run: async (file: string | URL, run: ScriptRun = {}) => {
      refuseOfMocks(as, run);
      refuseUnknown("run", run, runOptionNames);
      return runScript(registry, globals, file, run, options.seed);
    },
  });
}

/** What each run is given, and mocks are not. */
function refuseOfRun(as: string, options: object): void {
  const name = Object.keys(runOptionNames).find((one) => Object.hasOwn(Object(options) as object, one));
  if (name === undefined) return;
  throw new TestingError(
    "ERR_TESTING_OVERRIDE",
    `${as}: \`${name}\` belongs to a run, because one set of mocks may run several scripts: \`mocks.run(file, { ${name}: … })\`.`,
  );
}

/** What mocks are made with, and no run changes. */
function refuseOfMocks(as: string, run: object): void {
  const name = Object.keys(optionNames).find((one) => Object.hasOwn(Object(run) as object, one));
  if (name === undefined) return;
  throw new TestingError(
    "ERR_TESTING_OVERRIDE",
    `run: \`${name}\` belongs to the mocks, which all runs share: \`${as}(contract, { ${name}: … })\`.`,
  );
}
