/** Counts in words: `1 item`, `2 items`. */

const one = {
  characters: "character",
  "characters of base64": "character of base64",
  items: "item",
  properties: "property",
};

export type Unit = keyof typeof one;

export function counted(count: number, unit: Unit): string {
  return `${count} ${count === 1 ? one[unit] : unit}`;
}
