/** What a model has to know of scripts beside the functions they may call. One text for prompts and for the tools that run scripts. */

export const whatAScriptIs =
  "A script is one ES module in TypeScript or JavaScript with top-level `await`; `export default` is its result.";
export const whatAScriptHas =
  "It may call the functions of `SecureExec.bindings` and has the standard library of JavaScript; there are no imports, no timers, no files and no network.";
export const awaitCalls = "Await every call that gives a promise.";
export const howErrorsAreTold =
  "A call that fails throws: tell its errors by `error.name`, not by `instanceof`, and what the sandbox refuses by `error.code`.";
export const typesAreStripped =
  "Types are only stripped: no enums, namespaces, parameter properties or decorators.";

/** Without an interface that says so itself, what is passed and exported is no JSON. */
const howValuesCross =
  "Dates, maps, sets, bigints and bytes are passed, given back and exported as they are; functions and promises cannot be.";

/** As comments, so that they can stand above the declaration: it stays TypeScript that compiles. */
export const scriptRules: string = [
  `${whatAScriptIs} What it prints with \`console\` is kept beside it.`,
  whatAScriptHas,
  `${awaitCalls} A call that is still in flight when the script ends is an error.`,
  howErrorsAreTold,
  howValuesCross,
  typesAreStripped,
]
  .map((rule) => `// ${rule}\n`)
  .join("");
