/**
 * Script: calls the compiled script, learns how it ended, and makes its exports or its error ready to leave. Self-contained: part of the
 * prelude.
 */
import type { GuestError, Parcel } from "../../seam.ts";
import type { Clone } from "./clone.ts";
import type { Errors } from "./errors.ts";
import type { Inspect } from "./inspect.ts";
import type { Primordials } from "./primordials.ts";

/** Tells the other side how the script ended: a parcel of exports, or an error. Called once. */
export type Finish = (kind: "ok" | "error", result: Parcel | GuestError) => void;

export interface ScriptTools {
  readonly clone: Clone;
  readonly errors: Errors;
  readonly inspect: Inspect;
}

/** The compiled script. Fulfils with an object that holds the exports under their index in the list of names. */
export type CompiledScript = () => Promise<{ readonly [index: number]: unknown }>;

export interface Script {
  run(script: CompiledScript, exportNames: readonly string[]): void;
}

export function makeScript(p: Primordials, tools: ScriptTools, finish: Finish, maxBytes: number): Script {
  const { clone, errors, inspect } = tools;
  let finished = false;

  function end(kind: "ok" | "error", result: Parcel | GuestError): void {
    if (finished) return;
    finished = true;
    finish(kind, result);
  }

  function fail(thrown: unknown): void {
    end(
      "error",
      errors.describe(thrown, (value) => inspect.inspect(value, 1000)),
    );
  }

  function succeed(values: { readonly [index: number]: unknown }, names: readonly string[]): void {
    try {
      const exports = new p.Bare();
      for (let i = 0; i < names.length; i++) exports[names[i] as string] = values[i];
      const cloned = clone.clone(exports, maxBytes);
      if (cloned.refusal !== undefined) {
        const { head } = cloned.refusal;
        const subject = head === undefined ? "the exports" : `export ${head}`;
        const error = errors.refused(cloned.refusal, subject, undefined);
        // Made by us, after the script: there is no line of the script to show.
        const described = errors.describe(error, () => "");
        (described as { stack: string }).stack = `${described.name}: ${described.message}`;
        end("error", described);
        return;
      }
      const parcel = new p.Bare();
      parcel.value = cloned.value;
      if (cloned.errors !== undefined) parcel.errors = cloned.errors;
      end("ok", parcel as unknown as Parcel);
    } catch (thrown) {
      // An accessor of an export threw.
      fail(thrown);
    }
  }

  return {
    run(script, exportNames) {
      let promise: unknown;
      try {
        promise = script();
      } catch (thrown) {
        fail(thrown);
        return;
      }
      // The script has run by now and may have changed `Promise`; an own `constructor` of `undefined` makes `then` use the
      // built-in one.
      p.defineProperty(promise as object, "constructor", {
        __proto__: null,
        value: undefined,
      } as PropertyDescriptor);
      p.promiseThen(
        promise,
        (values) => {
          succeed(values as { readonly [index: number]: unknown }, exportNames);
        },
        fail,
      );
    },
  };
}
