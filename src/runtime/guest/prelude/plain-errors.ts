/**
 * Reads the errors that most calls fail with: a class, and a message, a name and a code as far as they are there. They are the words that the decoder would
 * read, without making it. Self-contained: part of the prelude.
 *
 *     words  error 5 + message · text 7      text  "refused"      →      TypeError: refused
 */
import type { Source } from "../../crossing/decode.ts";
import type { MakeError } from "../../crossing/errors.ts";
import type { ErrorClass, Format } from "../../crossing/format.ts";
import type { Primordials } from "../../crossing/primordials.ts";

/** `undefined` for an error that holds more than texts. */
export type ReadPlainError = (source: Source) => Error | undefined;

export function makePlainErrors(p: Primordials, format: Format, make: MakeError): ReadPlainError {
  const { tag, errorPart, errors } = format;
  const { stringSlice } = p;
  const more = errorPart.cause | errorPart.errors | errorPart.data;

  return ({ words, text, letters }) => {
    const word = words[0] as number;
    const parts = word >>> 4;
    if ((word & 15) !== tag.error || (parts & more) !== 0) return undefined;
    let at = 1;
    let letter = letters;
    const next = (part: number): string | undefined =>
      (parts & part) === 0 ? undefined : stringSlice(text, letter, (letter += (words[at++] as number) >>> 4));
    const message = next(errorPart.message);
    const name = next(errorPart.name);
    return make(errors[parts & 15] as ErrorClass, message, name, next(errorPart.code));
  };
}
