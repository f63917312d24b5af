/**
 * Words the work that a script left behind: calls in flight that nobody awaits, and a rejection that nobody handled.
 */
import type { Rejection } from "../engine/engine.ts";
import type { GuestError } from "../seam.ts";
import { explained, type Known } from "./explained.ts";
import { calledIn } from "./said.ts";
import { sayLeft } from "./left-statement.ts";

/** A call in flight: the binding's dotted name, and the script's frames where it was made, each on a line of its own. */
export interface DetachedCall {
  readonly name: string;
  readonly frames: string;
}

/** Calls a message names; more would hide the first. */
export const maxNamed = 3;

/** Letters of a message or stack that are kept. */
const maxText = 16_384;

/** `calls`: the first of them, at most `maxNamed`. `total`: how many there are. */
export function detachedCalls(calls: readonly DetachedCall[], total: number, known: Known): GuestError {
  const named = calls.map(({ name, frames }) => `\`${name}\`${placeOf(frames)}`);
  const list = total > named.length ? `${named.join(", ")} and ${total - named.length} more` : and(named);
  const said = new Set(calls.map(({ name, frames }) => sayLeft(frames, name, known) ?? ""));
  said.delete("");
  const them = total === 1 ? "it" : "them";
  // What is missing is said once: by the statement that lacks it, or where none is found by the call.
  const alone = said.size > 0 ? "" : `, and nobody awaits ${them}`;
  const subject =
    total === 1
      ? `The call of ${list} was in flight when the script ended${alone}.`
      : `${total} calls were in flight when the script ended${alone}: ${list}.`;
  const way = said.size > 0 ? [...said].join(" ") : `Await ${them}, or what comes of ${them} is lost.`;
  return detached(`${subject} ${way}`, calls[0]?.frames ?? "");
}

export function unhandledRejection(rejection: Rejection, known: Known): GuestError {
  const cause = explained(describe(rejection), known);
  const frames = cause.stack.slice(cause.stack.search(/\n {4}at /) >>> 0);
  const { name, message } = cause;
  const shown = message === "" ? name : name === "" ? message : `${name}: ${message}`;
  const way = sayLeft(frames, calledIn(frames, known), known) ?? "Await the promise, or give it a `catch`.";
  return {
    ...detached(`A promise was rejected, and nobody handled it: ${shown}${placeOf(frames)}. ${way}`, frames),
    cause,
  };
}

function detached(message: string, frames: string): GuestError {
  return {
    name: "Error",
    message: clip(message),
    code: "ERR_SCRIPT_DETACHED",
    stack: clip(`Error: ${message}${frames}`),
  };
}

/** The first frame's place: `\n    at save (a.js:3:9)` → ` (a.js:3:9)`. */
function placeOf(frames: string): string {
  const first = frames.split("\n", 2)[1] ?? "";
  const place = /\(([^()]+:\d+:\d+)\)$/.exec(first)?.[1] ?? /^ {4}at (.+:\d+:\d+)$/.exec(first)?.[1];
  return place === undefined ? "" : ` (${place})`;
}

function describe(rejection: Rejection): GuestError {
  switch (rejection.kind) {
    case "error": {
      const { name, message, stack } = rejection;
      return { name: clip(name), message: clip(message), stack: clip(stack) };
    }
    case "primitive": {
      const message = clip(String(rejection.value));
      return { name: "Error", message, stack: `Error: ${message}` };
    }
    case "object": {
      const message = "an object that is no error";
      return { name: "", message, stack: message };
    }
  }
}

function and(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function clip(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}
