/**
 * How a script itself has ended, as the prelude tells it. How its run ends is said behind that.
 */
import { decodeOwn } from "../crossing/host-codec.ts";
import { keepMessage, type Message } from "../crossing/message.ts";
import type { GuestError } from "../seam.ts";
import { explained, type Known } from "./explained.ts";

/** A script that has ended well. */
export interface Exports {
  readonly kind: "ok";
  readonly exports: Message;
}

export type ScriptEnd = Exports | { readonly kind: "error"; readonly error: GuestError };

export function scriptEnd(kind: "ok" | "error", told: Message, known: Known): ScriptEnd {
  if (kind === "ok") return { kind, exports: keepMessage(told) };
  return { kind, error: explained(decodeOwn(told) as GuestError, known) };
}
