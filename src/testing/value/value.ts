/**
 * Makes a value of a type: small, readable, and the same for the same numbers.
 *
 * `{ id: number; title: string; tags?: string[] }` -> `{ id: 7, title: "title 42", tags: ["tags 3", "tags 81"] }`
 *
 * - What may be absent is there; lists have two elements. Both end where a type would hold itself again.
 * - A union is the simplest of its members that says something: `Row | null` is a row.
 * - A type of which every value holds one of its own (`interface Ring { next: Ring }`) gets a value that is circular.
 */
import type { Core, CoreIndex, CoreObject, CoreProperty } from "../../validation/core.ts";
import { match, takesKey } from "../../validation/match.ts";
import type { Type, Types } from "../../validation/types.ts";
import { startWalk } from "../../validation/walk.ts";
import { builtinValue, hasBuiltin } from "./builtin.ts";
import { Heights } from "./height.ts";
import { Making } from "./making.ts";
import type { Random } from "./random.ts";
import { casedText, templateText } from "./text.ts";

/** A type of which no value could be made: `never`, or one that needs a class this engine lacks. */
export class NoValue extends Error {}

/** Elements of a list. One is not enough to see an order, three are more to read. */
const length = 2;

/** Combinations of the members of an intersection that are tried. */
const maxChoices = 64;

type CoreOf<K extends Core["kind"]> = Extract<Core, { readonly kind: K }>;

export class Values {
  readonly #types: Types;
  readonly #heights: Heights;

  constructor(types: Types) {
    this.#types = types;
    this.#heights = new Heights(types);
  }

  /** A value of a type. `label` is what its texts begin with. Throws `NoValue`. */
  make(type: Type, label: string, random: Random): unknown {
    return this.#value(new Making(random), type, label);
  }

  #value(making: Making, type: Type, label: string): unknown {
    const around = making.around(type);
    if (around !== undefined && this.#heights.of(type) === Infinity) return around;
    if (making.isEndless) throw new NoValue("every value of it would be endless");
    return this.#coreValue(making, this.#types.core(type), type, label);
  }

