/**
 * Holds what one projection remembers on its way through a value, and the shape of its parts.
 */
import { remembered } from "../../model/remembered.ts";

/** Gives what a type declares of an object. Anything else than an object is never asked for: it has no properties. */
export type Plan = (state: State, value: object) => unknown;

/** Levels of nesting that are followed, as many as may cross. */
export const maxLevels = 500;

/** So many objects are found faster in a list than in a map. */
const few = 32;

export class State {
  /** False once a part was of another kind than declared: the value is wrong, whatever has become of it. */
  fits = true;
  /** True once something was left behind. */
  drops = false;
  #level = 0;
  /** Each slot that is copied crosses as a byte at least, so a value with more of them than bytes is too large. */
  #slots: number;
  /** Objects that have been copied, by the plan that met each first; `#others` are copies that another plan made of them. */
  readonly #objects: object[] = [];
  readonly #plans: number[] = [];
  readonly #copies: unknown[] = [];
  /** Places of objects in these lists, when there are too many to look through. */
  #places: Map<object, number> | undefined;
  #others: Map<number, Map<object, unknown>> | undefined;
  #isNew = true;
  /** Objects that cross as they are, with all they hold. */
  readonly whole: object[] = [];

  constructor(maxBytes: number) {
    this.#slots = maxBytes;
  }

  /** The copy a plan has made of an object: one that is met twice stays one, and one that contains itself ends. */
  known(plan: number, value: object): unknown {
    const place = this.#placeOf(value);
    this.#isNew = place < 0;
    if (place < 0) return undefined;
    return this.#plans[place] === plan ? this.#copies[place] : this.#others?.get(plan)?.get(value);
  }

  #placeOf(value: object): number {
    return this.#places === undefined ? this.#objects.indexOf(value) : (this.#places.get(value) ?? -1);
  }

  /** Remembers a copy of the object that was just asked for, before its parts are copied. */
  keep(plan: number, value: object, copy: unknown): void {
    if (this.#isNew) {
      const place = this.#objects.push(value) - 1;
      this.#plans.push(plan);
      this.#copies.push(copy);
      if (this.#places !== undefined) this.#places.set(value, place);
      else if (place === few) this.#places = new Map(this.#objects.map((object, at) => [object, at]));
      return;
    }
    remembered((this.#others ??= new Map()), plan, () => new Map()).set(value, copy);
  }

  /** True when an object has been copied. */
  isCopied(value: object): boolean {
    return this.#placeOf(value) >= 0;
  }

  /** Objects that have been copied. */
  get copied(): Iterable<object> {
    return this.#objects;
  }

  /** True when objects were copied by several plans, so that what was one is several. */
  get splits(): boolean {
    return this.#others !== undefined;
  }

  /** Throws `Unprojectable` when a value has more slots than may cross. */
  take(slots: number): void {
    this.#slots -= slots;
    if (this.#slots < 0) throw new Unprojectable("too-large");
  }

  /** Throws `Unprojectable` when a value is nested too deep. */
  enter(): void {
    if (++this.#level > maxLevels) throw new Unprojectable("too-deep");
  }

  leave(): void {
    this.#level--;
  }
}

/** Why a projection was given up: what would be left of the value cannot cross either. */
export class Unprojectable {
  readonly reason: "too-large" | "too-deep";

  constructor(reason: Unprojectable["reason"]) {
    this.reason = reason;
  }
}

/** A part as its plan has it; what is no object is itself. */
export function part(state: State, plan: Plan, value: unknown): unknown {
  return typeof value === "object" && value !== null ? plan(state, value) : value;
}
