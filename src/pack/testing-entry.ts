/**
 * The entry `testing` of a package: mocks of its own contract. The code is in `mocks.js`, which is made when isobind is built and imports nothing
 * but Node.
 */

export const testingModule = `import { fileURLToPath } from "node:url";
import { mockScriptsAs } from "./mocks.js";

export const mock = (options) => mockScriptsAs("mock", fileURLToPath(new URL("./contract.json", import.meta.url)), options);
export { throws, TestingError } from "./mocks.js";
`;

/** `hasGlobals`: the declaration has a type \`SecureExec.Globals\`. */
export const testingTypes = (hasGlobals: boolean): string => `/// <reference path="./secure-exec.d.ts" />

type Bindings = typeof SecureExec.bindings;
type Binding = (...args: never[]) => unknown;

/** An error that a mock throws instead of answering; made by \`throws\`. */
export interface DeclaredError {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

type Answer<R> =
  R | DeclaredError | (R extends PromiseLike<infer Value> ? Value | Promise<Value | DeclaredError> : never);

/** For one binding: a function of its parameters, the value of every answer, or \`throws(…)\`. */
export type Override<F extends Binding> =
  | ((...args: Parameters<F>) => Answer<ReturnType<F>>)
  | (unknown extends Awaited<ReturnType<F>> ? never : Awaited<ReturnType<F>>)
  | DeclaredError;

export type Overrides<T = Bindings> = {
  readonly [K in keyof T]?: T[K] extends Binding ? Override<T[K]> : Overrides<T[K]>;
};

export interface MockOptions {
  /** What a test wants to know better; every other binding answers with a value of its type. */
  readonly overrides?: Overrides;
${hasGlobals ? "  /** Globals that are not made. */\n  readonly globals?: Partial<SecureExec.Globals>;\n" : ""}  /** Another number makes other values. Default: 0. */
  readonly seed?: number;
}

/** The dotted names of the bindings. */
export type BindingName<T = Bindings> = {
  [K in keyof T & string]: T[K] extends Binding ? K : \`\${K}.\${BindingName<T[K]>}\`;
}[keyof T & string];

type At<T, Name extends string> = Name extends keyof T
  ? T[Name]
  : Name extends \`\${infer Head}.\${infer Rest}\`
    ? Head extends keyof T
      ? At<T[Head], Rest>
      : never
    : never;

/** One call. \`result\` and \`error\` are there once it has been answered. */
export interface MockCall<F = unknown> {
  /** The dotted name. */
  readonly name: string;
  readonly args: F extends Binding ? Readonly<Parameters<F>> : readonly unknown[];
  readonly result?: F extends Binding ? Awaited<ReturnType<F>> : unknown;
  readonly error?: unknown;
}

export interface ScriptExports {
  // oxlint-disable-next-line typescript/no-explicit-any -- What a script exports only its test knows.
  readonly default?: any;
  // oxlint-disable-next-line typescript/no-explicit-any -- The same.
  readonly [name: string]: any;
}

export interface Mocks {
  /**
   * Runs a script and gives what it exports; rejects with what it throws. A path is relative to the working folder. An \`input\` that is left out is made, where the definition
   * says what it is.
   */
  run(
    file: string | { readonly href: string },
    options?: { readonly input?: unknown; readonly kind?: string },
  ): Promise<ScriptExports>;
  /** Every call that scripts made, in order. */
  readonly calls: readonly MockCall[];
  /** The calls of one binding, by its dotted name. */
  callsTo<Name extends BindingName>(name: Name): readonly MockCall<At<Bindings, Name>>[];
  /** Empties the log. */
  reset(): void;
  /** The same mocks for a sandbox of isobind: \`createSandbox({ registry })\`. */
  readonly registry: object;
}

/**
 * Mocks for unit tests of scripts. Arguments and results are held to the contract as in production.
 *
 * @example
 * const mocks = mock();
 * const { default: result } = await mocks.run(new URL("script.ts", import.meta.url));
 */
export declare function mock(options?: MockOptions): Mocks;

/** As an override, or as the answer of one: the binding throws the error that it declares by this name. */
export declare function throws(name: string, properties?: Readonly<Record<string, unknown>>): DeclaredError;

/** A mistake in a test. */
export declare class TestingError extends Error {
  readonly code: string;
}
`;
