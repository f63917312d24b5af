/** What the author of a script can do about an error, in one sentence or two; in the words of `isobind typecheck`. */
import { argumentHelp, exportHelp, type Stuck } from "../../model/way-out.ts";
import type { Registry } from "../../model/registry.ts";
import type { RunError } from "../result.ts";
import { missingAwait } from "./missing-await.ts";
import { missingInput } from "./missing-input.ts";
import type { Place } from "./place.ts";

/** `null` where the error says it all, or nothing is certain. */
export function hintFor(error: RunError, place: Place | null, registry: Registry | undefined): string | null {
  if (error.code === "ERR_BINDING_NOT_CLONABLE") return stuckHint(error.message);
  if (place === null) return null;
  return missingInput(error, place) ?? (registry === undefined ? null : missingAwait(error, place, registry));
}

function stuckHint(message: string): string | null {
  const what = stuckIn(/: (.+?) cannot cross\.?$/.exec(message)?.[1] ?? "");
  if (what === null) return null;
  if (message.startsWith("export ")) return exportHelp[what];
  // The host's own values are no matter of the script's.
  return /, arguments?\b/.test(message) ? argumentHelp[what] : null;
}

function stuckIn(words: string): Stuck | null {
  if (words.startsWith("a promise")) return "a promise";
  if (words.startsWith("a function")) return "a function";
  if (words.startsWith("a symbol")) return "a symbol";
  return /^a Weak(?:Map|Set|Ref)/.test(words) ? "a weak collection" : null;
}
