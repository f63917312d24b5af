/**
 * Finds the file isolated-vm is loaded from. A native module is in no bundle, so a bundled program looks where Node would look for it: from the
 * bundle, from the program that was started, from the working directory.
 */
// By this name and not as `createRequire`, whose calls webpack takes for its own: see `load.ts`.
import module from "node:module";

/** CommonJS bundles have it, and no `import.meta.url`. */
declare const __filename: string | undefined;

/** Absolute path of the entry of isolated-vm; `null` when it is nowhere. */
export function findEngine(): string | null {
  for (const place of places()) {
    try {
      return module.createRequire(place()).resolve("isolated-vm");
    } catch {
      // Not from there, or there is no such place.
    }
  }
  return null;
}

function places(): readonly (() => string)[] {
  return [
    // Undefined in a bundle of CommonJS, which has the other one.
    () => import.meta.url,
    () => __filename ?? "",
    () => process.argv[1] ?? "",
    () => `${process.cwd()}/`,
  ];
}
