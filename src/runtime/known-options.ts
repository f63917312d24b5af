/**
 * Refuses options that do not exist, with the one that was probably meant. An option nobody reads is worse than
 * an error: a misspelt limit is no limit.
 */
import { visible } from "../model/names.ts";
import { didYouMean } from "../model/suggest.ts";
import { SandboxError } from "./errors.ts";

/** Every option of `Options`, so that a new one does not compile until it is known here. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Throws a `SandboxError` (code `ERR_SANDBOX_OPTION`) that names every unknown option at once. `of` is the function that was given
 * them, as its caller writes it.
 *
 * @example
 * refuseUnknown("run", { filname: "a.js" }, { filename: true });
 * // run: there is no option `filname`. Did you mean `filename`?
 */
export function refuseUnknown(of: string, options: unknown, known: Readonly<Record<string, true>>): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new SandboxError("ERR_SANDBOX_OPTION", `${of}: expected an object of options.`);
  }
  const problems = Object.keys(options)
    .filter((name) => !Object.hasOwn(known, name))
    .map((name) => `${of}: there is no option \`${visible(name)}\`.${didYouMean(name, Object.keys(known))}`);
  if (problems.length > 0) throw new SandboxError("ERR_SANDBOX_OPTION", problems.join("\n"));
}
