/**
 * Tells numbers that V8 would put into one bucket of a Map or a Set. V8 hashes names with a seed of the process, but numbers
 * and bigints without one, so that anybody can choose a hundred thousand that collide; reading those would take minutes.
 *
 * Here is V8's own arithmetic, so that honest keys, however regular, are never taken for an attack.
 */
import type { Crowd } from "./decode-reading.ts";

/** Below this even keys that all collide are read in a millisecond. */
const fewKeys = 1024;

/** Steps along a chain that a key may cost on average. Honest keys need one. */
const maxSteps = 8;

/** The hash of an integer of 32 bits. */
function hashInteger(value: number): number {
  let hash = value | 0;
  hash = ~hash + (hash << 15);
  hash ^= hash >>> 12;
  hash = (hash + (hash << 2)) | 0;
  hash ^= hash >>> 4;
  hash = Math.imul(hash, 2057);
  return (hash ^ (hash >>> 16)) & 0x3fffffff;
}

/** The hash of 64 bits, in two halves because a bigint would cost a microsecond. */
function hashLong(high: number, low: number): number {
  let h = high | 0;
  let l = low | 0;
  const add = (h2: number, l2: number): void => {
    const sum = (l >>> 0) + (l2 >>> 0);
    h = (h + h2 + (sum > 0xffffffff ? 1 : 0)) | 0;
    l = sum | 0;
  };
  const [h0, l0] = [h, l];
  h = ~h0;
  l = ~l0;
  add((h0 << 18) | (l0 >>> 14), l0 << 18);
  l ^= (h << 1) | (l >>> 31);
  h ^= h >>> 31;
  const [h1, l1] = [h, l];
  add((h1 << 2) | (l1 >>> 30), l1 << 2);
  add((h1 << 4) | (l1 >>> 28), l1 << 4);
  l ^= (h << 21) | (l >>> 11);
  h ^= h >>> 11;
  add((h << 6) | (l >>> 26), l << 6);
  return (l ^ ((h << 10) | (l >>> 22))) & 0x3fffffff;
}

/** The hash of a number. */
function hashNumber(value: number): number {
  if ((value | 0) === value) return hashInteger(value);
  double[0] = value;
  return hashLong(halves[1]!, halves[0]!);
}

/** The hash of a bigint: V8 looks at its lowest 64 bits only. */
function hashBigint(value: bigint): number {
  bits[0] = value < 0n ? -value : value;
  const [low, high] = [halves[0]!, halves[1]!];
  return high === 0 && low === 0 ? 0 : hashLong(high, low);
}

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);
const bits = new BigUint64Array(double.buffer);

export function makeCrowd(): Crowd {
  return new HashedCrowd();
}

/** The hashes of one collection's keys, in the order in which they are put in. */
class HashedCrowd implements Crowd {
  #hashes = new Uint32Array(64);
  #length = 0;
  #checkAt = fewKeys;

  /** False when the keys so far crowd together. */
  admits(key: number | bigint): boolean {
    const hash = typeof key === "number" ? hashNumber(key) : hashBigint(key);
    if (this.#length === this.#hashes.length) {
      const longer = new Uint32Array(2 * this.#length);
      longer.set(this.#hashes);
      this.#hashes = longer;
    }
    this.#hashes[this.#length++] = hash;
    if (this.#length < this.#checkAt) return true;
    this.#checkAt *= 2;
    return this.isEven();
  }

  /** To be asked once more when all keys are in. */
  isEven(): boolean {
    const length = this.#length;
    if (length < fewKeys) return true;
    // A table has half as many buckets as it has room, and room for the next power of two.
    const buckets = 2 ** (Math.ceil(Math.log2(length)) - 1);
    const chains = new Uint32Array(buckets);
    let steps = 0;
    for (let i = 0; i < length; i++) steps += chains[this.#hashes[i]! & (buckets - 1)]!++;
    return steps <= maxSteps * length;
  }
}
