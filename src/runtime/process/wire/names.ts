/**
 * Names: which property names of a message have been seen before in it. V8 knows the second object of a shape at once; each new name costs
 * it a microsecond or two, so the scan counts them apart.
 */
import { randomInt } from "node:crypto";

const slots = 4096;
const maxProbes = 8;

/** A sender who knew it could make new names look like old ones. */
const seed = randomInt(2 ** 32);

/** One table for all messages; a slot counts only when it was written in this one. */
const hashes = new Uint32Array(slots);
const written = new Uint32Array(slots);
let message = 0;

/** From here on all names are new again. */
export function forgetNames(): void {
  message = (message + 1) >>> 0;
  if (message === 0) written.fill(0);
}

/** True for a name that has not been asked for since `forgetNames`, and for some others when there are thousands. */
export function isNewName(bytes: Buffer, start: number, end: number): boolean {
  let hash = seed;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (end - start);
  hash >>>= 0;
  for (let probe = 0; probe < maxProbes; probe++) {
    const slot = (hash + probe) % slots;
    if (written[slot] !== message) {
      written[slot] = message;
      hashes[slot] = hash;
      return true;
    }
    if (hashes[slot] === hash) return false;
  }
  return true;
}
