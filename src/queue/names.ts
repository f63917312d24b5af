/**
 * Names the engine's queues of one queue of ours: one for each contract, so that a worker is offered only what it can do, and one that lists these.
 */
import { queueError } from "./errors.ts";

/** `scripts` and a digest → `scripts.0358118a9383c9d1`. */
export function queueOf(name: string, digest: string): string {
  return `${name}.${shortDigest(digest)}`;
}

/** As it stands in names and ids. */
export function shortDigest(digest: string): string {
  return digest === "" ? "none" : digest.replace(/^sha256-/, "").slice(0, 16);
}

/** Throws `ERR_QUEUE_OPTION` for a name that the engine could not keep. */
export function checkName(name: unknown): string {
  if (typeof name === "string" && /^[\w-]{1,64}$/.test(name)) return name;
  throw queueError("ERR_QUEUE_OPTION", "name: expected 1 to 64 letters, digits, `_` and `-`.");
}
