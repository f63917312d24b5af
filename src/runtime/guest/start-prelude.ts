/**
 * Starts the prelude in one isolate, from its code to the functions the host side may call. Only callbacks go in.
 */
import { remembered } from "../../model/remembered.ts";
import type { Callback, Entry, Isolate, OwnCode } from "../engine/engine.ts";
import type { GuestSetup } from "../seam.ts";
import type { PreludeApi, PreludeHost, PreludeSetup } from "./prelude/main.ts";

export type PreludeEntries = { readonly [Name in keyof PreludeApi]: Entry };

export function startPrelude(
  isolate: Isolate,
  prelude: OwnCode,
  setup: GuestSetup,
  host: PreludeHost,
): PreludeEntries {
  const flat = (leaf: number): Callback => isolate.callback(host.flat(leaf));
  // One by one, in the order the composed prelude takes them.
  const entry: (name: keyof PreludeApi) => Entry = isolate.start(prelude, [
    setupText(setup),
    isolate.callback(host.first),
    isolate.callback(flat),
    isolate.callback(host.packed),
    isolate.callback(host.console),
    isolate.callback(host.finish),
    isolate.callback(host.detached),
    isolate.callback(host.unit),
  ]);
  return {
    warmUp: entry("warmUp"),
    run: entry("run"),
    settle: entry("settle"),
    globals: entry("globals"),
    prepareReplay: entry("prepareReplay"),
    replay: entry("replay"),
    where: entry("where"),
    modules: entry("modules"),
    runModules: entry("runModules"),
  };
}

const texts = new WeakMap<GuestSetup, string>();

/** The setup for the prelude; every isolate of a sandbox gets the same. */
function setupText(setup: GuestSetup): string {
  return remembered(texts, setup, () => textOf(setup));
}

function textOf(setup: GuestSetup): string {
  const { leaves, namespaces, excluded = [], limits } = setup;
  const { payloadBytes, consoleBytes } = limits;
  return JSON.stringify({
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
}
