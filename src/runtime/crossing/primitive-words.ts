/**
 * Writes the words of one primitive, as the encoder does, for those who write nothing else.
 */
import { format } from "./format.ts";

export type Primitive = string | number | boolean | null | undefined;

const { tag } = format;

/** By their numbers in `format.constant`. */
export const constants: readonly Primitive[] = [undefined, null, true, false];

/** Most words that a primitive has. */
export const primitiveWords = 3;

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** Writes the words of a primitive at `at`; returns where they end. The letters of a text are the caller's to keep. */
export function putPrimitive(words: Int32Array, at: number, value: Primitive): number {
  if (typeof value === "number") {
    if ((value | 0) === value && value >= -(2 ** 27) && value < 2 ** 27 && !Object.is(value, -0)) {
      words[at] = value << 4;
      return at + 1;
    }
    words[at] = tag.double;
    double[0] = value;
    words[at + 1] = halves[0]!;
    words[at + 2] = halves[1]!;
    return at + 3;
  }
  words[at] =
    typeof value === "string"
      ? (value.length << 4) | tag.text
      : (constants.indexOf(value) << 4) | tag.constant;
  return at + 1;
}