  #coreValue(making: Making, core: Core, type: Type, label: string): unknown {
    const { random } = making;
    switch (core.kind) {
      case "anything":
        return word(label, random);
      case "never":
        throw new NoValue("its type has no values");
      case "primitive":
        return primitive(core.name, label, random);
      case "nonprimitive":
        return {};
      case "literal":
        return core.type === "bigint" ? BigInt(core.value) : core.value;
      case "template":
        return text(templateText(this.#types, core, stem(label), random.whole(1, 99)));
      case "cased":
        return text(casedText(this.#types, core, stem(label), random.whole(1, 99)));
      case "builtin":
        if (!hasBuiltin(core.name)) throw new NoValue(`Node ${process.version} has no \`${core.name}\``);
        return builtinValue(core.name, random);
      case "array":
        return this.#array(making, core, type, label);
      case "tuple":
        return this.#tuple(making, core, type, label);
      case "map":
        return this.#map(making, core, type, label);
      case "set":
        return this.#set(making, core, type, label);
      case "object": {
        const object = {};
        return making.fill(type, object, () => this.#fillObject(making, core, object));
      }
      case "error":
        return this.#error(making, core, type, label);
      case "union":
        return this.#value(making, this.#simplest(making, core), label);
      case "every":
        return this.#every(making, core, type, label);
      default:
        return unknownCore(core);
    }
  }

  /** True when a part that may be left out is made. */
  #isWanted(making: Making, type: Type): boolean {
    return making.hasRoom && making.around(type) === undefined && this.#heights.of(type) < Infinity;
  }

  #array(making: Making, { element }: CoreOf<"array">, type: Type, label: string): unknown[] {
    const array: unknown[] = [];
    return making.fill(type, array, () => {
      if (!this.#isWanted(making, element)) return;
      while (array.length < length) array.push(this.#value(making, element, label));
    });
  }

  #tuple(making: Making, { elements }: CoreOf<"tuple">, type: Type, label: string): unknown[] {
    const tuple: unknown[] = [];
    return making.fill(type, tuple, () => {
      let isEnded = false;
      for (const element of elements) {
        // Behind an optional element that is left out, no other that may be is made: it would stand in the wrong place.
        if (element.quantity !== "one") isEnded ||= !this.#isWanted(making, element.type);
        if (element.quantity === "one" || !isEnded) tuple.push(this.#value(making, element.type, label));
      }
    });
  }

  #map(making: Making, { key, value }: CoreOf<"map">, type: Type, label: string): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    return making.fill(type, map, () => {
      if (!this.#isWanted(making, key) || !this.#isWanted(making, value)) return;
      for (let at = 0; at < length; at++) {
        map.set(this.#value(making, key, "key"), this.#value(making, value, label));
      }
    });
  }

  #set(making: Making, { element }: CoreOf<"set">, type: Type, label: string): Set<unknown> {
    const set = new Set<unknown>();
    return making.fill(type, set, () => {
      if (!this.#isWanted(making, element)) return;
      for (let at = 0; at < length; at++) set.add(this.#value(making, element, label));
    });
  }

  #fillObject(making: Making, { properties, index }: CoreObject, object: object): void {
    this.#fillProperties(making, properties, object);
    const known = new Set(properties.map(({ name }) => name));
    for (const signature of index) {
      for (let at = 1; at <= length; at++) {
        const key = this.#key(signature, at);
        if (key === null || known.has(key) || Object.hasOwn(object, key)) continue;
        const taking = index.filter((one) => takesKey({ types: this.#types }, one, key));
        const type = this.#types.all(taking.flatMap((one) => one.type.bounds));
        if (this.#isWanted(making, type)) Reflect.set(object, key, this.#value(making, type, key));
      }
    }
  }

  #fillProperties(making: Making, properties: readonly CoreProperty[], object: object): void {
    for (const { name, type, optional } of properties) {
      if (optional && !this.#isWanted(making, type)) continue;
      const value = this.#value(making, type, name);
      if (optional && value === undefined) continue;
      Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
    }
  }

  #key({ key }: CoreIndex, at: number): string | null {
    if (key === "string") return `key${at}`;
    if (key === "number") return String(at);
    return templateText(this.#types, { kind: "template", ...key }, `key${at}`, at);
  }

  #error(making: Making, core: CoreOf<"error">, type: Type, label: string): Error {
    const message = word(label, making.random);
    const error =
      core.name === "AggregateError" ? new AggregateError([], message) : new globalThis[core.name](message);
    return making.fill(type, error, () => {
      this.#fillProperties(making, core.properties, error);
      for (const name of ["name", "message"]) {
        if (Object.hasOwn(error, name)) Object.defineProperty(error, name, { enumerable: false });
      }
    });
  }

  /** The member with the fewest levels. Not `null` or `undefined` where another would do, nor what it stands in. */
  #simplest(making: Making, core: CoreOf<"union">): Type {
    const all = this.#members(core);
    const finite = all.filter((member) => this.#heights.of(member) < Infinity);
    const possible = finite.length > 0 ? finite : all;
    const fresh = possible.filter((member) => making.around(member) === undefined);
    const telling = fresh.filter((member) => !isNothing(this.#types.core(member)));
    const wanted = making.hasRoom ? [telling, fresh, possible] : [possible];
    const members = wanted.find((some) => some.length > 0);
    if (members === undefined) throw new NoValue("its type has no values");
    const lowest = Math.min(...members.map((member) => this.#heights.of(member)));
    const [first, ...others] = members.filter((member) => this.#heights.of(member) === lowest);
    return making.random.pick([first!, ...others]);
  }

  #members({ members }: CoreOf<"union">): readonly Type[] {
    return members.flatMap((member) => {
      const core = this.#types.core(member);
      return core.kind === "union" ? this.#members(core) : [member];
    });
  }

  /** An intersection that is no single object: `Row[] & { total: number }`. Made of one member, completed with what the others want. */
  #every(making: Making, { members }: CoreOf<"every">, type: Type, label: string): unknown {
    let tries = 0;
    for (const chosen of this.#choices(members)) {
      if (++tries > maxChoices) break;
      const objects = chosen.filter((core) => core.kind === "object");
      const others = chosen.filter(({ kind }) => !["object", "nonprimitive", "anything"].includes(kind));
      for (const base of others.length > 0 ? others : [{ kind: "nonprimitive" } as const]) {
        const value = this.#coreValue(making, base, this.#types.all([]), label);
        if (typeof value === "object" && value !== null) {
          making.fill(type, value, () => {
            for (const core of objects) this.#fillObject(making, core, value);
          });
        }
        if (match(startWalk(this.#types, "refuse", "host"), type, value) === null) return value;
      }
    }
    throw new NoValue("no value was found that is of all types of an intersection");
  }

  /** Every way to take one member of each union. */
  *#choices(members: readonly Core[]): Generator<readonly Core[]> {
    const [first, ...others] = members;
    if (first === undefined) return yield [];
    const options =
      first.kind === "union" ? this.#members(first).map((member) => [this.#types.core(member)]) : [[first]];
    for (const option of options) {
      const flat = option.flatMap((core) => (core.kind === "every" ? core.members : [core]));
      for (const rest of this.#choices(others)) yield [...flat, ...rest];
    }
  }
}

/** What a text is made of besides its number: `title` in `title 42`. */
function stem(label: string): string {
  return label === "" ? "text" : label;
}

function word(label: string, random: Random): string {
  return `${stem(label)} ${random.whole(1, 99)}`;
}

function text(found: string | null): string {
  if (found === null) throw new NoValue("no text was found that fits its pattern");
  return found;
}

function primitive(name: CoreOf<"primitive">["name"], label: string, random: Random): unknown {
  switch (name) {
    case "undefined":
      return undefined;
    case "null":
      return null;
    case "boolean":
      return random.pick([true, false]);
    case "number":
      return random.whole(1, 99);
    case "string":
      return word(label, random);
    case "bigint":
      return BigInt(random.whole(1, 99));
  }
}

function isNothing(core: Core): boolean {
  return core.kind === "primitive" && (core.name === "undefined" || core.name === "null");
}

function unknownCore(core: never): never {
  throw new Error(`A core of a kind that value.ts does not know: ${JSON.stringify(core)}`);
}
