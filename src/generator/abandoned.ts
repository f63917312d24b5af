/**
 * Finds the folders of contracts that a config no longer names. What such a contract has written stays where it is, because something may use
 * it still; its record in the cache tells whose it is.
 */
import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { ResolvedConfig } from "../config/resolved.ts";
import { readText } from "../files/read-text.ts";
import { relativePath } from "../files/relative-path.ts";
import type { OutputFile } from "../stages.ts";
import { isGenerated } from "../write/generated.ts";
import { cacheFolder, readRecord, recordFile } from "./manifest/record.ts";
import { isContractRecord } from "./manifest/shape.ts";

/** Relative to the root, sorted. Only folders where a file stands that isobind has generated, and that no other record claims. */
export function abandonedFolders({ root, file, contracts }: ResolvedConfig): readonly string[] {
  if (file === null) return [];
  const current = new Set(
    [null, ...contracts.map(({ name }) => name)].map((name) => basename(recordFile(root, file, name))),
  );
  const isAbandoned = (record: string): boolean =>
    record.startsWith(`${basename(file)}.`) && !current.has(record);
  const names = recordsOf(root);
  if (!names.some(isAbandoned)) return [];

  const records = names.flatMap((name) => {
    // Those of configs and of examples name no output.
    const record = readRecord(join(cacheFolder(root), name), isContractRecord);
    return record === null ? [] : [{ name, ...record }];
  });
  const claimed = new Set(records.flatMap(({ name, outputs }) => (isAbandoned(name) ? [] : outputs)));
  const inUse = new Set(contracts.map(({ outDir }) => relativePath(root, outDir)));
  const folders = records
    .filter(({ name }) => isAbandoned(name))
    .filter(({ outputs }) => outputs.some((path) => !claimed.has(path) && isOurs(resolve(root, path))))
    .map(({ options }) => (JSON.parse(options) as { readonly outDir: string }).outDir)
    .filter((folder) => !inUse.has(folder));
  return [...new Set(folders)].sort();
}

function recordsOf(root: string): readonly string[] {
  try {
    return readdirSync(cacheFolder(root)).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

function isOurs(path: string): boolean {
  const text = readText(path);
  return text !== null && text.trim() !== "" && isGenerated(basename(path) as OutputFile["name"], text);
}
