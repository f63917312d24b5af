/** Refuses options of the runtime that do not exist. */
import { unknownOptions } from "../model/option-names.ts";
import { option } from "./errors.ts";

export type { OptionNames } from "../model/option-names.ts";

/** Throws a `SandboxError` (code `ERR_SANDBOX_OPTION`) that names every unknown option at once. */
export function refuseUnknown(of: string, options: unknown, known: Readonly<Record<string, true>>): void {
  const why = unknownOptions(of, options, known);
  if (why !== null) throw option(why);
}
