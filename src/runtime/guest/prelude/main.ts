/**
 * Starts the prelude: puts its parts together in the order that keeps them safe: built-ins are captured before anything else
 * runs, dangerous ones are removed, then the tree appears. Returns what the host side may call later.
 *
 * Self-contained: every part arrives as an argument, so that the text of this function is the same in the guest.
 */
import type { Source } from "../../crossing/decode.ts";
import type { Encode } from "../../crossing/encode.ts";
import type { Format } from "../../crossing/format.ts";
import type { Delivery, Transfer } from "../../crossing/transfer.ts";
import type { ConsoleLevel } from "../../seam.ts";
import type { BindingTools, HostCalls } from "./bindings.ts";
import type { Inspect } from "./inspect.ts";
import type { CompiledScript, Finish } from "./script.ts";
import type { ModuleFactory } from "./module-entries.ts";
import type { ModulePlan } from "./module-plan.ts";
import type { PreludeParts } from "./parts.ts";
import type { PrepareReplay } from "./replay.ts";
import type { Tree } from "./tree.ts";
import type { WebUnit } from "./web.ts";

/** The callbacks of the host side, as they arrive in the guest. */
export interface PreludeHost extends HostCalls {
  readonly console: (level: ConsoleLevel, text: string) => void;
  readonly finish: Finish;
  /** Told the script's frames of a call, when asked `where` it was made. */
  readonly detached: (frames: string) => void;
  /** A text of ours that is no part of the prelude. */
  readonly unit: (name: WebUnit) => string;
}

/** Crosses as JSON: one text costs a fifth of the hundreds of objects a copy would make. */
export interface PreludeSetup extends Tree {
  readonly payloadBytes: number;
  readonly consoleBytes: number;
}

/** A module that was compiled for us, by what it exports. */
export interface Compiled<Main> {
  readonly default: Main;
}

export interface PreludeApi {
  /** Makes what a call with an object needs, and uses it once: the first time takes longer. */
  readonly warmUp: () => void;
  readonly run: (script: Compiled<CompiledScript>, exportNames: readonly string[]) => void;
  /** Answers of asynchronous calls: the id of one, its answer, the id of the next. */
  readonly settle: (...batch: readonly unknown[]) => void;
  readonly globals: (values: Delivery) => void;
  /** Makes what repeats time and chance, of its text; nothing of it can be seen yet. `look` gives the time. */
  readonly prepareReplay: (text: string, look: () => number) => void;
  /** Puts it where the script finds it. */
  readonly replay: (seed: string) => void;
  readonly where: (ids: readonly number[]) => void;
  /** Takes modules of a graph, in their order; in parts, because each is an argument. */
  readonly modules: (...factories: readonly Compiled<ModuleFactory>[]) => void;
  /** Runs the script whose modules were taken, by a plan as JSON. */
  readonly runModules: (plan: string, exportNames: readonly string[]) => void;
}

