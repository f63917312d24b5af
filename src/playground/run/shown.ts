/** Values on their way to the page: whole when they are small, else the beginning of their text. A timeline of thousands of calls stays small. */
import type { Json } from "../../model/json.ts";
import type { Shown } from "../protocol.ts";

const maxLetters = 16_384;
const beginningLetters = 2_000;

/** Of what somebody has to decide about: a script chooses what stands at the beginning. */
export const mostOfQuestion = 262_144;

export function shown(value: Json, most = maxLetters): Shown {
  const text = JSON.stringify(value);
  if (text.length <= most) return { value };
  return { beginning: text.slice(0, beginningLetters), letters: text.length };
}
