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
import { type Fingerprint, isSame } from "./fingerprint.ts";
import {
  type ConfigRecord,
  type ContractRecord,
  mapPaths,
  type Outcome,
  readRecord,
  recordFile,
} from "./record.ts";

/** What a config file evaluated to last time, if neither it nor what it imports has changed. */
export function recallConfig(file: string, root: string): ResolvedConfig | null {
  const record = readRecord<ConfigRecord>(recordFile(root, file, null));
  if (record === null || !areSame(record.files, root, record.recordedAt)) return null;
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
  const record = readRecord<ContractRecord>(recordFile(root, file, contract.name));
  const isCurrent =
    record !== null &&
    record.options === optionsOf(contract, root) &&
    areSame(record.files, root, record.recordedAt) &&
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

function areSame(files: Readonly<Record<string, Fingerprint>>, root: string, recordedAt: number): boolean {
  return Object.entries(files).every(([path, known]) => isSame(resolve(root, path), known, recordedAt));
}
