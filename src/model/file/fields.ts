/**
 * Reads parts of data that may come from a stranger. What is not as wanted is an error that names its place. Knows no
 * contract.
 */

/** A `contract.json` that cannot be read. The message says where and why. */
export class ContractFormatError extends Error {
  override readonly name = "ContractFormatError";
}

export type Fields = Readonly<Record<string, unknown>>;

export function record(data: unknown, at: string): Fields {
  if (typeof data !== "object" || data === null || Array.isArray(data)) fail(at, "an object");
  return data as Fields;
}

export function list<T>(data: unknown, at: string, read: (part: unknown, at: string) => T): T[] {
  if (!Array.isArray(data)) fail(at, "a list");
  return data.map((part, index) => read(part, `${at}.${index}`));
}

export function optionalList<T>(data: unknown, at: string, read: (part: unknown, at: string) => T): T[] {
  return data === undefined ? [] : list(data, at, read);
}

export function string(data: unknown, at: string): string {
  return typeof data === "string" ? data : fail(at, "a text");
}

export function oneOf<const T extends string>(data: unknown, at: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === data);
  return found ?? fail(at, `one of ${allowed.join(", ")}`);
}

export function fail(at: string, wanted: string): never {
  throw new ContractFormatError(`The contract is damaged: ${at || "it"} should be ${wanted}.`);
}
