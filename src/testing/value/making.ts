/**
 * Making: what is known while one value is made: how much of it there is, which objects it is inside of, and the numbers it takes.
 */
import type { Type } from "../../validation/types.ts";
import type { Random } from "./random.ts";

/** Parts of one value, and levels of it, after which everything that may be left out is. */
const maxParts = 150;
const maxLevels = 6;

/** Levels no value of ours needs: a type that grows with each of them has no value that ends. */
const endlessLevels = 100;

export class Making {
  readonly random: Random;
  /** The object that is being made of a type, while it is. */
  readonly #open = new Map<Type, object>();
  #parts = 0;
  #levels = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** The object of this type that what is made now stands in. */
  around(type: Type): object | undefined {
    return this.#open.get(type);
  }

  /** False when the value is large enough, and what may be left out is left out. */
  get hasRoom(): boolean {
    return this.#parts < maxParts && this.#levels < maxLevels;
  }

  get isEndless(): boolean {
    return this.#levels > endlessLevels;
  }

  /** Fills an object of a type. Inside, `around(type)` is that object. */
  fill<T extends object>(type: Type, object: T, fill: () => void): T {
    const outer = this.#open.get(type);
    this.#open.set(type, object);
    this.#parts++;
    this.#levels++;
    fill();
    this.#levels--;
    if (outer === undefined) this.#open.delete(type);
    else this.#open.set(type, outer);
    return object;
  }
}
