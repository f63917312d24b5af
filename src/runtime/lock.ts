/**
 * Lock: refuses to run a script that says (`// @contract sha256-…`) it was written for another contract than the registry's.
 */
import { visible } from "../contract/names.ts";
import { readPragma } from "../contract/pragma.ts";
import type { Registry } from "../contract/registry.ts";
import type { RunError } from "./result.ts";

/** What the run ends with; `null` for a script that names this contract, or none. */
export function checkLock(source: string, filename: string, registry: Registry): RunError | null {
  const lock = readPragma(source);
  if (lock === null || lock.digest === registry.digest) return null;
  const actual = registry.digest === null ? "a plain tree without a contract" : `of ${registry.digest}`;
  const message =
    `The script is written for the contract ${visible(lock.digest.slice(0, 100))}, and the registry is ${actual}. ` +
    "`isobind typecheck` says what has changed.";
  const place = `${filename}:${lock.line}:${lock.column}`;
  return {
    name: "Error",
    code: "ERR_REGISTRY_MISMATCH",
    message,
    stack: `Error: ${message}\n    at ${place}`,
  };
}
