/** What the author of a script can do about an error, in one sentence or two; in the words of `isobind typecheck`. */
import {
  argumentHelp,
  bigintInJson,
  exportHelp,
  exportIt,
  makeAsync,
  makeDate,
  meansGlobal,
  noPromise,
  oneKindOfNumber,
  ownModule,
  type Stuck,
  throwErrors,
  withoutImport,
} from "../../model/way-out.ts";
import { isInJsx, withoutJsx } from "../../model/needs-code.ts";
import type { Registry } from "../../model/registry.ts";
import type { RunError } from "../result.ts";
import { hostClass } from "./host-class.ts";
import { missingAwait } from "./missing-await.ts";
import { changedInput } from "./changed-input.ts";
import { missingInput } from "./missing-input.ts";
import { framesOf, lineOf, offsetOf, type Place } from "./place.ts";

/** `null` where the error says it all, or nothing is certain. */
export function hintFor(error: RunError, place: Place | null, registry: Registry | undefined): string | null {
  if (error.code === "ERR_BINDING_NOT_CLONABLE") return stuckHint(error.message);
  if (error.code === "ERR_MODULE_NOT_FOUND") return moduleHint(error.message, place);
  if (error.code === "ERR_BINDING_INVALID_ARGUMENT" || error.code === "ERR_SCRIPT_RESULT")
    return dateHint(error.message);
  if (isThrownValue(error)) return throwErrors;
  if (place === null) return null;
  if (error.name === "SyntaxError") return syntaxHint(error.message, place);
  return (
    bigintHint(error) ??
    promiseHint(error) ??
    hostClass(error, place, registry) ??
    missingInput(error, place) ??
    changedInput(error, place) ??
    (registry === undefined ? null : missingAwait(error, place, registry))
  );
}

/** What is thrown and is no error is told as an `Error` of no place. */
function isThrownValue(error: RunError): boolean {
  return error.name === "Error" && error.code === undefined && framesOf(error).length === 0;
}

/** Of an import of the declaration; of a name that no file beside the script has, and no suggestion: `There is no module "node:fs".` */
function moduleHint(message: string, place: Place | null): string | null {
  if (meansGlobal(place === null ? message : lineOf(place.source, place.line))) return withoutImport;
  return /^There is no module "[^".][^"]*"\.$/.test(message.replace(ownPlace, "")) ? ownModule : null;
}

/** Many messages begin with their place. */
const ownPlace = /^.*?:\d+:\d+: /;

function syntaxHint(message: string, { source, line, column }: Place): string | null {
  const said = message.replace(ownPlace, "");
  if (said.startsWith("Return statement is not allowed here")) return exportIt;
  if (said.startsWith("await isn't allowed in non-async function")) return makeAsync;
  return isInJsx(source, offsetOf(source, line, column)) ? withoutJsx : null;
}

function bigintHint({ name, message }: RunError): string | null {
  if (name !== "TypeError") return null;
  if (message.startsWith("Cannot mix BigInt and other types")) return oneKindOfNumber;
  return message.startsWith("Do not know how to serialize a BigInt") ? bigintInJson : null;
}

/** Whatever it was called on is there, and has no such method: only promises have all three. */
function promiseHint({ name, message }: RunError): string | null {
  const method = /\.(then|catch|finally) is not a function$/.exec(message)?.[1];
  return name === "TypeError" && method !== undefined ? noPromise(method) : null;
}

function dateHint(message: string): string | null {
  return /: expected Date(?: \| undefined)?, got (?:"|-?\d)/.test(message) ? makeDate : null;
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
