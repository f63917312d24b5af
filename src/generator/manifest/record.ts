/**
 * Reads and writes records: what the last run knew, as files of a cache. They are safe to delete, never checked in, and the same
 * wherever the project is. Reading one never fails: a record that is missing, damaged or of another version is no record.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ResolvedContract } from "../../config/resolved.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { draftIn, removeDraft } from "../../files/draft.ts";
import { relativePath } from "../../files/relative-path.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { generatorIdentity } from "./identity.ts";
import { isStamped } from "./shape.ts";

export interface Stamped {
  /** Version of isobind, and its build. */
  readonly generator: string;
  readonly recordedAt: number;
  /** Relative path -> state. */
  readonly files: Readonly<Record<string, Fingerprint>>;
}

/** What a config evaluated to. */
export interface ConfigRecord extends Stamped {
  /** With paths relative to the config. */
  readonly contracts: readonly ResolvedContract[];
}

/** The outcome of a run of one contract. Its `files` are inputs and outputs. */
export interface ContractRecord extends Stamped, Outcome {
  /** The contract's options, with relative paths. */
  readonly options: string;
  /** Relative paths that must still not exist. */
  readonly missing: readonly string[];
}

/** What a run gives that a later one can give without its work. */
export interface Outcome {
  readonly digest: string;
  readonly leaves: number;
  /** Warnings are reported again: a finding must not vanish because nothing changed. */
  readonly warnings: readonly Diagnostic[];
  /** Relative to the config. */
  readonly outputs: readonly string[];
}

/**
 * `node_modules/.cache/isobind/` where a project keeps caches, else `.isobind/` beside the config, which ignores itself.
 */
export function cacheFolder(root: string): string {
  const modules = join(root, "node_modules");
  return existsSync(modules) ? join(modules, ".cache", "isobind") : join(root, ".isobind");
}

/** `config` is the config's file; two configs in one folder may both have a contract called `bindings`. */
export function recordFile(root: string, config: string | null, contract: string | null): string {
  const names = [config === null ? null : relativePath(root, config), contract].filter(
    (name) => name !== null,
  );
  return join(cacheFolder(root), `${names.join(".")}.json`);
}

/** `isWhole` tells the record from another, and from what is left of one. Throws `IncompleteBuild`, before anything is made. */
export function readRecord<R extends Stamped>(
  file: string,
  isWhole: (record: Stamped) => record is R,
): R | null {
  const generator = generatorIdentity();
  try {
    const record: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isStamped(record) && record.generator === generator && isWhole(record) ? record : null;
  } catch {
    return null;
  }
}

/**
 * One rename: a concurrent run reads the old record or the new one. A cache that cannot be written is no error: the answer is why it
 * cannot, for those who ask, and `null` when it was.
 */
export function storeRecord<R extends Stamped>(
  file: string,
  record: Omit<R, "generator" | "recordedAt">,
  recordedAt = Date.now(),
): string | null {
  const text = JSON.stringify({ ...record, generator: generatorIdentity(), recordedAt });
  const folder = dirname(file);
  const draft = draftIn(folder);
  try {
    const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
    if (isNew && folder.endsWith(".isobind")) writeFileSync(join(folder, ".gitignore"), "*\n");
    writeFileSync(draft, text);
    renameSync(draft, file);
    return null;
  } catch (error) {
    removeDraft(draft);
    return error instanceof Error ? error.message : String(error);
  }
}

/** A contract's paths seen from its root, and back: what a record holds is true wherever the project lies. */
export function mapPaths(contract: ResolvedContract, map: (path: string) => string): ResolvedContract {
  const { definition, outDir, tsconfig } = contract;
  return {
    ...contract,
    definition: map(definition),
    outDir: map(outDir),
    tsconfig: tsconfig === null ? null : map(tsconfig),
  };
}
