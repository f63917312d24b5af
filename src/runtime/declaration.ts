/**
 * Refuses to run scripts against a registry that their `secure-exec.d.ts` does not describe. Reads only the header of the
 * declaration, so no compiler is needed.
 */
import { fileURLToPath } from "node:url";
import { compareHeader, describeDifference, readHeader } from "../model/identity/header.ts";
import type { Registry } from "../model/registry.ts";
import { option, SandboxError } from "./errors.ts";

/** Gives the text of the declaration. Throws `ERR_REGISTRY_MISMATCH` unless the declaration describes exactly this registry. */
export async function checkDeclaration(registry: Registry, declaration: string | URL): Promise<string> {
  const text = await readDeclaration(declaration);
  const header = readHeader(text);
  if (header.digest === null) {
    throw mismatch("The declaration has no `// @contract` line at its top, so isobind did not write it.");
  }
  const difference = compareHeader(header, registry);
  if (!difference) return text;
  if (registry.digest === null) {
    throw mismatch(
      "The registry is a plain tree without a contract; a declaration describes a generated registry only.",
    );
  }
  throw mismatch(
    `The registry and the declaration come from different contracts. Compared with the declaration, the registry has: ` +
      `${describeDifference(difference)}. Run \`isobind generate\` and deploy its files together.`,
  );
}

/** A path, a URL, or the text itself: text of a declaration always has more than one line. */
async function readDeclaration(declaration: string | URL): Promise<string> {
  if (typeof declaration === "string" && declaration.includes("\n")) return declaration;
  try {
    const isUrl = declaration instanceof URL || declaration.startsWith("file:");
    // Loaded when there is a file: it is a megabyte of Node.
    const { readFile } = await import("node:fs/promises");
    return await readFile(isUrl ? fileURLToPath(declaration) : declaration, "utf8");
  } catch (cause) {
    const shown = declaration instanceof URL ? declaration.href : String(declaration);
    throw option(
      `declaration: ${shown} cannot be read. Was this program built elsewhere? tsc copies no .d.ts: \`isobind/declaration\` gives the text from the contract.`,
      { cause },
    );
  }
}

function mismatch(message: string): SandboxError {
  return new SandboxError("ERR_REGISTRY_MISMATCH", message);
}
