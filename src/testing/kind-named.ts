/** Finds the kind of script that a test names, or that a script names itself: one that does not exist would be held to nothing. */
import { defaultKind } from "../model/contract.ts";
import { visible } from "../model/names.ts";
import type { RegistryScript } from "../model/registry.ts";
import { didYouMean } from "../model/suggest.ts";
import { TestingError } from "./testing-error.ts";

/** `undefined` where nothing is said of scripts that name no kind. Throws a `TestingError`, `ERR_TESTING_OVERRIDE`, for a kind that does not exist. */
export function kindNamed(
  scripts: readonly RegistryScript[],
  wanted: string | undefined,
): RegistryScript | undefined {
  const kind = scripts.find(({ name }) => name === (wanted ?? defaultKind));
  if (kind !== undefined || wanted === undefined) return kind;
  const hint = didYouMean(
    wanted,
    scripts.map(({ name }) => name),
  );
  throw new TestingError("ERR_TESTING_OVERRIDE", `There is no kind of script \`${visible(wanted)}\`.${hint}`);
}
