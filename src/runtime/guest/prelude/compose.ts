/**
 * Compose: the prelude as one text, made from the source of its parts. Before → after:
 *
 *     export function makeRealm(p, format) { … }   →   makeRealm: (function makeRealm(p, format) { … }),
 *
 * Parentheses tell V8 to compile a function at once, so that the code cache holds all of them.
 */
import { format } from "../../crossing/format.ts";
import { startPrelude } from "./main.ts";
import { preludeParts } from "./parts.ts";

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
  return (function (setup, flat, packed, console, finish, detached) {
    return startPrelude(parts, format, ${JSON.stringify(preludeName)}, setup, { flat, packed, console, finish, detached });
  });
})();
`;
}

/**
 * A function's source without lines of comment and in plain ASCII: V8 keeps such a text in a quarter of the space, and
 * every isolate is handed a copy. Nothing of ours has a line of code that begins with a star, or a text over several lines.
 */
function sourceOf(part: (...args: never[]) => unknown): string {
  return part
    .toString()
    .replace(/^[ \t]*(?:\/\/|\/\*|\*).*$\n?/gm, "")
    .replace(/^[ \t]+/gm, "")
    .replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
