/**
 * Says what stands where a namespace of bindings should, and what was probably meant.
 */
import { isRegistry } from "../model/registry.ts";

export interface NotATree {
  /** "a promise": the end of "It is …". */
  readonly noun: string;
  /** What to do: a full sentence. */
  readonly help: string;
}

/** Why no bindings can be read from an object; `null` for a plain one. */
export function notATree(value: object): NotATree | null {
  if (isRegistry(value)) {
    return {
      noun: "a registry",
      help: "Pass the registry itself; of a module that exports one, pass that export.",
    };
  }
  if (isPlain(value)) return null;
  if (value instanceof Promise) return { noun: "a promise", help: "Await it first." };
  return {
    noun: Array.isArray(value) ? "an array" : "an instance of a class",
    help: "Pass a plain object of functions; bind methods of an instance one by one.",
  };
}

/** An object of any realm's `Object`, or of none; so is the namespace of a module. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
