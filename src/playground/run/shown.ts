/** Values on their way to the page: whole when they are small, else the beginning of their text. A timeline of thousands of calls stays small. */
import type { Json } from "../../model/json.ts";
import type { Shown } from "../protocol.ts";

const maxLetters = 16_384;
const beginningLetters = 2_000;

export function shown(value: Json): Shown {
  const text = JSON.stringify(value);
  if (text.length <= maxLetters) return { value };
  return { beginning: text.slice(0, beginningLetters), letters: text.length };
}
