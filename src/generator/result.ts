/**
 * GenerateResult: what a run of the generator found and did, as its caller sees it.
 */
import { dirname, resolve } from "node:path";
import type { Loaded } from "../config/load/load.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { sortDiagnostics } from "../diagnostics/sort.ts";
import { relativePath } from "../files/relative-path.ts";
import type { FileReport, Inputs } from "../stages.ts";
import type { Phase } from "./phases.ts";
import type { Work } from "./work.ts";

export interface GenerateResult {
  /** No error among the diagnostics. */
  readonly ok: boolean;
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly FileReport[];
  readonly contracts: readonly ContractResult[];
  /** How long each phase took, in order. */
  readonly phases: readonly Phase[];
  /** Absolute; what files in diagnostics and reports are relative to. */
  readonly root: string;
  /** Why this run could not be remembered, so that the next one does the same work; `null` when nothing stood in the way. */
  readonly cacheProblem: string | null;
  /**
   * Folders, relative to `root`, of contracts that the config no longer names, with files that isobind generated for them. They are left
   * as they are. Known to a run that has written, where the cache still knows of the contract; otherwise empty.
   */
  readonly abandoned: readonly string[];
  /** Everything the outcome depends on, for a watcher. Absolute paths. */
  readonly inputs: Inputs;
}

export interface ContractResult {
  readonly name: string;
  /** Absolute path. */
  readonly definition: string;
  /** Absolute path. */
  readonly outDir: string;
  /** `null` when the definition is wrong. */
  readonly digest: string | null;
  readonly leaves: number;
  /** Sorted. The output of each is in a folder of its name, inside `outDir`; empty when the definition is wrong. */
  readonly profiles: readonly string[];
  /** True when the manifest knew the outcome and no type was read. */
  readonly recalled: boolean;
}

export function resultOf(loaded: Loaded, works: readonly Work[], phases: readonly Phase[]): GenerateResult {
  const diagnostics = sortDiagnostics([...loaded.diagnostics, ...works.flatMap((work) => work.diagnostics)]);
  const unique = (paths: readonly string[]): readonly string[] => [...new Set(paths)];
  return {
    ok: !hasErrors(diagnostics),
    diagnostics,
    files: works.flatMap(({ reports }) => reports),
    contracts: works.map((work) => {
      const { name, definition, outDir } = work.contract;
      const { digest, leaves, recalled } = work;
      return { name, definition, outDir, digest, leaves, profiles: profilesOf(work, loaded.root), recalled };
    }),
    phases,
    root: loaded.root,
    cacheProblem: works.find(({ cacheProblem }) => cacheProblem !== null)?.cacheProblem ?? null,
    abandoned: [],
    inputs: {
      files: unique([...loaded.inputs.files, ...works.flatMap(({ inputs }) => inputs.files)]),
      missing: unique([...loaded.inputs.missing, ...works.flatMap(({ inputs }) => inputs.missing)]),
    },
  };
}

/** The folders of its output: of what was emitted, or, when nothing was, of what is known to be there. */
function profilesOf({ contract, files, reports }: Work, root: string): readonly string[] {
  const names =
    files?.map(({ name }) => name) ??
    reports.map(({ path }) => relativePath(contract.outDir, resolve(root, path)));
  return [...new Set(names.flatMap((name) => (name.includes("/") ? [dirname(name)] : [])))].sort();
}
