/**
 * Which kind of script a run is of: what the host says, never what the script says. A script that names another kind is refused.
 */
import { defaultKind } from "../model/contract.ts";
import { visible } from "../model/names.ts";
import { readKind } from "../model/pragma.ts";
import type { Registry, RegistryScript } from "../model/registry.ts";
import { didYouMean } from "../model/suggest.ts";
import { option } from "./errors.ts";
import type { RunError } from "./result.ts";
import { ownError } from "./seam.ts";

/** The kind of a run; `null` when nothing is said of such scripts. Throws `ERR_SANDBOX_OPTION` for a kind that does not exist. */
export function kindOfRun(registry: Registry, wanted: string | undefined): RegistryScript | null {
  const { scripts = [] } = registry;
  const name = wanted ?? defaultKind;
  const found = scripts.find((script) => script.name === name);
  if (found !== undefined) return found;
  if (wanted === undefined) return null;
  const names = scripts.map((script) => script.name);
  const known =
    names.length === 0
      ? "the definition says nothing of kinds of script"
      : `expected ${names.map((one) => `"${one}"`).join(" or ")}`;
  throw option(
    `kind: there is no kind of script \`${visible(String(wanted))}\`; ${known}.${didYouMean(String(wanted), names)}`,
  );
}

/** What the run ends with when the script's line `// @script rule` names another kind; `null` when it names this one, or none. */
export function checkKind(
  source: string,
  filename: string,
  registry: Registry,
  kind: RegistryScript | null,
): RunError | null {
  const written = registry.scripts === undefined ? null : readKind(source);
  const name = kind?.name ?? defaultKind;
  if (written === null || written.name === name) return null;
  const runAs = name === defaultKind ? "without a `kind`" : `as a \`${visible(name)}\``;
  const message = `The script is written as a \`${visible(written.name.slice(0, 100))}\`, and it was run ${runAs}.`;
  return ownError("ERR_REGISTRY_MISMATCH", message, "Error", `${filename}:${written.line}:${written.column}`);
}
