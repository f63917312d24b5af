/**
 * Calls the compiled script, learns how it ended, and makes its exports or its error ready to leave. Self-contained: part of
 * the prelude.
 */
import type { Encode, Encoded } from "../../crossing/encode.ts";
import type { Take, Transfer } from "../../crossing/transfer.ts";
import type { Errors } from "./errors.ts";
import type { WriteFew } from "./few-exports.ts";
import type { Inspect } from "./inspect.ts";
import type { ModuleFactory } from "./module-entries.ts";
import type { ModulePlan } from "./module-plan.ts";
import type { makeModules, moduleMakers } from "./modules.ts";
import type { Primordials } from "../../crossing/primordials.ts";

/**
 * Tells the other side how the script ended, with its exports or its error (a `GuestError`), encoded. Called once. `unread`, without either: it may not go on,
 * because what the other side has sent it is no value; that never returns.
 */
export type Finish = (kind: "ok" | "error" | "unread", ...value: Parameters<Take>) => void;

export interface ScriptTools {
  readonly encode: Encode;
  readonly transfer: () => Transfer;
  readonly errors: Errors;
  readonly inspect: Inspect;
  readonly modules: typeof moduleMakers & { readonly makeModules: typeof makeModules };
  readonly writeFew: WriteFew;
}

/** The values of the exports, under their index in the list of names. */
type Exports = { readonly [index: number]: unknown };

/** The compiled script: it fulfils when everything in it is done, with an object whose `0` then reads the exports; with anything when there are none. */
export type CompiledScript = (namer: object) => Promise<{ readonly 0: () => Exports } | undefined>;

export interface Script {
  run(script: CompiledScript, exportNames: readonly string[]): void;
  /** Runs a script that names other modules: the first of `factories`. */
  runModules(plan: ModulePlan, factories: readonly ModuleFactory[], exportNames: readonly string[]): void;
}

export function makeScript(p: Primordials, tools: ScriptTools, finish: Finish, maxBytes: number): Script {
  const { encode, transfer, errors, inspect } = tools;
  let finished = false;

  const endWith: Finish = (...ending) => {
    if (finished) return;
    finished = true;
    p.apply(finish, undefined, ending);
  };

  function end(kind: "ok" | "error", encoded: Encoded): void {
    transfer().send(endWith, kind, encoded);
  }

  function fail(thrown: unknown): void {
    // Texts of ours, each of them cut to a length.
    const error = errors.describe(thrown, (value) => inspect.inspect(value, 1000));
    end("error", encode(error, 1 / 0));
  }

  // Assigning to its `x` names a class `default`, as `export default` of a module does. Only what V8 itself has put under `name` is
  // replaced: a static member of that name is the class's own.
  function nameDefault(value: object, called?: string): void {
    const name = p.getOwnPropertyDescriptor(value, "name");
    if (name === undefined || name.writable !== false || typeof name.value !== "string") return;
    // It has a name of its own by now.
    if (called !== undefined && name.value !== called) return;
    p.fix(value, "name", "default");
  }
  const namer = p.create(null) as object;
  p.defineProperty(namer, "x", {
    __proto__: null,
    set: (value: object) => nameDefault(value),
  } as PropertyDescriptor);
  p.freeze(namer);

  function succeed(read: () => Exports, names: readonly string[]): void {
    try {
      const values = read();
      const few = tools.writeFew(names, values, maxBytes);
      if (few !== undefined) {
        endWith("ok", few.words, few.text);
        return;
      }
      const exports = new p.Bare();
      for (let i = 0; i < names.length; i++) exports[names[i] as string] = values[i];
      const encoded = encode(exports, maxBytes);
      if (encoded.refusal !== undefined) {
        const { head } = encoded.refusal;
        const subject = head === undefined ? "the exports" : `export ${head}`;
        const error = errors.refused(encoded.refusal, subject, undefined);
        // Made by us, after the script: there is no line of the script to show.
        const described = errors.describe(error, () => "");
        (described as { stack: string }).stack = `${described.name}: ${described.message}`;
        end("error", encode(described, 1 / 0));
        return;
      }
      end("ok", encoded);
    } catch (thrown) {
      // An accessor of an export threw.
      fail(thrown);
    }
  }

  const none: Exports = p.list();
  const nothing = (): Exports => none;

  return {
    run(script, exportNames) {
      let promise: unknown;
      try {
        promise = script(namer);
      } catch (thrown) {
        fail(thrown);
        return;
      }
      p.promiseThen(
        promise as object,
        (ended) => {
          succeed(
            exportNames.length === 0 ? nothing : (ended as { readonly 0: () => Exports })[0],
            exportNames,
          );
        },
        fail,
      );
    },
    runModules(plan, factories, exportNames) {
      const makeError = (message: string, code: string): Error =>
        errors.make("Error", message, undefined, code);
      const modules = tools.modules.makeModules(p, tools.modules, plan, factories, nameDefault, makeError);
      modules.evaluate(() => {
        succeed(() => {
          const values = p.list<unknown>();
          for (let i = 0; i < plan.exports.length; i++)
            values[i] = modules.read(plan.exports[i] as readonly [number, number]);
          return values;
        }, exportNames);
      }, fail);
    },
  };
}
