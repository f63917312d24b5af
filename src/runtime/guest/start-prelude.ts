/**
 * Start prelude: the prelude in one context, from its compiled script to the functions the host side may call. Only callbacks go in: a
 * guest that got hold of a reference would own this process.
 */
import type { GuestSetup } from "../seam.ts";
import { loadEngine, type IsolatedVm } from "./engine.ts";
import type { PreludeApi, PreludeHost, PreludeSetup } from "./prelude/main.ts";

/** A function inside an isolate. Held by this side only. */
export type Entry = IsolatedVm.Reference<(...args: never[]) => unknown>;

export type PreludeEntries = { readonly [Name in keyof PreludeApi]: Entry };

export function startPrelude(
  script: IsolatedVm.Script,
  context: IsolatedVm.Context,
  setup: GuestSetup,
  host: PreludeHost,
): PreludeEntries {
  const { Callback } = loadEngine();
  const callback = (call: (...args: never[]) => unknown): IsolatedVm.Callback =>
    new Callback(call, { sync: true });
  const flat = (leaf: number): IsolatedVm.Callback => callback(host.flat(leaf));
  const start = script.runSync(context, { reference: true }) as Entry;
  const api = start.applySync(
    undefined,
    // One by one, in the order the composed prelude takes them.
    [
      setupText(setup),
      callback(flat),
      callback(host.packed),
      callback(host.console),
      callback(host.finish),
      callback(host.detached),
    ] as never[],
    { arguments: { copy: true }, result: { reference: true } },
  ) as unknown as IsolatedVm.Reference<PreludeApi>;
  const entry = (name: keyof PreludeApi): Entry => api.getSync(name, { reference: true }) as unknown as Entry;
  return { run: entry("run"), settle: entry("settle"), globals: entry("globals"), where: entry("where") };
}

/**
 * Calls a function inside, with copies of `args`. Throws what isolated-vm throws; nothing of a script comes out.
 *
 * @param timeout - Milliseconds; 0 for code that is ours alone.
 */
export function enter(entry: Entry, args: readonly unknown[], timeout = 0): void {
  try {
    entry.applySync(undefined, args as never[], {
      arguments: { copy: true },
      ...(timeout > 0 ? { timeout } : {}),
    });
  } catch (error) {
    // What every entry with guest code inside ends with, see the prelude's `guarded`.
    if (error !== undefined) throw error;
  }
}

const texts = new WeakMap<GuestSetup, string>();

/** The setup for the prelude; every isolate of a sandbox gets the same. */
function setupText(setup: GuestSetup): string {
  const known = texts.get(setup);
  if (known !== undefined) return known;
  const { leaves, namespaces, excluded = [], limits } = setup;
  const { payloadBytes, consoleBytes } = limits;
  const text = JSON.stringify({
    leaves: leaves.map(({ path, mode, maxPayloadBytes, length = 0 }) => [
      path,
      mode === "async" ? 1 : 0,
      maxPayloadBytes,
      length,
    ]),
    namespaces,
    excluded,
    payloadBytes,
    consoleBytes,
  } satisfies PreludeSetup);
  texts.set(setup, text);
  return text;
}
