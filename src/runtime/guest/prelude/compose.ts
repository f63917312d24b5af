/**
 * Composes the prelude as one text, made from the source of its parts. Before → after:
 *
 *     export function makeRealm(p, format) { … }   →   makeRealm: (function makeRealm(p, format) { … }),
 *
 * Parentheses tell V8 to compile a function at once, so that the code cache holds all of them.
 */
import { format } from "../../crossing/format.ts";
import { startPrelude } from "./main.ts";
import { preludeParts } from "./parts.ts";
import { sourceOf } from "./source.ts";

/** What the prelude is called in stacks, before they are cleaned. Says nothing about the machine. */
export const preludeName = "isobind:prelude";

/** The text of a script whose value is the function that starts the prelude in a context. */
export function composePrelude(): string {
  const parts = Object.entries(preludeParts).map(([name, part]) => `${name}: (${sourceOf(part)})`);
  // The callbacks come one by one: an engine hands them over as arguments.
  return `"use strict";
(function () {
  const parts = { ${parts.join(",\n")} };
  const format = ${JSON.stringify(format)};
  const startPrelude = (${sourceOf(startPrelude)});
  return (function (setup, first, flat, packed, console, finish, detached, unit) {
    return startPrelude(parts, format, ${JSON.stringify(preludeName)}, setup, { first, flat, packed, console, finish, detached, unit });
  });
})();
`;
}
