/** The log of a registry for tests: every call that passed the check of its arguments, in the order in which scripts made them. */
import type { BindingFunction } from "../model/registry.ts";
import { visible } from "../model/names.ts";
import { didYouMean } from "../model/suggest.ts";
import type { BindingsOf } from "./overrides.ts";
import { TestingError } from "./testing-error.ts";

/** One call. `result` and `error` are there once the call has been answered. */
export interface MockCall<Args extends readonly unknown[] = readonly unknown[], Result = unknown> {
  /** The dotted name, `orders.find`. */
  readonly name: string;
  readonly args: Args;
  /** What the binding answered. */
  readonly result?: Result;
  /** What it threw instead. */
  readonly error?: unknown;
}

export interface CallLog<T = unknown> {
  /** Every call, in the order in which scripts made them. Grows while scripts run. */
  readonly calls: readonly MockCall[];
  /** The calls of one binding, by its dotted name. Throws `ERR_TESTING_OVERRIDE` for the name of none. */
  callsTo<Name extends LeafName<BindingsOf<T>>>(
    name: Name,
  ): readonly MockCall<ArgumentsOf<BindingsOf<T>, Name>, ResultOf<BindingsOf<T>, Name>>[];
  /** Empties the log. */
  reset(): void;
}

/** The dotted names of a tree's bindings. */
export type LeafName<T> = unknown extends T
  ? string
  : {
      [K in keyof T & string]: T[K] extends BindingFunction ? K : `${K}.${LeafName<T[K]>}`;
    }[keyof T & string];

type LeafAt<T, Name extends string> = Name extends keyof T
  ? T[Name]
  : Name extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? LeafAt<T[Head], Rest>
      : never
    : never;

type ArgumentsOf<T, Name extends string> = unknown extends T
  ? readonly unknown[]
  : LeafAt<T, Name> extends infer F extends BindingFunction
    ? Readonly<Parameters<F>>
    : readonly unknown[];

type ResultOf<T, Name extends string> = unknown extends T
  ? unknown
  : LeafAt<T, Name> extends infer F extends BindingFunction
    ? Awaited<ReturnType<F>>
    : unknown;

export interface LogWriter {
  readonly log: CallLog<never>;
  /** Calls a function, and notes what with and what came of it. */
  around(name: string, args: readonly unknown[], answer: () => unknown): unknown;
}

type Answered = { -readonly [K in keyof MockCall]: MockCall[K] };

/** `names`: the bindings there are. */
export function createLog(names: readonly string[]): LogWriter {
  const calls: MockCall[] = [];
  return {
    log: {
      calls,
      // What the log holds has been held to the contract; the type parameter only repeats it.
      callsTo(name: string): never[] {
        // A misspelt name would find no calls, and a test that expects none would pass.
        if (!names.includes(name)) {
          const message = `There is no binding \`${visible(name)}\`.${didYouMean(name, names)}`;
          throw new TestingError("ERR_TESTING_OVERRIDE", message);
        }
        return calls.filter((call) => call.name === name) as never[];
      },
      reset: () => void (calls.length = 0),
    },
    around(name, args, answer) {
      const call: Answered = { name, args };
      calls.push(call);
      const failed = (error: unknown): never => {
        call.error = error;
        throw error;
      };
      const answered = (result: unknown): unknown => (call.result = result);
      let result: unknown;
      try {
        result = answer();
      } catch (error) {
        return failed(error);
      }
      return result instanceof Promise ? result.then(answered, failed) : answered(result);
    },
  };
}
