/**
 * Lets TypeScript files of the user be modules, whatever their package.json says. `npm init` writes `"type": "commonjs"`, under
 * which Node refuses `import` in a `.ts` file; a config, a definition and a generated registry are modules all the same.
 */
import { readFileSync } from "node:fs";
import type { LoadHookSync } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readText } from "../../files/read-text.ts";
import { upward } from "../../files/upward.ts";

/** A hook for Node's loader: a `.ts` file with module syntax in a CommonJS package is loaded as a module. */
export const loadModuleSyntax: LoadHookSync = (url, context, next) =>
  isModuleInCommonJsPackage(url)
    ? next(url, { ...context, format: "module-typescript" })
    : next(url, context);

function isModuleInCommonJsPackage(href: string): boolean {
  if (!href.startsWith("file:") || href.includes("/node_modules/")) return false;
  const file = fileURLToPath(href);
  return file.endsWith(".ts") && packageType(dirname(file)) === "commonjs" && hasModuleSyntax(file);
}

function hasModuleSyntax(file: string): boolean {
  return /^\s*(import\b(?!\s*\()|export\b(?!\s*=))/m.test(readText(file) ?? "");
}

/** The `type` of the nearest package.json, if it is written there. */
export function packageType(folder: string): string | null {
  for (const current of upward(folder)) {
    try {
      const parsed = JSON.parse(readFileSync(join(current, "package.json"), "utf8")) as { type?: unknown };
      return typeof parsed.type === "string" ? parsed.type : null;
    } catch {
      // None here, or none that can be read: that of the folder above counts.
    }
  }
  return null;
}
