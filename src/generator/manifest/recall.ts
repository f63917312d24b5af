/**
 * Looks whether anything has changed since the last run. If not, what a config evaluates to and what a contract gives are known,
 * and neither a config is evaluated nor a compiler loaded. This file loads next to nothing itself, because it is most of what
 * a run without changes does.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ResolvedConfig, ResolvedContract } from "../../config/resolved.ts";
import { relativePath } from "../../files/relative-path.ts";
import type { Inputs } from "../../stages.ts";
import { type Fingerprint, isSettled, recognized } from "./fingerprint.ts";
import { mapPaths, type Outcome, readRecord, recordFile, type Stamped, storeRecord } from "./record.ts";
import { isConfigRecord, isContractRecord } from "./shape.ts";

/** What a config file evaluated to last time, if neither it nor what it imports has changed. */
export function recallConfig(file: string, root: string): ResolvedConfig | null {
  const record = recall(recordFile(root, file, null), root, isConfigRecord);
  if (record === null) return null;
  const absolute = (path: string): string => resolve(root, path);
  return {
    file,
    root,
    inputs: Object.keys(record.files).map(absolute),
    contracts: record.contracts.map((contract) => mapPaths(contract, absolute)),
  };
}

/** What a contract gave last time, if it would give the same now. */
export function recallOutcome(
  contract: ResolvedContract,
  { root, file }: ResolvedConfig,
): (Outcome & { readonly inputs: Inputs }) | null {
  const record = recall(recordFile(root, file, contract.name), root, isContractRecord);
  const isCurrent =
    record !== null &&
    record.options === optionsOf(contract, root) &&
    record.missing.every((path) => !existsSync(resolve(root, path)));
  if (!isCurrent) return null;
  const absolute = (path: string): string => resolve(root, path);
  const files = Object.keys(record.files).filter((path) => !record.outputs.includes(path));
  return { ...record, inputs: { files: files.map(absolute), missing: record.missing.map(absolute) } };
}

/** A contract's options as one text, the same wherever the project lies. */
export function optionsOf(contract: ResolvedContract, root: string): string {
  return JSON.stringify(mapPaths(contract, (path) => relativePath(root, path)));
}

/**
 * A record whose files are what they were. Where texts had to be read to tell, after a check-out or of output that was recorded as soon as it was written,
 * it is stored with the times of now, so that the next run need not read them.
 */
function recall<R extends Stamped>(
  file: string,
  root: string,
  isWhole: (record: Stamped) => record is R,
): R | null {
  const record = readRecord(file, isWhole);
  if (record === null) return null;
  const seenAt = Date.now();
  const files: Record<string, Fingerprint> = {};
  for (const [path, known] of Object.entries(record.files)) {
    const now = recognized(resolve(root, path), known, record.recordedAt);
    if (now === null) return null;
    files[path] = now;
  }
  const entries = Object.entries(files);
  const hasMoved = entries.some(([path, now]) => now !== record.files[path]);
  // A time of the future would be read again by every run, whatever is stored.
  if (hasMoved && entries.every(([, { mtimeMs }]) => isSettled(mtimeMs, seenAt)))
    storeRecord<R>(file, { ...record, files }, seenAt);
  return record;
}
