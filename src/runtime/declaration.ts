/**
 * Declaration: compares the `secure-exec.d.ts` a script was written against with the registry it will meet. Reads only
 * the header the generator writes, one line for the contract and one per leaf:
 *
 *     // @contract sha256-…
 *     // @leaf db.query sha256-…
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Registry } from "../contract/registry.ts";
import { SandboxError } from "./errors.ts";

export interface DeclarationHeader {
  readonly digest: string;
  /** Hash of each leaf's signature by dotted name. */
  readonly leaves: ReadonlyMap<string, string>;
}

/** Throws `ERR_REGISTRY_MISMATCH` unless the declaration describes exactly this registry. */
export async function checkDeclaration(
  registry: Registry,
  declaration: string | URL,
  leafHash: (registry: Registry, index: number) => string | null,
): Promise<void> {
  const text = await readDeclaration(declaration);
  const header = parseHeader(text);
  if (!header) {
    throw mismatch(
      "The declaration has no `// @contract` line, so it was not written by isobind. Generate it again.",
    );
  }
  if (registry.digest === header.digest) return;
  if (registry.digest === null) {
    throw mismatch(
      "The registry is a plain tree without a contract, so no declaration can describe it. Use the generated registry.",
    );
  }
  throw mismatch(
    [
      "The registry and the declaration come from different contracts.",
      ...differences(registry, header, leafHash),
    ].join("\n"),
  );
}

/** A path, a URL, or the text itself: text of a declaration always has more than one line. */
async function readDeclaration(declaration: string | URL): Promise<string> {
  if (typeof declaration === "string" && declaration.includes("\n")) return declaration;
  const isUrl = declaration instanceof URL || declaration.startsWith("file:");
  try {
    return await readFile(isUrl ? fileURLToPath(declaration) : declaration, "utf8");
  } catch (cause) {
    const shown = declaration instanceof URL ? declaration.href : declaration;
    throw new SandboxError("ERR_SANDBOX_OPTION", `declaration: ${shown} cannot be read.`, { cause });
  }
}

/** The header of a generated declaration; `null` when there is none. Line endings and what follows do not matter. */
export function parseHeader(text: string): DeclarationHeader | null {
  const digest = /^\/\/ @contract (sha256-[0-9a-f]{64})\s*$/mu.exec(text)?.[1];
  if (!digest) return null;
  const leaves = new Map<string, string>();
  for (const [, name, hash] of text.matchAll(/^\/\/ @leaf (\S+) (\S+)\s*$/gmu)) leaves.set(name!, hash!);
  return { digest, leaves };
}

function differences(
  registry: Registry,
  header: DeclarationHeader,
  leafHash: (registry: Registry, index: number) => string | null,
): string[] {
  const added: string[] = [];
  const changed: string[] = [];
  const removed = new Set(header.leaves.keys());
  registry.leaves.forEach(({ name }, index) => {
    removed.delete(name);
    const declared = header.leaves.get(name);
    if (declared === undefined) added.push(name);
    else if (declared !== leafHash(registry, index)) changed.push(name);
  });
  const lines = [
    list("The registry has, but the declaration does not", added),
    list("The declaration has, but the registry does not", [...removed]),
    list("Different in the two", changed),
  ].filter((line) => line !== null);
  if (lines.length === 0) lines.push("The leaves are the same; their named types, policies or order differ.");
  return [...lines, "Run `isobind generate` and deploy both files together."];
}

function list(what: string, names: readonly string[]): string | null {
  return names.length === 0 ? null : `${what}: ${[...names].sort().join(", ")}.`;
}

function mismatch(message: string): SandboxError {
  return new SandboxError("ERR_REGISTRY_MISMATCH", message);
}