export function startPrelude(
  parts: PreludeParts,
  format: Format,
  preludeName: string,
  consoleMethods: readonly string[],
  setupText: string,
  host: PreludeHost,
): PreludeApi {
  const p = parts.makePrimordials(parts.takeBuiltIns(format), false);
  const setup = p.jsonParse(setupText) as PreludeSetup;
  parts.restrictGlobals(p);
  const stacks = parts.makeStacks(p, preludeName);
  const makeError = parts.makeErrorMaker(p);
  const errors = parts.makeErrors(p, makeError);

  // Most scripts call with primitives and print little, so what walks through objects is made when it is first needed. It uses
  // captured built-ins only, so that later is as good as now.
  const { once } = p;
  const realm = once(() => parts.makeRealm(p, format));
  const measure = once(() => parts.makeMeasure(p, format));
  const encoding = once(() =>
    parts.makeEncode(p, {
      format,
      realm: realm(),
      measure: measure(),
      refuse: parts.makeRefusal(p),
      // No guest code runs before they have left, and the engine copies them on the way.
      copiesBuffers: false,
      makers: parts,
    }),
  );
  const encode: Encode = (value, maxCost) => encoding()(value, maxCost);
  const transfer = once(() => parts.makeTransfer(p));
  // What the host sends was measured where it was written.
  const decoding = once(() =>
    parts.makeDecode(p, {
      format,
      measure: measure(),
      makeError(errorClass, message, name, code) {
        const error = makeError(errorClass, message, name, code);
        if (inside !== undefined) inside[inside.length] = error;
        return error;
      },
      makeCrowd: undefined,
      guarded: true,
      makers: parts,
    }),
  );
  /** What an encoder of ours has written can be read; what somebody else wrote into a journal may be anything, and no script is to see what becomes of that. */
  function decode(source: Source): unknown {
    try {
      return decoding().decode(source, 1 / 0);
    } catch (error) {
      if (error === decoding().malformed) host.finish("unread", "", "");
      throw error;
    }
  }
  const read = (delivery: Parameters<Transfer["unpack"]>[0]): unknown =>
    delivery[0] === "j"
      ? p.jsonParse(p.stringSlice(delivery as string, 1))
      : decode(transfer().unpack(delivery));
  const plainErrors = once(() =>
    parts.makePlainErrors(p, format, (errorClass, message, name, code) =>
      stacks.unplaced(() => makeError(errorClass, message, name, code)),
    ),
  );
  /** All errors that an error holds, itself first, while it is read. */
  let inside: Error[] | undefined;
  const readError: BindingTools["readError"] = (delivery, site) => {
    const source = transfer().unpack(delivery);
    const plain = plainErrors()(source);
    if (plain !== undefined) return plain;
    const made = (inside = p.list<Error>());
    let error: unknown;
    try {
      error = stacks.unplaced(() => decode(source));
    } finally {
      inside = undefined;
    }
    // Where the script has called is where it met its causes, too. Here they would show our frames, which are cut.
    if (made.length > 1) {
      const place = site();
      for (let i = 1; i < made.length; i++) stacks.place(made[i] as Error, place);
    }
    return error;
  };
  const inspecting = once(() => parts.makeInspect(p, realm()));
  const inspect: Inspect = {
    inspect: (value, maxLength) => inspecting().inspect(value, maxLength),
    format: (args, maxLength) => inspecting().format(args, maxLength),
  };
  parts.installConsole(p, inspect, host.console, setup.consoleBytes, consoleMethods, (print, group) =>
    parts.makeMoreConsole(p, { inspect, stacks, print, group }),
  );

  parts.installWeb(p, host.unit, { stacks, realm });

  function publish(key: string, value: unknown): void {
    p.defineProperty(p.globalObject, key, {
      __proto__: null,
      value,
      writable: false,
      enumerable: true,
      configurable: false,
    } as PropertyDescriptor);
  }

  const bindings = parts.makeBindings(p, { encode, transfer, read, readError, errors, stacks }, host);
  const secureExec = p.create(null) as { bindings?: object };
  secureExec.bindings = parts.buildTree(p, bindings, setup);
  publish("SecureExec", p.freeze(secureExec));

  // Frozen as deep as data can be: maps, sets and views have no frozen form.
  function freezeDeep(value: unknown): void {
    if (typeof value !== "object" || value === null || p.isFrozen(value) || p.isView(value)) return;
    p.freeze(value);
    const keys = p.keys(value);
    for (let i = 0; i < keys.length; i++)
      freezeDeep((value as { [key: string]: unknown })[keys[i] as string]);
  }

  /**
   * Entered by the host side, with guest code inside. Throws `undefined`, always: the engine would read `message` and `stack` of anything else when no
   * time limit runs any more, and a script's would be getters that never return; and out of an entry that returns it throws what the first rejected
   * promise without a handler was rejected with, and forgets the others. This way its list is kept for a look.
   */
  function guarded(action: () => void): void {
    try {
      action();
    } catch {
      // An exhausted stack: the run goes on with what can still happen, or ends because nothing can.
    }
    throw undefined;
  }

  // A rejection of ours stands first in that list until the script has ended well: who enters by another way before then is thrown `undefined`, whatever
  // the script has left there.
  let first: Promise<unknown> | undefined;
  const nothing = (): void => {};
  function standFirst(): void {
    first = new p.Promise((_resolve, reject) => {
      reject(undefined);
    });
  }
  function stepAside(): void {
    if (first !== undefined) p.promiseThen(first, nothing, nothing);
  }

  let install: ReturnType<PrepareReplay> | undefined;

  const finish: Finish = (...ending) => {
    if (ending[0] === "ok") stepAside();
    p.apply(host.finish, undefined, ending);
  };
  const script = parts.makeScript(
    p,
    { encode, transfer, errors, inspect, modules: parts, writeFew: parts.makeFewExports(p, format) },
    finish,
    setup.payloadBytes,
  );
  const factories = p.list<ModuleFactory>();
  const api: PreludeApi & { readonly __proto__: never } = {
    __proto__: null as never,
    warmUp() {
      guarded(() => {
        transfer();
        encode({ __proto__: null, a: p.list() }, 1000);
      });
    },
    run(compiled, exportNames) {
      guarded(() => {
        standFirst();
        script.run(compiled.default, exportNames);
      });
    },
    modules(...taken) {
      for (let i = 0; i < taken.length; i++)
        factories[factories.length] = (taken[i] as Compiled<ModuleFactory>).default;
    },
    runModules(plan, exportNames) {
      guarded(() => {
        standFirst();
        script.runModules(p.jsonParse(plan) as ModulePlan, factories, exportNames);
      });
    },
    settle(...batch) {
      guarded(() => {
        for (let i = 0; i < batch.length; i += 2)
          bindings.settle(batch[i] as number, batch[i + 1] as Delivery);
      });
    },
    prepareReplay(text, look) {
      install = (p.evaluate(text) as PrepareReplay)(p, look);
    },
    replay(seed) {
      install?.(seed);
    },
    where(ids) {
      guarded(() => {
        for (let i = 0; i < ids.length; i++) host.detached(bindings.where(ids[i] as number));
      });
    },
    globals(delivery) {
      const values = read(delivery as string) as { readonly [key: string]: unknown };
      const keys = p.keys(values);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        freezeDeep(values[key]);
        publish(key, values[key]);
      }
    },
  };
  return api;
}
