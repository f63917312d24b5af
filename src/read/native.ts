/**
 * Reads a definition with the TypeScript 7 of the project, and with the compiler isobind carries where that one cannot say what the
 * definition needs. Both give the same; what was done instead is told, because the author has asked for speed.
 */
import { join, relative } from "node:path";
import type { ResolvedContract } from "../config/resolved.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Reading } from "../stages.ts";
import { readDefinition } from "./definition.ts";
import { findTypeScript7 } from "./frontend/native/find.ts";
import { openNative } from "./frontend/native/program.ts";
import { Unsayable } from "./frontend/native/unsayable.ts";

/** `name` is the package it is installed as. */
export async function readByNative(contract: ResolvedContract, root: string, name: string): Promise<Reading> {
  const found = findTypeScript7(root, name);
  const file = relative(root, contract.definition).replaceAll("\\", "/");
  if ("reason" in found) {
    const message = `The compiler \`native\` cannot be used: ${found.reason}.`;
    return unread(contract, report("config-invalid", { message, help: found.help }, { file }));
  }
  try {
    return readDefinition((options) => openNative(options, found.folder), contract, root);
  } catch (error) {
    const { read } = await import("./read.ts");
    const reading = read(contract, root);
    const { files, missing } = reading.inputs;
    const finding = report("compiler-fallback", { file, reason: reasonOf(error) }, { file });
    return {
      ...reading,
      // Another release may be able to say it.
      inputs: { files: [...files, join(found.folder, "package.json")], missing },
      diagnostics: [...reading.diagnostics, finding],
    };
  }
}

/** A compiler that fails is no reason to give nothing: the other one reads as ever. */
function reasonOf(error: unknown): string {
  if (error instanceof Unsayable) return `the API of TypeScript 7 does not say ${error.construct}`;
  const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
  return `TypeScript 7 has failed (${line.slice(0, 120)})`;
}

function unread({ importExtension }: ResolvedContract, diagnostic: Diagnostic): Reading {
  return {
    contract: null,
    diagnostics: [diagnostic],
    inputs: { files: [], missing: [] },
    importExtension: importExtension === "auto" ? ".ts" : importExtension,
  };
}
