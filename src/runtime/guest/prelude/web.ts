/**
 * Offers the globals of the web platform, each made when a script first touches it. What makes them is no part of the
 * prelude, because most scripts touch none: its text is asked of the host side then, and run once. Self-contained: part of
 * the prelude.
 */
import type { WebGlobalName } from "../../../model/web-globals.ts";
import type { GuestRealm } from "../../crossing/kind.ts";
import type { Primordials } from "../../crossing/primordials.ts";
import type { Stacks } from "./stacks.ts";

/** Texts of ours that the host side keeps: what makes web globals, and what only addresses need. */
export type WebUnit = "web" | "url" | "idna";

export interface WebTools {
  readonly stacks: Stacks;
  readonly realm: () => GuestRealm;
}

/** The value of the unit `web`. */
export type StartWeb = (
  p: Primordials,
  load: (unit: WebUnit) => unknown,
  tools: WebTools,
) => (name: WebGlobalName) => unknown;

export function installWeb(p: Primordials, textOf: (unit: WebUnit) => string, tools: WebTools): void {
  const classes: readonly WebGlobalName[] = [
    "DOMException",
    "TextDecoder",
    "TextEncoder",
    "URL",
    "URLSearchParams",
  ];
  const functions: readonly WebGlobalName[] = ["atob", "btoa", "queueMicrotask", "structuredClone"];

  /** The value of a text: a function of ours, which gets what it may use as arguments. */
  function load(unit: WebUnit): unknown {
    let text: string;
    try {
      text = textOf(unit);
    } catch {
      // An exhausted stack. Never what was thrown: it is not of this realm, and its stack may name files of the host.
      throw new p.Error("what the sandbox gives could not be made here: the call is nested too deeply");
    }
    return p.evaluate(text);
  }
  let make: ((name: WebGlobalName) => unknown) | undefined;

  function install(name: WebGlobalName, enumerable: boolean): void {
    function put(value: unknown): unknown {
      p.define(p.globalObject, name, value, enumerable);
      return value;
    }
    let made: unknown;
    function touch(): unknown {
      // Whoever kept the accessor gets what everybody else has.
      if (made === undefined) {
        make ??= (load("web") as StartWeb)(p, load, tools);
        put((made = make(name)));
      }
      return made;
    }
    p.defineProperty(p.globalObject, name, {
      __proto__: null,
      get: p.native(touch, name),
      set: p.native(put, name),
      enumerable,
      configurable: true,
    } as PropertyDescriptor);
  }

  for (let i = 0; i < classes.length; i++) install(classes[i] as WebGlobalName, false);
  for (let i = 0; i < functions.length; i++) install(functions[i] as WebGlobalName, true);
}
