/**
 * Composes the prelude as one text, made from the source of its parts. Before → after:
 *
 *     export function makeRealm(p, format) { … }   →   makeRealm: (function makeRealm(p, format) { … }),
 *
 * Parentheses tell V8 to compile a function at once, so that the code cache holds all of them.
 */
import { consoleMethods } from "../../../model/web-globals.ts";
import { format } from "../../crossing/format.ts";
import { startPrelude } from "./main.ts";
import { preludeParts } from "./parts.ts";
import { sourceOf } from "./source.ts";

/** What the prelude is called in stacks, before they are cleaned. Says nothing about the machine. */
export const preludeName = "isobind:prelude";

/** The text of a script whose value is the function that starts the prelude in a context. */
export function composePrelude(): string {
  const parts = Object.entries(preludeParts).map(([name, part]) => `${name}: (${sourceOf(part)})`);
  // Objects without a prototype are hash tables to V8. For any other it makes a hidden class for every name, in each isolate anew.
  // The callbacks come one by one: an engine hands them over as arguments.
  return `"use strict";
(function () {
  const parts = { __proto__: null, ${parts.join(",\n")} };
  const format = ${literal(format)};
  const startPrelude = (${sourceOf(startPrelude)});
  return (function (setup, first, flat, packed, console, finish, detached, unit) {
    return startPrelude(parts, format, ${JSON.stringify(preludeName)}, ${JSON.stringify(consoleMethods)}, setup, { first, flat, packed, console, finish, detached, unit });
  });
})();
`;
}

/** What is read for every value, which is faster with a hidden class. */
const hot: ReadonlySet<string> = new Set<keyof typeof format>(["tag", "price", "constant"]);

/** Before → after: `{ a: { b: 1 } }` → `{ __proto__: null, a: { __proto__: null, b: 1 } }`. */
function literal(data: unknown): string {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return JSON.stringify(data);
  const members = Object.entries(data).map(
    ([name, value]) => `${name}: ${hot.has(name) ? JSON.stringify(value) : literal(value)}`,
  );
  return `{ ${["__proto__: null", ...members].join(", ")} }`;
}
