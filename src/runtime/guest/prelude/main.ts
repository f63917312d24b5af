/**
 * Main: the prelude's one entry. Puts the parts together in the order that keeps them safe: built-ins are captured before anything
 * else runs, dangerous ones are removed, then the tree appears. Returns what the host side may call later.
 *
 * Self-contained: every part arrives as an argument, so that the text of this function is the same in the guest.
 */
import type { ConsoleLevel, GuestExcluded, GuestLeaf, Parcel } from "../../seam.ts";
import type { Settled, HostCalls } from "./bindings.ts";
import type { CompiledScript, Finish } from "./script.ts";
import type { PreludeParts } from "./parts.ts";

/** The callbacks of the host side, as they arrive in the guest. */
export interface PreludeHost extends HostCalls {
  readonly console: (level: ConsoleLevel, text: string) => void;
  readonly finish: Finish;
}

export interface PreludeSetup {
  readonly leaves: readonly GuestLeaf[];
  readonly namespaces: readonly (readonly string[])[];
  readonly excluded: readonly GuestExcluded[];
  readonly payloadBytes: number;
  readonly consoleBytes: number;
}

export interface PreludeApi {
  readonly run: (script: CompiledScript, exportNames: readonly string[]) => void;
  readonly settle: (batch: readonly Settled[]) => void;
  readonly globals: (parcel: Parcel) => void;
}

export function startPrelude(
  parts: PreludeParts,
  preludeName: string,
  setup: PreludeSetup,
  host: PreludeHost,
): PreludeApi {
  const p = parts.takePrimordials(false);
  parts.restrictGlobals(p);
  const stacks = parts.makeStacks(p, preludeName);
  const realm = parts.makeRealm(p);
  const errors = parts.makeErrors(p);
  const clone = parts.makeClone(p, realm);
  const revive = parts.makeRevive(p, {
    classify: realm.classify,
    makeError: errors.make,
    textBytes: clone.textBytes,
  });
  const inspect = parts.makeInspect(p, realm);
  parts.installConsole(p, inspect, host.console, setup.consoleBytes);

  function publish(key: string, value: unknown): void {
    p.defineProperty(p.globalObject, key, {
      __proto__: null,
      value,
      writable: false,
      enumerable: true,
      configurable: false,
    } as PropertyDescriptor);
  }

  const bindings = parts.makeBindings(p, { clone, revive, errors, stacks }, host);
  const secureExec = p.create(null) as { bindings?: object };
  secureExec.bindings = bindings.build(setup.leaves, setup.namespaces, setup.excluded);
  publish("SecureExec", p.freeze(secureExec));

  // Frozen as deep as data can be: maps, sets and views have no frozen form.
  function freezeDeep(value: unknown): void {
    if (typeof value !== "object" || value === null || p.isFrozen(value) || p.isView(value)) return;
    p.freeze(value);
    const keys = p.keys(value);
    for (let i = 0; i < keys.length; i++)
      freezeDeep((value as { [key: string]: unknown })[keys[i] as string]);
  }

  const script = parts.makeScript(p, { clone, errors, inspect }, host.finish, setup.payloadBytes);
  return {
    run: script.run,
    settle: bindings.settle,
    globals(parcel) {
      const values = revive.revive(parcel) as { readonly [key: string]: unknown };
      const keys = p.keys(values);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        freezeDeep(values[key]);
        publish(key, values[key]);
      }
    },
  };
}
