/**
 * Compares a project with an earlier state: reads the definitions as they are, the contracts they are compared with, and the
 * scripts, and puts the answers together. All comparing is done by pure functions elsewhere.
 */
import { join, resolve } from "node:path";
import type { Config } from "../config/config.ts";
import type { ResolvedConfig, ResolvedContract } from "../config/resolved.ts";
import { type Contract, emptyDoc, nowhere } from "../model/contract.ts";
import { ContractFormatError, parseContract } from "../model/file/deserialize.ts";
import { digest } from "../model/identity/digest.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { sortDiagnostics } from "../diagnostics/sort.ts";
import type { Impact, ImpactOptions, Side } from "../scripts/impact/impact.ts";
import { relativePath } from "../files/relative-path.ts";
import { loadConfig } from "../config/load/load.ts";
import { selectContract } from "../config/load/select.ts";
import { checkProfiles } from "../profiles/check-profiles.ts";
import { type Profile, profiles } from "../profiles/profile.ts";
import { readAgainst } from "./against/against.ts";
import type { Change } from "../diff/change.ts";
import { changesAsDiagnostics } from "../diff/diagnostics.ts";
import { diffContracts } from "../diff/diff.ts";
import { type FailOn, isFailure, type Verdict, verdictOf } from "../diff/verdict.ts";

export interface DiffProjectOptions {
  /** Where the config is looked for, and what paths are relative to. Default: the current folder. */
  readonly cwd?: string;
  /**
   * A git ref, the path of a contract.json, or a package with or without a version. A branch stands for the commit where the
   * current one left it; `main..HEAD` for its last one.
   */
  readonly against: string;
  /** Only this contract, when the config has several. */
  readonly contract?: string;
  /** Compare what this profile has, instead of the whole contract. */
  readonly profile?: string;
  /** Files, folders or patterns of scripts to check against both sides. */
  readonly scripts?: readonly string[];
  /** The least class of change that makes the result not ok. Default: `breaking`. */
  readonly failOn?: FailOn;
  /** Called when a contract is begun, and after each script that is checked, for progress. */
  readonly onProgress?: (progress: DiffProgress) => void;
}

export interface DiffProgress {
  readonly contract: string;
  /** How many checks of how many are done, both sides together; `null` while contracts are read. */
  readonly scripts: { readonly done: number; readonly all: number } | null;
}

export interface ContractDiff {
  readonly name: string;
  readonly verdict: Verdict;
  readonly changes: readonly Change[];
  /** `null` when no scripts were named. */
  readonly impact: Impact | null;
}

export interface DiffResult {
  /** Compared, without a change of the class that fails and without a script that breaks. */
  readonly ok: boolean;
  /** False when there was nothing to compare: a config, a definition or the other side cannot be used. */
  readonly compared: boolean;
  readonly against: string;
  /**
   * The full id of the commit that was compared with, where `against` names a branch that has gone on since the current one left
   * it; else `null`.
   */
  readonly mergeBase: string | null;
  /** The gravest verdict of all contracts. */
  readonly verdict: Verdict;
  readonly contracts: readonly ContractDiff[];
  /** Sorted by place; files are relative to `root`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute; the working folder. */
  readonly root: string;
}

/**
 * Compares the contracts of a project with what they were, and finds the scripts that break.
 *
 * @example
 * const { verdict, contracts } = await diff("./bindings.config.ts", { against: "origin/main" });
 */
export async function diff(
  config: Config | string | undefined,
  options: DiffProjectOptions,
): Promise<DiffResult> {
  const cwd = resolve(options.cwd ?? process.cwd());
  const whole = await loadConfig({ cwd, ...(config === undefined ? {} : { config }) });
  const loaded = options.contract === undefined ? whole : selectContract(whole, options.contract);
  const unusable = (diagnostics: readonly Diagnostic[]): DiffResult => ({
    ok: false,
    compared: false,
    against: options.against,
    mergeBase: null,
    verdict: "none",
    contracts: [],
    diagnostics: sortDiagnostics(diagnostics),
    root: cwd,
  });
  if (loaded.config === null) return unusable(loaded.diagnostics.map((one) => rebase(one, loaded.root, cwd)));

  const { root } = loaded.config;
  const results: ContractDiff[] = [];
  const diagnostics: Diagnostic[] = [];
  let mergeBase: string | null = null;
  const scripts = await readScripts(options.scripts ?? [], cwd, loaded.config);
  if (scripts.diagnostics.length > 0) return unusable(scripts.diagnostics);
  for (const contract of loaded.config.contracts) {
    options.onProgress?.({ contract: contract.name, scripts: null });
    const sides = await readSides(contract, loaded.config, options, cwd);
    if (!sides.ok) return unusable(sides.diagnostics);
    const { before, after } = sides;
    mergeBase ??= sides.mergeBase;
    const changes = diffContracts(before.contract, after.contract, { digests: sides.digests });
    const impact =
      scripts.found.length > 0
        ? await measure(scripts.found, before, after, {
            changes,
            engine: contract.engine,
            cwd,
            onChecked: (done, all) =>
              options.onProgress?.({ contract: contract.name, scripts: { done, all } }),
          })
        : null;
    results.push({ name: contract.name, verdict: verdictOf(changes), changes, impact });
    diagnostics.push(...changesAsDiagnostics(changes, after.contract).map((one) => rebase(one, root, cwd)));
    diagnostics.push(...(impact?.diagnostics ?? []));
  }
  const all = results.flatMap(({ changes }) => changes);
  const failOn = options.failOn ?? "breaking";
  const broken = results.some(({ impact }) => impact !== null && impact.broken.length > 0);
  return {
    ok: !isFailure(all, failOn) && !(broken && failOn !== "none"),
    compared: true,
    against: options.against,
    mergeBase,
    verdict: verdictOf(all),
    contracts: results,
    diagnostics: sortDiagnostics(diagnostics),
    root: cwd,
  };
}

