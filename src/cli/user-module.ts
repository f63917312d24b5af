/**
 * Imports a TypeScript or JavaScript module of the user as it is, by Node's own type stripping. What the module does wrong
 * becomes a `UsageError` that points into their file.
 */
import { existsSync, readFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { UsageError } from "./exit.ts";

/** The module's exports. `file` is absolute; paths in messages are relative to `cwd`. */
export async function importUserModule(file: string, cwd: string): Promise<Record<string, unknown>> {
  const shown = relative(cwd, file) || file;
  if (!existsSync(file)) throw new UsageError(`the module \`${shown}\` does not exist.`);
  treatModuleSyntaxAsModules();
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw asUsageError(error, shown, cwd);
  }
}

let isHooked = false;

/**
 * `npm init` writes `"type": "commonjs"`, under which Node refuses `import` in a `.ts` file. Generated registries and
 * definitions are modules whatever the package says, so a TypeScript file that has module syntax is loaded as one.
 */
function treatModuleSyntaxAsModules(): void {
  if (isHooked) return;
  isHooked = true;
  nodeModule.registerHooks({
    load(url, context, nextLoad) {
      if (!isModuleInCommonJsPackage(url)) return nextLoad(url, context);
      return nextLoad(url, { ...context, format: "module-typescript" });
    },
  });
}

function isModuleInCommonJsPackage(url: string): boolean {
  if (!url.startsWith("file:") || !/\.ts$/.test(url) || url.includes("/node_modules/")) return false;
  const file = fileURLToPath(url);
  return packageType(dirname(file)) === "commonjs" && hasModuleSyntax(file);
}

function hasModuleSyntax(file: string): boolean {
  try {
    return /^\s*(import\b(?!\s*\()|export\b(?!\s*=))/m.test(readFileSync(file, "utf8"));
  } catch {
    return false;
  }
}

/** The `type` of the nearest package.json, if it is written there. */
export function packageType(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    try {
      const parsed = JSON.parse(readFileSync(join(current, "package.json"), "utf8")) as { type?: unknown };
      return typeof parsed.type === "string" ? parsed.type : null;
    } catch {
      if (dirname(current) === current) return null;
    }
  }
}

function asUsageError(error: unknown, shown: string, cwd: string): UsageError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
  const at = frameIn(error, cwd);
  const where = at === null ? "" : ` (${at})`;
  switch (code) {
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
    case "ERR_INVALID_TYPESCRIPT_SYNTAX":
      return new UsageError(
        `\`${shown}\` cannot be loaded${where}: ${message}`,
        "Node runs TypeScript by removing types, so enums, namespaces and parameter properties do not work; write them in plain terms, or point --registry at compiled JavaScript.",
      );
    case "ERR_MODULE_NOT_FOUND":
    case "MODULE_NOT_FOUND":
      return new UsageError(
        `\`${shown}\` cannot be loaded: ${message}`,
        "Install the package, or write the import with its file extension (`./bindings.ts`).",
      );
    default:
      return new UsageError(`\`${shown}\` failed while it was loaded${where}: ${message}`);
  }
}

/** The first place in the user's own code: a message without one is hard to act on, a whole stack is noise. */
function frameIn(error: unknown, cwd: string): string | null {
  if (!(error instanceof Error) || error.stack === undefined) return null;
  for (const line of error.stack.split("\n")) {
    const match = /(file:\/\/[^\s)]+|\/[^\s():]+):(\d+)(?::(\d+))?\)?$/.exec(line);
    if (!match?.[1] || line.includes("node_modules") || line.includes("node:")) continue;
    const file = match[1].startsWith("file:") ? fileURLToPath(match[1]) : match[1];
    return [relative(cwd, file), match[2], match[3]].filter((part) => part !== undefined).join(":");
  }
  return null;
}
