/**
 * Rewrites the imports of Node's own modules in what the compiler has printed. An import of one loads all that it exports; of `node:fs`, streams too. Asking for it
 * does not, and a text that asks may be run as a script or as a module.
 *
 *     import { readSync as read } from "node:fs";   →   const { readSync: read } = globalThis.process.getBuiltinModule("node:fs");
 */
const builtInImport = /^import (?:\* as )?(\w+|\{[^}]*\}) from ("node:[^"]+");$/gm;

export function askForBuiltIns(text: string): string {
  return text.replaceAll(
    builtInImport,
    (_, names: string, from: string) =>
      `const ${names.replaceAll(" as ", ": ")} = globalThis.process.getBuiltinModule(${from});`,
  );
}
