/** Tells records from other JSON: a cache may be damaged, or written by someone else, and then it is no cache. Looks as far as whoever reads a record relies on it. */
import type { ConfigRecord, ContractRecord, Stamped } from "./record.ts";

export function isConfigRecord(record: Stamped): record is ConfigRecord {
  const { contracts } = record as { readonly contracts?: unknown };
  return isFilled(contracts) && contracts.every(isContract);
}

export function isContractRecord(record: Stamped): record is ContractRecord {
  const { digest, leaves, warnings, outputs, options, missing } = record as Partial<ContractRecord>;
  return (
    [digest, options].every(isText) &&
    typeof leaves === "number" &&
    isFilled(outputs) &&
    outputs.every(isText) &&
    Array.isArray(missing) &&
    missing.every(isText) &&
    Array.isArray(warnings) &&
    warnings.every(isFinding)
  );
}

export function isStamped(record: unknown): record is Stamped {
  if (!isObject(record)) return false;
  const { generator, recordedAt, files } = record;
  return (
    isText(generator) &&
    typeof recordedAt === "number" &&
    isObject(files) &&
    !Array.isArray(files) &&
    Object.values(files).every((state) => isObject(state) && isText(state["hash"]))
  );
}

function isContract(contract: unknown): boolean {
  if (!isObject(contract)) return false;
  const { name, definition, outDir, tsconfig, limits } = contract;
  return [name, definition, outDir, tsconfig ?? ""].every(isText) && isObject(limits);
}

function isFinding(finding: unknown): boolean {
  if (!isObject(finding)) return false;
  const { code, severity, message, help, path } = finding;
  return [code, severity, message, help].every(isText) && Array.isArray(path);
}

const isText = (value: unknown): value is string => typeof value === "string";

const isFilled = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
