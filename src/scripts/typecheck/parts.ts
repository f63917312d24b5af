/**
 * Puts together what programs have found, each in its part of the scripts. Only when all of them are known is it known who is imported: what a module
 * exports is for those that import it, and need not leave the sandbox.
 */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { kindName } from "./frontend/kind.ts";
import type { Script } from "./frontend/service.ts";

/** What was found in a script or module. Of findings at one place the first counts, in this order. */
export interface FileFindings {
  readonly script: Script;
  /** The kind of the script that was checked, or of those that import it. */
  readonly kind: string;
  readonly own: readonly Diagnostic[];
  /** Counts for a file that none of the others imports. */
  readonly ofExports: readonly Diagnostic[];
  readonly compiler: readonly Diagnostic[];
}

export interface Part<Findings extends FileFindings = FileFindings> {
  /** The scripts of the part, and behind them the modules they import that are none of all scripts. */
  readonly found: readonly Findings[];
  /** Files that are imported by what was found. */
  readonly imported: readonly string[];
}

/** The findings of each script, in their order, and behind them those of modules; sorted by place. */
export function putTogether<Findings extends FileFindings>(
  scripts: readonly Script[],
  parts: readonly Part<Findings>[],
): readonly (Findings & { readonly diagnostics: readonly Diagnostic[] })[] {
  const imported = new Set(parts.flatMap((part) => part.imported));
  const kinds = [...new Set(scripts.map(kindName))];
  const all = parts.flatMap(({ found }) => found);
  const byFile = new Map<string, Findings>();
  // A module may be imported by scripts of several kinds: it is what the first of them sees.
  for (const one of all.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind)))
    if (!byFile.has(one.script.file)) byFile.set(one.script.file, one);
  const files = new Set([...scripts.map(({ file }) => file), ...byFile.keys()]);
  return [...files].flatMap((file) => {
    const found = byFile.get(file);
    if (found === undefined) return [];
    const { own, ofExports, compiler } = found;
    const diagnostics = byPlace([...own, ...(imported.has(file) ? [] : ofExports), ...compiler]);
    return [{ ...found, diagnostics }];
  });
}

/** One place, one finding: what the compiler says about a promise in a condition is enough. */
function byPlace(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const places = new Set<string>();
  return found.toSorted(compare).filter((diagnostic) => {
    const place = `${diagnostic.line}:${diagnostic.column}:${diagnostic.code}`;
    return !places.has(place) && places.add(place);
  });
}

const compare = (a: Diagnostic, b: Diagnostic): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || (a.code < b.code ? -1 : 1);
