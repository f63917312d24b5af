/**
 * How many levels of objects the smallest value of a type has: what tells a recursive type how to end, and which member of a union is the
 * simplest. `Infinity` where no finite value was found.
 */
import type { Core, CoreProperty } from "../../validation/core.ts";
import type { Type, Types } from "../../validation/types.ts";
import { hasBuiltin } from "./builtin.ts";
import { casedText, templateText } from "./text.ts";

/** Required levels that are followed. A type that needs more needs an endless value, or one nobody writes by hand. */
const maxHeight = 40;

export class Heights {
  readonly #types: Types;
  readonly #heights = new Map<Type, number>();
  /** Of each type whether a value ends within so many levels. */
  readonly #ends = new Map<Type, (boolean | undefined)[]>();

  constructor(types: Types) {
    this.#types = types;
  }

  of(type: Type): number {
    let height = this.#heights.get(type);
    if (height === undefined) {
      height = 0;
      while (height <= maxHeight && !this.#endsWithin(type, height)) height++;
      if (height > maxHeight) height = Infinity;
      this.#heights.set(type, height);
    }
    return height;
  }

  #endsWithin(type: Type, levels: number): boolean {
    let known = this.#ends.get(type);
    if (known === undefined) this.#ends.set(type, (known = []));
    const before = known[levels];
    if (before !== undefined) return before;
    // A union that holds itself asks again at the same level: what it holds besides decides.
    known[levels] = false;
    return (known[levels] = this.#coreEndsWithin(this.#types.core(type), levels));
  }

  #coreEndsWithin(core: Core, levels: number): boolean {
    switch (core.kind) {
      case "anything":
      case "primitive":
      case "nonprimitive":
      case "literal":
      case "array":
      case "map":
      case "set":
        return true;
      case "never":
        return false;
      case "template":
        return templateText(this.#types, core, "a", 1) !== null;
      case "cased":
        return casedText(this.#types, core, "a", 1) !== null;
      case "builtin":
        return hasBuiltin(core.name);
      case "tuple":
        return core.elements.every(({ type, quantity }) => quantity !== "one" || this.#part(type, levels));
      case "object":
      case "error":
        return core.properties.every((property) => this.#propertyEnds(property, levels));
      case "union":
        return core.members.some((member) => this.#endsWithin(member, levels));
      case "every":
        return core.members.every((member) => this.#coreEndsWithin(member, levels));
      default:
        return unknownCore(core);
    }
  }

  #propertyEnds({ type, optional }: CoreProperty, levels: number): boolean {
    return optional || this.#part(type, levels);
  }

  #part(type: Type, levels: number): boolean {
    return levels > 0 && this.#endsWithin(type, levels - 1);
  }
}

function unknownCore(core: never): never {
  throw new Error(`A core of a kind that height.ts does not know: ${JSON.stringify(core)}`);
}
