/**
 * Finds options that do not exist, with the one that was probably meant. An option nobody reads is worse than an error: a misspelt limit is no
 * limit. Each part throws what it finds as an error of its own.
 */
import { visible } from "./names.ts";
import { didYouMean } from "./suggest.ts";

/** Every option of `Options`, so that a new one does not compile until it is known here. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * What is wrong, a sentence a line; `null` when every option is known. `of` is the function that was given them, as its caller writes it.
 *
 * @example
 * unknownOptions("run", { filname: "a.js" }, { filename: true });
 * // run: there is no option `filname`. Did you mean `filename`?
 */
export function unknownOptions(
  of: string,
  options: unknown,
  known: Readonly<Record<string, true>>,
): string | null {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    return `${of}: expected an object of options.`;
  const problems = Object.keys(options)
    .filter((name) => !Object.hasOwn(known, name))
    .map((name) => `${of}: there is no option \`${visible(name)}\`.${didYouMean(name, Object.keys(known))}`);
  return problems.length === 0 ? null : problems.join("\n");
}
