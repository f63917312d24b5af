/**
 * Writes the structure of a shape as text: equal for two that are written the same, wherever they stand and however documented.
 * A contract from a definition has places and its own order of keys, one from `contract.json` has neither; both must
 * give the same text.
 */

const prose: ReadonlySet<string> = new Set(["doc", "source", "lossy"]);

export function structureKey(part: unknown): string {
  return JSON.stringify(part, (key, value: unknown) => (prose.has(key) ? undefined : sorted(value)));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