type Sides =
  | {
      readonly ok: true;
      readonly before: Side;
      readonly after: Side;
      readonly digests: { before: string; after: string };
      readonly mergeBase: string | null;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

async function readSides(
  contract: ResolvedContract,
  config: ResolvedConfig,
  options: DiffProjectOptions,
  cwd: string,
): Promise<Sides> {
  const contractFile = join(contract.outDir, options.profile ?? "", "contract.json");
  const other = await readAgainst(options.against, { cwd, root: config.root, contractFile });
  if (!other.ok) return { ok: false, diagnostics: [report("against-unreadable", other.problem, null)] };
  const old = parse(other.value.text, options.against);
  if (!old.ok) return { ok: false, diagnostics: [old.diagnostic] };

  const { readConfigured } = await import("../read/configured.ts");
  const { check } = await import("../check/check.ts");
  const reading = await readConfigured(contract, config.root);
  const whole = reading.contract;
  const findings = [
    ...reading.diagnostics,
    ...(whole === null ? [] : [...check(whole, contract.limits), ...checkProfiles(whole, contract.profiles)]),
  ];
  const errors = findings.filter(({ severity }) => severity === "error");
  if (whole === null || errors.length > 0) {
    return { ok: false, diagnostics: errors.map((one) => rebase(one, config.root, cwd)) };
  }
  const now =
    options.profile === undefined ? whole : partFor(options.profile, profiles(whole, contract.profiles));
  const { emitDeclaration } = await import("../emit/declaration/declaration.ts");
  const side = (it: Contract): Side => ({ contract: it, declaration: emitDeclaration(it) });
  return {
    ok: true,
    before: side(old.contract),
    after: side(now),
    digests: { before: old.digest, after: digest(now) },
    mergeBase: other.value.mergeBase,
  };
}

/** A profile that the definition no longer has leaves its scripts nothing. */
function partFor(name: string, parts: readonly Profile[]): Contract {
  const part = parts.find((one) => one.name === name);
  if (part !== undefined) return part.contract;
  const path: readonly string[] = [];
  const root = { kind: "namespace", name: "", path, doc: emptyDoc, members: [], source: nowhere } as const;
  return { style: "contract", root, declarations: [], profile: { name, excluded: [] } };
}

/** The digest a file carries is compared as it is written: an older version may have computed it otherwise. */
function parse(
  text: string,
  against: string,
): { ok: true; contract: Contract; digest: string } | { ok: false; diagnostic: Diagnostic } {
  try {
    const contract = parseContract(text);
    const written = (JSON.parse(text.replace(/^\uFEFF/u, "")) as { digest?: unknown }).digest;
    return { ok: true, contract, digest: typeof written === "string" ? written : digest(contract) };
  } catch (error) {
    if (!(error instanceof ContractFormatError)) throw error;
    const message = `The contract at \`${against}\` cannot be read. ${error.message}`;
    const help = "Generate it again with this version of isobind, or compare with another ref.";
    return { ok: false, diagnostic: report("against-unreadable", { message, help }, null) };
  }
}

async function readScripts(patterns: readonly string[], cwd: string, config: ResolvedConfig) {
  if (patterns.length === 0) return { found: [], diagnostics: [] };
  const { findScripts } = await import("../scripts/typecheck/find-scripts.ts");
  const { hostFilesOf } = await import("../scripts/typecheck/host-files.ts");
  const { scripts, diagnostics } = await findScripts(patterns, cwd, hostFilesOf(config));
  return { found: scripts, diagnostics };
}

async function measure(
  scripts: Parameters<typeof import("../scripts/impact/impact.ts").impact>[0],
  before: Side,
  after: Side,
  { cwd, ...options }: ImpactOptions & { readonly cwd: string },
): Promise<Impact> {
  const { impact } = await import("../scripts/impact/impact.ts");
  const { filesBesideEach } = await import("../scripts/beside/beside.ts");
  return impact(scripts, before, after, { ...options, modules: filesBesideEach(cwd) });
}

/** Definitions are named from the config's folder, scripts from the working folder: all of them from the latter. */
function rebase(one: Diagnostic, root: string, cwd: string): Diagnostic {
  if (one.file === null || root === cwd) return one;
  return { ...one, file: relativePath(cwd, resolve(root, one.file)) };
}
