/**
 * Structure as text: equal for two shapes that are written the same, wherever they are written and however documented.
 * A contract from a definition has places and one from `contract.json` has none; both must give the same key.
 */

const prose: ReadonlySet<string> = new Set(["doc", "source", "lossy"]);

export function structureKey(part: unknown): string {
  return JSON.stringify(part, (key, value: unknown) => (prose.has(key) ? undefined : value));
}
