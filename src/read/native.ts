/**
 * Reads a definition with the TypeScript 7 of the project, and with the compiler isobind carries where that one cannot say what the
 * definition needs. Both give the same; what was done instead is told, because the author has asked for speed.
 */
import { join, relative } from "node:path";
import type { ResolvedContract } from "../config/resolved.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Reading } from "../stages.ts";
import { findTypeScript7 } from "./frontend/native/find.ts";
import { Unsayable } from "./frontend/native/unsayable.ts";

interface Wanted {
  readonly contract: ResolvedContract;
  readonly root: string;
  /** The package it is installed as. */
  readonly name: string;
}

/** `readBy` reads with the TypeScript 7 of a folder, or with the compiler isobind carries. */
export function readByNative(wanted: Wanted, readBy: (folder: string | null) => Reading): Reading {
  const { contract, root, name } = wanted;
  const found = findTypeScript7(root, name);
  const file = relative(root, contract.definition).replaceAll("\\", "/");
  if ("reason" in found) {
    const message = `The compiler \`native\` cannot be used: ${found.reason}.`;
    return unread(contract, report("config-invalid", { message, help: found.help }, { file }));
  }
  try {
    return readBy(found.folder);
  } catch (error) {
    const reading = readBy(null);
    const { files, missing } = reading.inputs;
    return {
      ...reading,
      // Another release may be able to say it.
      inputs: { files: [...files, join(found.folder, "package.json")], missing },
      diagnostics: [
        ...reading.diagnostics,
        report("compiler-fallback", { file, reason: reasonOf(error) }, { file }),
      ],
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
