/**
 * Main: the prelude's one entry. Puts the parts together in the order that keeps them safe: built-ins are captured before anything
 * else runs, dangerous ones are removed, then the tree appears. Returns what the host side may call later.
 *
 * Self-contained: every part arrives as an argument, so that the text of this function is the same in the guest.
 */
import type { ConsoleLevel, Parcel } from "../../seam.ts";
import type { HostCalls, Settled } from "./bindings.ts";
import type { Clone } from "./clone.ts";
import type { Inspect } from "./inspect.ts";
import type { CompiledScript, Finish } from "./script.ts";
import type { PreludeParts } from "./parts.ts";
import type { Tree } from "./tree.ts";

/** The callbacks of the host side, as they arrive in the guest. */
export interface PreludeHost extends HostCalls {
  readonly console: (level: ConsoleLevel, text: string) => void;
  readonly finish: Finish;
  /** Told the script's frames of a call, when asked `where` it was made. */
  readonly detached: (frames: string) => void;
}

/** Crosses as JSON: one text costs a fifth of the hundreds of objects a copy would make. */
export interface PreludeSetup extends Tree {
  readonly payloadBytes: number;
  readonly consoleBytes: number;
}

export interface PreludeApi {
  readonly run: (script: CompiledScript, exportNames: readonly string[]) => void;
  readonly settle: (batch: Settled) => void;
  readonly globals: (parcel: Parcel) => void;
  readonly where: (ids: readonly number[]) => void;
}

export function startPrelude(
  parts: PreludeParts,
  preludeName: string,
  setupText: string,
  host: PreludeHost,
): PreludeApi {
  const p = parts.takePrimordials(false);
  const setup = p.jsonParse(setupText) as PreludeSetup;
  parts.restrictGlobals(p);
  const stacks = parts.makeStacks(p, preludeName);
  const errors = parts.makeErrors(p);

  // Most scripts call with primitives and print little, so what walks through objects is made when it is first needed. It uses
  // captured built-ins only, so that later is as good as now.
  function once<Made>(make: () => Made): () => Made {
    let made: Made | undefined;
    return () => (made ??= make());
  }
  const realm = once(() => parts.makeRealm(p));
  const measuring = once(() => parts.makeMeasure(p));
  const cloning = once(() => parts.makeClone(p, realm(), measuring(), parts));
  const clone: Clone = {
    clone: (value, maxBytes) => cloning().clone(value, maxBytes),
  };
  const reviving = once(() =>
    parts.makeRevive(p, {
      classify: realm().classify,
      makeError: errors.make,
      textBytes: measuring().textBytes,
    }),
  );
  const inspecting = once(() => parts.makeInspect(p, realm()));
  const inspect: Inspect = {
    inspect: (value, maxLength) => inspecting().inspect(value, maxLength),
    format: (args, maxLength) => inspecting().format(args, maxLength),
  };
  parts.installConsole(p, inspect, host.console, setup.consoleBytes, (print, group) =>
    parts.makeMoreConsole(p, { inspect, stacks, print, group }),
  );

  function publish(key: string, value: unknown): void {
    p.defineProperty(p.globalObject, key, {
      __proto__: null,
      value,
      writable: false,
      enumerable: true,
      configurable: false,
    } as PropertyDescriptor);
  }

  const revive = (parcel: Parcel): unknown => reviving().revive(parcel);
  const bindings = parts.makeBindings(p, { clone, revive, errors, stacks }, host);
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
   * Entered by the host side, with guest code inside. Throws `undefined`, always: isolated-vm would read `message` and `stack` of anything else when no
   * time limit runs any more, and a script's would be getters that never return; and out of an entry that returns it throws what the first rejected
   * promise without a handler was rejected with, and forgets the others. This way its list is kept for `rejections.ts`.
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
    // `then` asks for the constructor, which the script may have replaced by the time we handle it.
    void p.defineProperty(first, "constructor", { __proto__: null, value: undefined } as PropertyDescriptor);
  }
  function stepAside(): void {
    if (first !== undefined) p.promiseThen(first, nothing, nothing);
  }

  const finish: Finish = (kind, result) => {
    if (kind === "ok") stepAside();
    host.finish(kind, result);
  };
  const script = parts.makeScript(p, { clone, errors, inspect }, finish, setup.payloadBytes);
  return {
    run(compiled, exportNames) {
      guarded(() => {
        standFirst();
        script.run(compiled, exportNames);
      });
    },
    settle(batch) {
      guarded(() => {
        bindings.settle(batch);
      });
    },
    where(ids) {
      guarded(() => {
        for (let i = 0; i < ids.length; i++) host.detached(bindings.where(ids[i] as number));
      });
    },
    globals(parcel) {
      const values = revive(parcel) as { readonly [key: string]: unknown };
      const keys = p.keys(values);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        freezeDeep(values[key]);
        publish(key, values[key]);
      }
    },
  };
}
