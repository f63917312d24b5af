/**
 * Turns types into functions that write what is declared of a value, made when a value first needs them and kept as long as the registry. Keeps out the projecting
 * of each kind, which has a file of its own.
 */
import { remembered } from "../../model/remembered.ts";
import type { Core, CoreIndex, CoreOf, CoreProperty } from "../core.ts";
import { isBuiltin } from "../brand.ts";
import { elementAt, lengths } from "../elements.ts";
import { takesKey } from "../match.ts";
import type { Type, Types } from "../types.ts";
import { listPlan, mapPlan, setPlan, tuplePlan, type NamedPlan } from "./collection.ts";
import { errorPlan } from "./error.ts";
import { foreign } from "./foreign.ts";
import { objectPlan, type IndexPlan } from "./object.ts";
import { unionPlan, type Member } from "./union.ts";
import { firstPlan, type Plan } from "./writer.ts";

export class Plans {
  readonly #types: Types;
  readonly #known = new Map<Type, Plan>();
  readonly #unions = new Map<string, Plan>();
  #last = firstPlan - 1;

  constructor(types: Types) {
    this.#types = types;
  }

  /** The plan of a type. */
  of(type: Type): Plan {
    return remembered(this.#known, type, () => this.#planOf(this.#types.core(type), type));
  }

  /** The plan of a value that is of one of these types. */
  anyOf(types: readonly Type[]): Plan {
    const flat = [...new Set(types.flatMap((type) => this.#members(type)))];
    const [only] = flat;
    if (only === undefined) return foreign;
    if (flat.length === 1) return this.of(only);
    return remembered(this.#unions, flat.map(({ id }) => id).join(), () => this.#unionOf(flat));
  }

  /** The plans of the properties that a type names, of whatever kind it is. */
  named(type: Type): ReadonlyMap<string, Plan> {
    const parts = this.#partsOf(this.#types.core(type));
    return this.#properties(parts.flatMap((one) => ("properties" in one ? one.properties : [])));
  }

  /** A part's plan is made when there is a part: a type may hold itself, or grow with every level. */
  #later(type: Type): Plan {
    let plan: Plan | undefined;
    return (value, depth, to) => (plan ??= this.of(type))(value, depth, to);
  }

  #laterAny(types: readonly Type[]): Plan {
    const [only] = types;
    if (only !== undefined && types.length === 1) return this.#later(only);
    let plan: Plan | undefined;
    return (value, depth, to) => (plan ??= this.anyOf(types))(value, depth, to);
  }

  /** The members of a union that an object can be; another type is its own only member. */
  #members(type: Type): readonly Type[] {
    const core = this.#types.core(type);
    if (core.kind === "union") return core.members.flatMap((member) => this.#members(member));
    const plan = this.of(type);
    return plan === foreign ? [] : [type];
  }

  #unionOf(types: readonly Type[]): Plan {
    const members = types.map((type): Member => ({
      type,
      core: this.#types.core(type),
      plan: this.of(type),
    }));
    if (members.some(({ plan }) => plan === whole)) return whole;
    const elements = members.flatMap(({ core }) => (core.kind === "array" ? [core.element] : []));
    if (elements.length < 2) return unionPlan(this.#types, members);
    // `A[] | B[]`: each element says by itself which of the two it is.
    const [first, ...others] = members.filter(({ core }) => core.kind === "array");
    const merged = { ...first!, plan: listPlan(++this.#last, this.#laterAny(elements), unnamed) };
    return unionPlan(this.#types, [
      merged,
      ...members.filter((member) => member !== first && !others.includes(member)),
    ]);
  }

  #planOf(core: Core, type: Type, named: NamedPlan = unnamed): Plan {
    switch (core.kind) {
      case "anything":
      case "nonprimitive":
        return whole;
      case "never":
      case "primitive":
      case "literal":
      case "template":
      case "cased":
        return foreign;
      case "builtin":
        return (value, depth, to) => (isBuiltin(value, core.name) ? whole : foreign)(value, depth, to);
      case "array":
        return listPlan(++this.#last, this.#later(core.element), named);
      case "tuple": {
        const plans = new Map(core.elements.map((element) => [element, this.#later(element.type)]));
        const planAt = (at: number, length: number): Plan =>
          plans.get(elementAt(core.elements, at, length)!)!;
        return tuplePlan(++this.#last, planAt, lengths(core.elements).most, named);
      }
      case "map":
        return mapPlan(++this.#last, this.#later(core.key), this.#later(core.value));
      case "set":
        return setPlan(++this.#last, this.#later(core.element));
      case "object":
        return objectPlan(++this.#last, this.#properties(core.properties), this.#index(core.index));
      case "error":
        return errorPlan(++this.#last, core.name, this.#properties(core.properties));
      case "union":
        return this.anyOf([type]);
      case "every":
        return this.#everyOf(core);
    }
  }

  #properties(properties: readonly CoreProperty[]): ReadonlyMap<string, Plan> {
    const types = new Map<string, Type[]>();
    for (const { name, type } of properties) types.set(name, [...(types.get(name) ?? []), type]);
    return new Map(Array.from(types, ([name, all]) => [name, this.#laterAny(all)]));
  }

  /** What several index signatures say of one key is said of it together. */
  #index(index: readonly CoreIndex[]): IndexPlan | null {
    if (index.length === 0) return null;
    if (index.every(({ key }) => key === "string")) {
      const plan = this.#later(this.#types.all(index.flatMap(({ type }) => type.bounds)));
      return () => plan;
    }
    const plans = new Map<Type, Plan>();
    return (key) => {
      const taking = index.filter((signature) => takesKey({ types: this.#types }, signature, key));
      if (taking.length === 0) return null;
      const type = this.#types.all(taking.flatMap((signature) => signature.type.bounds));
      return remembered(plans, type, () => this.#later(type));
    };
  }

  /**
   * An intersection that is no single object: `Row[] & { total: number }`, `Error & { id: string }`, or one of many unions. What any part of it
   * declares is declared.
   */
  #everyOf(core: CoreOf<"every">): Plan {
    const parts = core.members.flatMap((member) => this.#partsOf(member));
    const objects = parts.filter((one) => one.kind === "object");
    const named = this.#properties(objects.flatMap(({ properties }) => properties));
    const error = parts.find((one) => one.kind === "error");
    if (error) {
      const declared = this.#properties(error.properties);
      return errorPlan(++this.#last, error.name, new Map([...declared, ...named]));
    }
    const kinds = new Set(["array", "tuple", "map", "set", "builtin"]);
    const built = parts.find((one) => kinds.has(one.kind));
    if (built === undefined) {
      const index = objects.flatMap((one) => one.index);
      return objects.length === 0 ? whole : objectPlan(++this.#last, named, this.#index(index));
    }
    return this.#planOf(built, this.#types.all([]), (name) => named.get(name) ?? null);
  }

  #partsOf(core: Core): readonly Core[] {
    if (core.kind === "every") return core.members.flatMap((member) => this.#partsOf(member));
    if (core.kind !== "union") return [core];
    return core.members.flatMap((member) => this.#partsOf(this.#types.core(member)));
  }
}

/** What may be anything crosses whole. */
const whole: Plan = (value, depth, to) => to.putObject(value, depth);

const unnamed: NamedPlan = () => null;
