/**
 * Refuses to run a script that is pinned to another contract than the registry's: its line `// @contract sha256-…` says for which
 * it was written.
 */
import { visible } from "../model/names.ts";
import { readPragma } from "../model/pragma.ts";
import type { Registry } from "../model/registry.ts";
import type { RunError } from "./result.ts";
import { ownError } from "./seam.ts";

/** What the run ends with; `null` for a script that names this contract, or none. */
export function checkContractPin(source: string, filename: string, registry: Registry): RunError | null {
  const pin = readPragma(source);
  if (pin === null || pin.digest === registry.digest) return null;
  const actual = registry.digest === null ? "a plain tree without a contract" : `of ${registry.digest}`;
  const message =
    `The script is written for the contract ${visible(pin.digest.slice(0, 100))}, and the registry is ${actual}. ` +
    "`isobind typecheck` says what has changed.";
  return ownError("ERR_REGISTRY_MISMATCH", message, "Error", `${filename}:${pin.line}:${pin.column}`);
}
