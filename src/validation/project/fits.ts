/**
 * Tells whether an object could be meant as a type, to tell the members of a union apart. Unlike the check of results it sees the host's
 * value and not the copy that crosses, so that an instance of a class is an object like another, and what is undeclared is no fault.
 */
import type { Core, CoreOf, CoreProperty } from "../core.ts";
import { isBuiltin, isError, isMap, isSet } from "../brand.ts";
import { elementAt, lengths } from "../elements.ts";
import { inheritedOfErrors, match, takesKey } from "../match.ts";
import type { Type, Types } from "../types.ts";
import { startWalk } from "../walk.ts";
import { isRecord } from "./record.ts";

/** Levels of nesting that are followed, as many as may cross. */
const maxLevels = 500;

/** True when `value` is of the kind that `core` describes, whatever it holds. */
export function isOfKind(core: Core, value: object): boolean {
  switch (core.kind) {
    case "anything":
    case "nonprimitive":
      return true;
    case "array":
    case "tuple":
      return Array.isArray(value);
    case "map":
      return isMap(value);
    case "set":
      return isSet(value);
    case "builtin":
      return isBuiltin(value, core.name);
    case "error":
      return isError(value, core.name);
    case "object":
      return isRecord(value);
    case "every":
      return core.members.every((member) => isOfKind(member, value) || member.kind === "object");
    case "union":
    case "never":
    case "primitive":
    case "literal":
    case "template":
    case "cased":
      return false;
  }
}

/** True when a value has what a type demands. */
export function fits(types: Types, type: Type, value: unknown): boolean {
  return new Fitting(types).fits(type, value);
}

class Fitting {
  readonly #types: Types;
  /** What is known of pairs: that they fit (or are being looked at, which says nothing against it), or do not. */
  readonly #known = new Map<object, Map<Core, boolean>>();
  #level = 0;

  constructor(types: Types) {
    this.#types = types;
  }

  fits(type: Type, value: unknown): boolean {
    const core = this.#types.core(type);
    if (typeof value === "object" && value !== null) return this.#fitsCore(core, value);
    return match(startWalk(this.#types, "allow", "host"), type, value) === null;
  }

  #fitsCore(core: Core, value: object): boolean {
    const known = this.#known.get(value) ?? new Map<Core, boolean>();
    this.#known.set(value, known);
    const found = known.get(core);
    if (found !== undefined) return found;
    // What is nested deeper crosses as no type.
    if (this.#level >= maxLevels) return false;
    known.set(core, true);
    this.#level++;
    const fits = this.#look(core, value);
    this.#level--;
    known.set(core, fits);
    return fits;
  }

  #look(core: Core, value: object): boolean {
    switch (core.kind) {
      case "union":
        return core.members.some((member) => this.fits(member, value));
      case "every":
        return core.members.every((member) => this.#fitsPart(member, value));
      case "array":
        return (
          isOfKind(core, value) &&
          (value as readonly unknown[]).every((element) => this.fits(core.element, element))
        );
      case "tuple": {
        if (!isOfKind(core, value)) return false;
        const list = value as readonly unknown[];
        const { least, most } = lengths(core.elements);
        if (list.length < least || list.length > most) return false;
        return list.every((element, at) => {
          const found = elementAt(core.elements, at, list.length);
          if (element === undefined && found?.quantity === "optional") return true;
          return found !== undefined && this.fits(found.type, element);
        });
      }
      case "map":
        return (
          isMap(value) &&
          [...value].every(([key, entry]) => this.fits(core.key, key) && this.fits(core.value, entry))
        );
      case "set":
        return isSet(value) && [...value].every((member) => this.fits(core.element, member));
      case "error":
        return isOfKind(core, value) && this.#hasProperties(core.properties, value, inheritedOfErrors);
      case "object":
        return (
          isOfKind(core, value) &&
          this.#hasProperties(core.properties, value, []) &&
          this.#hasIndexed(core, value)
        );
      case "anything":
      case "nonprimitive":
      case "builtin":
      case "never":
      case "primitive":
      case "literal":
      case "template":
      case "cased":
        return isOfKind(core, value);
    }
  }

  /** A part of an intersection: an object in it speaks of the named properties of arrays and the like. */
  #fitsPart(core: Core, value: object): boolean {
    return core.kind === "object"
      ? this.#hasProperties(core.properties, value, [])
      : this.#fitsCore(core, value);
  }

  #hasProperties(properties: readonly CoreProperty[], value: object, inherited: readonly string[]): boolean {
    return properties.every(({ name, type, optional }) => {
      const present = isEnumerable.call(value, name) || inherited.includes(name);
      return present ? this.fits(type, (value as Record<string, unknown>)[name]) : optional;
    });
  }

  #hasIndexed({ index, properties }: CoreOf<"object">, value: object): boolean {
    if (index.length === 0) return true;
    const named = new Set(properties.map(({ name }) => name));
    return Object.keys(value).every(
      (key) =>
        named.has(key) ||
        index.every(
          (signature) =>
            !takesKey({ types: this.#types }, signature, key) ||
            this.fits(signature.type, (value as Record<string, unknown>)[key]),
        ),
    );
  }
}

const isEnumerable = Object.prototype.propertyIsEnumerable;
