/**
 * Rewrites the imports of Node's own modules in what the compiler has printed. An import of one loads all that it exports; of `node:fs`, streams too. Asking for it
 * does not, and a text that asks may be run as a script or as a module.
 *
 *     import { readSync as read } from "node:fs";   →   const { readSync: read } = globalThis.process.getBuiltinModule("node:fs");
 */
const named = /^import (\w+|\{[^}]*\}) from ("node:[^"]+");$/gm;
const whole = /^import \* as (\w+) from ("node:[^"]+");$/gm;

/**
 * An import of all (`* as`) is left as it is: it has the values that were there when Node started, whatever a test has put into their place since (`runtime/time.ts`).
 */
export function askForBuiltIns(text: string): string {
  return text.replaceAll(named, asked);
}

/** Those too, in a process that runs nobody's tests. */
export function askForAllBuiltIns(text: string): string {
  return askForBuiltIns(text).replaceAll(whole, asked);
}

function asked(_: string, names: string, from: string): string {
  return `const ${names.replaceAll(" as ", ": ")} = globalThis.process.getBuiltinModule(${from});`;
}
