/**
 * Records what a run read and wrote, at the end of one that went well, so that the next one can see that nothing has changed.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResolvedConfig, ResolvedContract } from "../../config/resolved.ts";
import { relativePath } from "../../files/relative-path.ts";
import type { Inputs } from "../../stages.ts";
import { isClosed } from "./closed.ts";
import { type Fingerprint, fingerprint, hashOf } from "./fingerprint.ts";
import { optionsOf } from "./recall.ts";
import {
  type ConfigRecord,
  type ContractRecord,
  mapPaths,
  type Outcome,
  recordFile,
  storeRecord,
} from "./record.ts";

/** Remembers what a config evaluated to, if that depends on its files alone. Returns why the cache could not be written, or `null`. */
export function rememberConfig(
  { file, root, inputs, contracts }: ResolvedConfig,
  startedAt: number,
): string | null {
  if (file === null || !inputs.every((input) => isClosed(readFileSync(input, "utf8")))) return null;
  const files = stateOf(inputs, root, startedAt);
  if (files === null) return null;
  const relative = contracts.map((contract) => mapPaths(contract, (path) => relativePath(root, path)));
  return storeRecord<ConfigRecord>(recordFile(root, file, null), { files, contracts: relative });
}

/** What a run read, and what it left. */
export interface Trace {
  readonly inputs: Inputs;
  /** Absolute path -> text, as the run saw it last. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly startedAt: number;
}

/**
 * Remembers what a contract gave. A source that changed while the run went on spoils it, and so does another run that has
 * written into the same folder since: then nothing is remembered. Returns why the cache could not be written, or `null`.
 */
export function rememberOutcome(
  outcome: Omit<Outcome, "outputs">,
  { inputs, outputs, startedAt }: Trace,
  contract: ResolvedContract,
  config: ResolvedConfig,
): string | null {
  const { root, file } = config;
  const sources = [...inputs.files, ...packageFiles(inputs.files), ...config.inputs];
  const read = stateOf(sources, root, startedAt);
  // The output was written after the start.
  const written = stateOf([...outputs.keys()], root, Number.POSITIVE_INFINITY);
  if (read === null || written === null) return null;
  const paths = [...outputs.keys()].map((path) => relativePath(root, path));
  if ([...outputs.values()].some((text, at) => written[paths[at] ?? ""]?.hash !== hashOf(text))) return null;
  return storeRecord<ContractRecord>(recordFile(root, file, contract.name), {
    ...outcome,
    outputs: paths,
    options: optionsOf(contract, root),
    files: { ...read, ...written },
    missing: [...new Set(inputs.missing)].map((path) => relativePath(root, path)),
  });
}

/**
 * The coarsest step of the clocks that stamp files on the systems in use. A file stamped that short before the start may
 * have been written after it; then the run is not remembered, and the next one does the work once more.
 */
const tickMs = 10;

/** Path -> state; `null` when a file is gone, or newer than what was read. */
function stateOf(
  files: readonly string[],
  root: string,
  startedAt: number,
): Record<string, Fingerprint> | null {
  const states: Record<string, Fingerprint> = {};
  for (const file of new Set(files)) {
    const state = fingerprint(file);
    if (state === null || state.mtimeMs >= startedAt - tickMs) return null;
    states[relativePath(root, file)] = state;
  }
  return states;
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
