/**
 * The manifest: what the last run of one contract read and wrote. When nothing of it has changed, the outcome is known
 * and the compiler is not even loaded. It is a cache: safe to delete, never checked in, the same wherever the folder lies.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ResolvedConfig, ResolvedContract } from "../../config/resolved.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { relativePath } from "../relative-path.ts";
import type { Inputs } from "../stages.ts";
import { type Fingerprint, fingerprint, isSame } from "./fingerprint.ts";
import { generatorIdentity } from "./identity.ts";

/** What a hit gives back: the outcome of the last run without its work. */
export interface Outcome {
  readonly digest: string;
  readonly leaves: number;
  /** Warnings are reported again: a finding must not vanish because nothing changed. */
  readonly warnings: readonly Diagnostic[];
  /** Relative to the config. */
  readonly outputs: readonly string[];
}

interface Manifest extends Outcome {
  /** Version of isobind, and its build. */
  readonly generator: string;
  /** The contract's options, with relative paths. */
  readonly options: string;
  readonly recordedAt: number;
  /** Relative path -> state; the outputs too. */
  readonly files: Readonly<Record<string, Fingerprint>>;
  /** Relative paths that must still not exist. */
  readonly missing: readonly string[];
}

/** The outcome of the last run, when it would be the outcome of this one; otherwise `null`. */
export function recallOutcome(
  contract: ResolvedContract,
  config: ResolvedConfig,
): (Outcome & { inputs: Inputs }) | null {
  const manifest = readManifest(manifestFile(contract, config));
  if (manifest === null) return null;
  const { root } = config;
  const isCurrent =
    manifest.generator === generatorIdentity() &&
    manifest.options === optionsOf(contract, config) &&
    Object.entries(manifest.files).every(([path, known]) =>
      isSame(resolve(root, path), known, manifest.recordedAt),
    ) &&
    manifest.missing.every((path) => !existsSync(resolve(root, path)));
  if (!isCurrent) return null;
  const files = Object.keys(manifest.files).filter((path) => !manifest.outputs.includes(path));
  const absolute = (path: string): string => resolve(root, path);
  return { ...manifest, inputs: { files: files.map(absolute), missing: manifest.missing.map(absolute) } };
}

/** Remembers a run that ended well. A file that changed while the run went on spoils it, and nothing is remembered. */
export function rememberOutcome(
  outcome: Outcome,
  inputs: Inputs,
  contract: ResolvedContract,
  config: ResolvedConfig,
  startedAt: number,
): void {
  const { root } = config;
  const sources = [...inputs.files, ...packageFiles(inputs.files), ...config.inputs];
  const files: Record<string, Fingerprint> = {};
  for (const file of new Set(sources)) {
    const state = fingerprint(file);
    // `startedAt` is a whole number of milliseconds, rounded down; a file's time is not.
    if (state === null || state.mtimeMs >= startedAt + 1) return;
    files[relativePath(root, file)] = state;
  }
  for (const output of outcome.outputs) {
    const state = fingerprint(resolve(root, output));
    if (state === null) return;
    files[output] = state;
  }
  const manifest: Manifest = {
    ...outcome,
    generator: generatorIdentity(),
    options: optionsOf(contract, config),
    recordedAt: Date.now(),
    files,
    missing: [...new Set(inputs.missing)].map((path) => relativePath(root, path)),
  };
  store(manifestFile(contract, config), manifest);
}

/**
 * `node_modules/.cache/isobind/` where a project keeps caches, else `.isobind/` beside the config, which ignores itself.
 */
export function cacheFolder(root: string): string {
  const modules = join(root, "node_modules");
  return existsSync(modules) ? join(modules, ".cache", "isobind") : join(root, ".isobind");
}

function manifestFile(contract: ResolvedContract, config: ResolvedConfig): string {
  // Two configs in one folder may both have a contract called `bindings`.
  const configName = config.file === null ? "" : `${relativePath(config.root, config.file)}.`;
  return join(cacheFolder(config.root), `${configName}${contract.name}.json`);
}

function optionsOf(contract: ResolvedContract, { root }: ResolvedConfig): string {
  const { definition, outDir, tsconfig, ...rest } = contract;
  const paths = [definition, outDir, ...(tsconfig === null ? [] : [tsconfig])].map((path) =>
    relativePath(root, path),
  );
  return JSON.stringify([paths, rest]);
}

/** The package.json of every package whose files were read: its `types` and `exports` decided which files those are. */
function packageFiles(files: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const file of files) {
    const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
    if (folder !== undefined) found.add(join(folder, "package.json"));
  }
  return [...found].filter((file) => existsSync(file));
}

function readManifest(file: string): Manifest | null {
  try {
    const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
    return typeof manifest.generator === "string" && typeof manifest.files === "object" ? manifest : null;
  } catch {
    return null; // none, unreadable, or another version's: the run does the work
  }
}

/** One rename: a concurrent run reads the old manifest or the new one. A cache that cannot be written is no error. */
function store(file: string, manifest: Manifest): void {
  const folder = dirname(file);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
    if (isNew && folder.endsWith(".isobind")) writeFileSync(join(folder, ".gitignore"), "*\n");
    writeFileSync(draft, JSON.stringify(manifest));
    renameSync(draft, file);
  } catch {
    rmSync(draft, { force: true });
  }
}
