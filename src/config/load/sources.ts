/**
 * Finds the TypeScript file that an import means by the name of what it is compiled to, as bundlers and `tsx` do. The usual tsconfig
 * for Node wants `./bindings.js` in an import, also where nobody has built that file; Node alone finds nothing there.
 */
import { statSync } from "node:fs";
import type { ResolveHookSync } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A hook for Node's loader. What Node finds by itself is left as it is, and so are packages. */
export const resolveToSources: ResolveHookSync = (specifier, context, next) => {
  try {
    return next(specifier, context);
  } catch (error) {
    const source = isNotFound(error) ? importedSource(specifier, context.parentURL) : null;
    if (source === null) throw error;
    return next(pathToFileURL(source).href, context);
  }
};

function isNotFound(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return (
    code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND" || code === "ERR_UNSUPPORTED_DIR_IMPORT"
  );
}

function importedSource(specifier: string, parent: string | undefined): string | null {
  if (parent?.startsWith("file:") !== true || parent.includes("/node_modules/")) return null;
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return null;
  return sourceOf(fileURLToPath(new URL(specifier, parent)));
}

/**
 * `bindings.js` -> `bindings.ts`, `bindings` -> `bindings.ts` or `bindings/index.ts`, where that file exists; else `null`.
 */
export function sourceOf(file: string): string | null {
  return (
    candidatesOf(file).find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true) ?? null
  );
}

function candidatesOf(file: string): readonly string[] {
  const compiled = /\.([cm]?)js$/.exec(file);
  if (compiled) return [`${file.slice(0, compiled.index)}.${compiled[1] ?? ""}ts`];
  return [`${file}.ts`, `${file}.js`, join(file, "index.ts"), join(file, "index.js")];
}
