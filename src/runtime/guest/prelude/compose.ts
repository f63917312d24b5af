/**
 * Compose: the prelude as one text, made from the source of its parts. Before → after:
 *
 *     export function makeClone(p, realm) { … }   →   makeClone: (function makeClone(p, realm) { … }),
 *
 * Parentheses tell V8 to compile a function at once, so that the code cache holds all of them.
 */
import { startPrelude } from "./main.ts";
import { preludeParts } from "./parts.ts";

/** What the prelude is called in stacks, before they are cleaned. Says nothing about the machine. */
export const preludeName = "isobind:prelude";

/** The text of a script whose value is the function that starts the prelude in a context. */
export function composePrelude(): string {
  const parts = Object.entries(preludeParts).map(([name, part]) => `${name}: (${part.toString()})`);
  // The callbacks come one by one: isolated-vm hands them over as arguments.
  return `"use strict";
(function () {
  const parts = { ${parts.join(",\n")} };
  const startPrelude = (${startPrelude.toString()});
  return (function (setup, syncFlat, syncPacked, asyncFlat, asyncPacked, console, finish) {
    return startPrelude(parts, ${JSON.stringify(preludeName)}, setup, {
      syncFlat, syncPacked, asyncFlat, asyncPacked, console, finish,
    });
  });
})();
`;
}
