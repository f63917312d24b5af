/**
 * Imports a TypeScript or JavaScript module of the user as it is, by Node's own type stripping. What the module does wrong
 * becomes a `UsageError` that points into their file.
 */
import { existsSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { orMeantFile } from "../files/meant-file.ts";
import { UsageError } from "./exit.ts";

/** The module's exports. `file` is absolute; paths in messages are relative to `cwd`. */
export async function importUserModule(
  file: string,
  cwd: string,
): Promise<{ readonly [name: string]: unknown }> {
  const { sourceOf } = await import("../config/load/sources.ts");
  const shown = relative(cwd, file) || file;
  const found = existsSync(file) ? file : sourceOf(file);
  if (found === null) {
    throw new UsageError(
      `the module \`${shown}\` does not exist.${orMeantFile(shown, cwd)}`,
      "Check the path; it is taken from the working folder.",
    );
  }
  const { loadUserModules } = await import("../config/load/user-modules.ts");
  const { nativeImport } = await import("../config/load/native-import.ts");
  loadUserModules();
  try {
    return await nativeImport(pathToFileURL(found).href);
  } catch (error) {
    throw asUsageError(error, shown, cwd);
  }
}

function asUsageError(error: unknown, shown: string, cwd: string): UsageError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = (error instanceof Error ? error.message : String(error))
    .replaceAll(`${cwd}${sep}`, "")
    .trim();
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
    case "ERR_REGISTRY_INVALID":
      // Its own message names every finding with its way out.
      return new UsageError(
        `\`${shown}\` and the functions it is given do not fit: ${message}`,
        "If the definition has changed, run `isobind generate`.",
      );
    default:
      return new UsageError(
        `\`${shown}\` failed while it was loaded${where}: ${message}`,
        "The module itself has thrown this while it was imported; `node` shows all of it.",
      );
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
