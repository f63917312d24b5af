/**
 * Tells whether a projection has made several objects out of one, where none of it had to be left behind. An object in two places of
 * different types is copied for each, and one in a place of type `unknown` is not copied at all: right when the places declare different
 * things of it, and a loss when both declare all. Then the value itself may cross, as what it holds is declared.
 */
import { isMap, isSet } from "../brand.ts";
import type { State } from "./state.ts";

/** True when the value may cross as it is, and must, to stay one graph. */
export function mustStay(state: State): boolean {
  if (state.drops || !(state.splits || reachesCopied(state))) return false;
  for (const value of state.copied) if (Array.isArray(value) && hasNames(value)) return false;
  return true;
}

/** What an array has beside its elements is not declared, and its copy is without it. */
function hasNames(value: readonly unknown[]): boolean {
  let present = 0;
  for (let at = 0; at < value.length; at++) if (at in value) present++;
  return Object.keys(value).length > present;
}

/** True when what crosses as it is holds an object that has been copied elsewhere. Runs no accessor of the value. */
function reachesCopied(state: State): boolean {
  const seen = new Set<object>();
  const pending = [...state.whole];
  const look = (part: unknown): void => {
    if (typeof part !== "object" || part === null || seen.has(part)) return;
    seen.add(part);
    pending.push(part);
  };
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (state.isCopied(value)) return true;
    if (ArrayBuffer.isView(value)) continue;
    if (isSet(value)) value.forEach(look);
    if (isMap(value)) {
      value.forEach((entry, key) => {
        look(key);
        look(entry);
      });
    }
    for (const key of Object.getOwnPropertyNames(value)) {
      look(Object.getOwnPropertyDescriptor(value, key)?.value);
    }
  }
  return false;
}
