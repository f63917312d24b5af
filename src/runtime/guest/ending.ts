/**
 * Words how a run can end, for its caller. Decides nothing; `guest.ts` knows which it was.
 */
import type { Message } from "../crossing/message.ts";
import type { RefusedCode } from "../engine/engine.ts";
import { overMemory } from "../limit-words.ts";
import { errorAt } from "./script/syntax-failure.ts";
import { ownError, type GuestError } from "../seam.ts";

export type Ending =
  | { readonly kind: "ok"; readonly exports: Message }
  | { readonly kind: "error" | "timeout" | "memory" | "suspended" | "crashed"; readonly error: GuestError };

export function timedOut(message: string): Ending {
  return {
    kind: "timeout",
    error: { name: "Error", message, code: "ERR_SANDBOX_TIMEOUT", stack: `Error: ${message}` },
  };
}

/** Calls are pending that are not answered in this process, and nothing else. */
export function suspended(): Ending {
  return { kind: "suspended", error: ownError("ERR_SANDBOX_SUSPENDED", "The run waits for an answer.") };
}

/** The script was to be told what is no value. Only a journal can hold such an answer: everything else was encoded just now. */
export function unread(): Ending {
  const message = "The journal cannot be used: what it has as the answer to a call cannot be read.";
  return { kind: "crashed", error: ownError("ERR_JOURNAL_DAMAGED", message) };
}

/** Nothing is pending and the script has not ended: no event is left that could wake it. */
export function neverEnds(): Ending {
  return timedOut(
    "The script waits for something that can never happen: no host call is in flight that could wake it.",
  );
}

export function outOfMemory(memoryMb: number): Ending {
  const message = overMemory(memoryMb);
  return {
    kind: "memory",
    error: { name: "Error", message, code: "ERR_SANDBOX_MEMORY", stack: `Error: ${message}` },
  };
}

export function unpublished(error: unknown): Ending {
  const message = `The globals of this run could not be installed: ${error instanceof Error ? error.message : "unknown"}`;
  return { kind: "error", error: { name: "TypeError", message, stack: `TypeError: ${message}` } };
}

/** The engine refused what our parser accepted, for example a regular expression. */
export function refusedByEngine(error: RefusedCode | RangeError, filename: string): GuestError {
  if (error instanceof RangeError) {
    const message = `${filename}:1:1: The script is nested too deeply to be compiled.`;
    return { name: "SyntaxError", message, stack: `SyntaxError: ${message}` };
  }
  return errorAt(`${filename}:${error.place}`, error.message);
}
