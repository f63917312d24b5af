/**
 * The generator on one screen: open the config, prepare every contract, and when nothing is wrong with any of them, finish
 * them. Stages are loaded when they are needed, so that a run without changes costs little more than starting Node.
 */
import { dirname, resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { sortDiagnostics } from "../diagnostics/sort.ts";
import { removeDrafts } from "../files/draft.ts";
import type { Loaded } from "../config/load/load.ts";
import { cacheFolder } from "./manifest/record.ts";
import { open } from "./open.ts";
import { type OnPhase, type Phase, stopwatch } from "./phases.ts";
import { prepare, type Work } from "./prepare.ts";
import { findFolderClashes } from "../profiles/clash.ts";
import { relativePath } from "../files/relative-path.ts";
import type { FileReport, Inputs } from "../stages.ts";

export interface GenerateOptions {
  /** Where the config is looked for, and what a given path is relative to. Default: the current folder. */
  readonly cwd?: string;
  /** Compare only: report stale and missing output, write nothing. */
  readonly check?: boolean;
  /** Overwrite files that isobind did not generate, and take nothing from the manifest. */
  readonly force?: boolean;
  /** Only the contract of this name, when the config has several. */
  readonly contract?: string;
  /** Called when a phase begins, for progress. */
  readonly onPhase?: OnPhase;
}

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

/**
 * Generates registry, declaration and contract of every definition a config names. Writes nothing when anything is wrong
 * with any of them.
 *
 * @example
 * const { ok, diagnostics, files } = await generate({ definition: "./bindings.ts" });
 */
export async function generate(
  config?: Config | string,
  options: GenerateOptions = {},
): Promise<GenerateResult> {
  const { cwd = process.cwd(), check = false, force = false, contract } = options;
  const watch = stopwatch(options.onPhase);
  const startedAt = Date.now();
  const loaded = await watch.time("load", null, () => open({ config, cwd, force, contract }));
  removeDrafts(cacheFolder(loaded.root));
  if (loaded.config === null) return resultOf(loaded, [], watch.phases);

  const prepared: Work[] = [];
  for (const one of loaded.config.contracts)
    prepared.push(await prepare(one, loaded.config, { check, force }, watch));
  const clashes = findFolderClashes(prepared, loaded.root);
  if (clashes.length > 0) {
    const diagnostics = [...loaded.diagnostics, ...clashes];
    return resultOf({ ...loaded, diagnostics }, prepared, watch.phases);
  }
  const isSound = prepared.every(({ diagnostics }) => !hasErrors(diagnostics));
  if (!isSound || prepared.every(({ files }) => files === null))
    return resultOf(loaded, prepared, watch.phases);

  const { finish } = await import("./finish.ts");
  const isWhole = contract === undefined;
  const finished = await finish(prepared, loaded.config, { check, force, isWhole, startedAt }, watch);
  return resultOf(loaded, finished, watch.phases);
}

/**
 * Holds definitions to the rules, and the output to the definitions, without writing.
 *
 * @example
 * const { ok } = await check("./bindings.config.ts");
 */
export function check(
  config?: Config | string,
  options: Omit<GenerateOptions, "check"> = {},
): Promise<GenerateResult> {
  return generate(config, { ...options, check: true });
}

function resultOf(loaded: Loaded, works: readonly Work[], phases: readonly Phase[]): GenerateResult {
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
