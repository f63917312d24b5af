/**
 * Counts the calls of one run that have no answer yet, and the bytes that this costs the supervisor: arguments a host
 * function still holds, answers the script has not read. Numbers of calls are limited elsewhere; a thousand calls of four
 * megabytes are four gigabytes.
 */
import { encodeOwn } from "../crossing/host-codec.ts";
import { ErrorDraft } from "../crossing/host-realm.ts";
import type { Reply } from "../seam.ts";
import { MalformedFrame } from "./wire/malformed.ts";

const mebibyte = 1024 * 1024;

export class InFlight {
  readonly #calls = new Map<number, number>();
  readonly #maxBytes: number;
  #bytes = 0;

  /** A script could not hold more than its own memory limit either, so more than that is no honest use. */
  constructor(memoryMb: number, payloadBytes: number) {
    this.#maxBytes = Math.max(memoryMb * mebibyte, 2 * payloadBytes);
  }

  has(id: number): boolean {
    return this.#calls.has(id);
  }

  /** True when there is room for so many bytes more. */
  fits(bytes: number): boolean {
    return this.#bytes + bytes <= this.#maxBytes;
  }

  /** A call waits for its answer. Throws `MalformedFrame` for an id that waits already. */
  enter(id: number, bytes: number): void {
    if (this.#calls.has(id)) throw new MalformedFrame("two calls of one id");
    this.#calls.set(id, bytes);
    this.#bytes += bytes;
  }

  /** The host has answered; false when the run was over before. */
  leave(id: number): boolean {
    const bytes = this.#calls.get(id);
    if (bytes === undefined) return false;
    this.#bytes -= bytes;
    return this.#calls.delete(id);
  }

  /** An answer waits to be sent, until the returned function is called. */
  hold(bytes: number): () => void {
    this.#bytes += bytes;
    return () => (this.#bytes -= bytes);
  }

  clear(): void {
    this.#calls.clear();
  }
}

const message =
  "Too many bytes are in flight: arguments of calls without an answer, and answers the script has not read.";

/** The answer to a call that does not fit. */
export const noRoom: Reply = {
  kind: "error",
  error: encodeOwn(new ErrorDraft("RangeError", message, undefined, "ERR_BINDING_LIMIT")),
};
