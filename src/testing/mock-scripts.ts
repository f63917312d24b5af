/**
 * `mockScripts`: a script's unit test in a few lines. Mocks of a contract, the globals it lists, and a way to run scripts with both, in this
 * process and without an engine.
 */
import type { CallLog } from "./calls.ts";
import type { ContractSource } from "./contract-source.ts";
import { refuseUnknown, type OptionNames } from "./known-options.ts";
import { mockGlobals, type MockGlobalsOptions } from "./mock-globals.ts";
import { mockRegistry, type MockOptions, type MockRegistry } from "./mock-registry.ts";
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
  refuseUnknown("mockScripts", options, optionNames);
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
    run: (file: string | URL, run?: ScriptRun) => runScript(registry, globals, file, run),
  });
}
