/**
 * Checks the `// @contract sha256-…` line of a script against the declaration's contract. A script without one is checked
 * against whatever the declaration says.
 */
import type { Contract } from "../../model/contract.ts";
import { visible } from "../../model/names.ts";
import { readHeader } from "../../model/identity/header.ts";
import { readPragma } from "../../model/pragma.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import type { Change } from "../../diff/change.ts";
import { diffContracts } from "../../diff/diff.ts";
import type { Script } from "./frontend/service.ts";

/** A contract under the digest that scripts name it by. */
export interface KnownContract {
  readonly digest: string;
  readonly contract: Contract;
}

/** What scripts are asked for by the contract they name. */
export interface Contracts {
  /** The digest scripts must name in a `// @contract` line. Default: the one in the declaration's header. */
  readonly digest?: string;
  /** The contract behind the declaration, and older ones: so that a mismatch can say what changed. */
  readonly contract?: Contract;
  readonly known?: readonly KnownContract[];
}

/** What was found in files, each script's after what is to be said of the contract it names. A script of which nothing was found is not in `found`. */
export function withContracts(
  scripts: readonly Script[],
  found: readonly { readonly script: Script; readonly diagnostics: readonly Diagnostic[] }[],
  declaration: string,
  { digest = readHeader(declaration).digest ?? undefined, contract, known }: Contracts,
): Diagnostic[] {
  const current = digest === undefined ? null : { digest, ...(contract && { contract }) };
  const mismatch = (script: Script): Diagnostic[] => {
    const said = current && checkPragma(script, current, known);
    return said === null ? [] : [said];
  };
  const checked = new Set(found.map(({ script }) => script.file));
  return [
    ...scripts.filter(({ file }) => !checked.has(file)).flatMap(mismatch),
    ...found.flatMap(({ script, diagnostics }) => [...mismatch(script), ...diagnostics]),
  ];
}

/**
 * Refuses a script that names another contract than the current one, and says what was added, removed or changed since,
 * when the contract it names is among `known`.
 */
export function checkPragma(
  script: Script,
  current: { readonly digest: string; readonly contract?: Contract },
  known: readonly KnownContract[] = [],
): Diagnostic | null {
  const pragma = readPragma(script.text);
  if (!pragma || pragma.digest === current.digest) return null;
  const old = known.find((candidate) => candidate.digest === pragma.digest);
  const changes = old && current.contract ? describe(diffContracts(old.contract, current.contract)) : "";
  const { line, column, endColumn } = pragma;
  return report(
    "script-contract-mismatch",
    { wanted: visible(pragma.digest.slice(0, 100)), actual: current.digest, changes },
    { file: script.file, line, column, endLine: line, endColumn },
  );
}

/** `: added `a.b`; removed `c`; changed `d``, in dotted names. */
function describe(changes: readonly Change[]): string {
  const names = (suits: (change: Change) => boolean): string[] => [
    ...new Set(changes.filter((change) => change.class !== "docs" && suits(change)).map(nameOf)),
  ];
  const added = names(({ kind }) => isAddition.has(kind));
  const removed = names(({ kind }) => isRemoval.has(kind));
  const renamed = changes
    .filter(({ kind }) => isRename.has(kind))
    .map(({ before, after }) => `\`${before}\` to \`${after}\``);
  const changed = names(
    ({ kind }) => !isRename.has(kind) && !isAddition.has(kind) && !isRemoval.has(kind),
  ).filter((name) => !added.includes(name) && !removed.includes(name));
  const part = (word: string, list: readonly string[]): string[] =>
    list.length === 0 ? [] : [`${word} ${list.map((name) => `\`${name}\``).join(", ")}`];
  const parts = [...part("added", added), ...part("removed", removed), ...part("changed", changed)];
  if (renamed.length > 0) parts.push(`renamed ${renamed.join(", ")}`);
  return parts.length === 0 ? "; no call of a binding is affected" : `: ${parts.join("; ")}`;
}

const isAddition: ReadonlySet<string> = new Set(["leaf-added", "namespace-added", "declaration-added"]);
const isRename: ReadonlySet<string> = new Set(["leaf-renamed", "leaf-moved", "declaration-renamed"]);
const isRemoval: ReadonlySet<string> = new Set(["leaf-removed", "namespace-removed", "declaration-removed"]);
const nameOf = (change: Change): string =>
  change.path.length > 0 ? change.path.join(".") : (change.root ?? "the contract");
