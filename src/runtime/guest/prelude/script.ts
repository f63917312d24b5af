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

/** The values of the exports, under their index in the list of names. */
type Exports = { readonly [index: number]: unknown };

/** The compiled script: it fulfils when everything in it is done, with an object whose `0` then reads the exports. */
export type CompiledScript = (namer: object) => Promise<{ readonly 0: () => Exports }>;

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

  /** True for primitives well inside the limit, as most exports are: they need no copy. */
  function isFlat(exports: { readonly [name: string]: unknown }, names: readonly string[]): boolean {
    let left = maxBytes;
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const value = exports[name];
      if (name === "__proto__") return false;
      left -= 8 + name.length * 2;
      if (typeof value === "string") left -= value.length * 2;
      else if (
        typeof value !== "number" &&
        typeof value !== "boolean" &&
        value !== undefined &&
        value !== null
      )
        return false;
    }
    return left >= 16;
  }

  function parcelOf(value: unknown, errors?: Parcel["errors"]): Parcel {
    const parcel = new p.Bare();
    parcel.value = value;
    if (errors !== undefined) parcel.errors = errors;
    return parcel as unknown as Parcel;
  }

  // Assigning to its `x` names a class `default`, as `export default` of a module does. Only what V8 itself has put under `name` is
  // replaced: a static member of that name is the class's own.
  const namer = p.create(null) as object;
  p.defineProperty(namer, "x", {
    __proto__: null,
    set(value: object) {
      const name = p.getOwnPropertyDescriptor(value, "name");
      if (name === undefined || name.writable !== false || typeof name.value !== "string") return;
      p.defineProperty(value, "name", { __proto__: null, value: "default" } as PropertyDescriptor);
    },
  } as PropertyDescriptor);
  p.freeze(namer);

  function succeed(read: () => Exports, names: readonly string[]): void {
    try {
      const values = read();
      const exports = new p.Bare();
      for (let i = 0; i < names.length; i++) exports[names[i] as string] = values[i];
      if (isFlat(exports, names)) return end("ok", parcelOf(exports));
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
      end("ok", parcelOf(cloned.value, cloned.errors));
    } catch (thrown) {
      // An accessor of an export threw.
      fail(thrown);
    }
  }

  return {
    run(script, exportNames) {
      let promise: unknown;
      try {
        promise = script(namer);
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
        (ended) => {
          succeed((ended as { readonly 0: () => Exports })[0], exportNames);
        },
        fail,
      );
    },
  };
}
