/**
 * Whether a value is of a shape, decided as plainly as it can be said: every alternative of a union is tried, every split of a
 * text, and nothing is remembered but the way here. Shares no code with the validators it judges.
 *
 * Keys: an object may have what the shape declares and nothing else, unless excess is allowed. In an intersection each key is judged over all
 * members, and an index signature speaks of the keys that no member names, as reading such a value does.
 */
import type { Declaration } from "../../../src/model/contract.ts";
import type { Casing, Shape } from "../../../src/model/shape.ts";

/** What the type parameters in sight stand for. */
export type Given = ReadonlyMap<string, Bound>;

export interface Bound {
  readonly shape: Shape;
  readonly given: Given;
}

export const nothingGiven: Given = new Map();

/** What one value is asked to be, in the most intricate of types that end. */
const deepest = 64;

function isSameGiven(one: Given, other: Given): boolean {
  if (one === other) return true;
  if (one.size !== other.size) return false;
  return [...one].every(([name, bound]) => {
    const match = other.get(name);
    return match !== undefined && match.shape === bound.shape && isSameGiven(match.given, bound.given);
  });
}

export class Judge {
  readonly #declarations: ReadonlyMap<string, Declaration>;
  readonly #allowsExcess: boolean;
  /** Values on the way from the outermost one to here, with what is asked of them: meeting one again says nothing new. */
  readonly #asked = new Map<object, Bound[]>();

  constructor(declarations: readonly Declaration[], allowsExcess = false) {
    this.#allowsExcess = allowsExcess;
    this.#declarations = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  }

  belongs(value: unknown, shape: Shape, given: Given = nothingGiven): boolean {
    if (typeof value !== "object" || value === null) return this.#fits(value, shape, given);
    const asked = this.#asked.get(value) ?? [];
    this.#asked.set(value, asked);
    if (asked.some((bound) => bound.shape === shape && isSameGiven(bound.given, given))) return true;
    // A value that contains itself, of a type that grows with every level, has no other end.
    if (asked.length >= deepest) return false;
    asked.push({ shape, given });
    const answer = this.#fits(value, shape, given);
    asked.pop();
    return answer;
  }

  #fits(value: unknown, shape: Shape, given: Given): boolean {
    return this.alternatives({ shape, given }).some((parts) => {
      const objects = parts.filter((part) => part.shape.kind === "object");
      const others = parts.filter((part) => part.shape.kind !== "object");
      const judgesKeys = others.every(({ shape }) => ["any", "unknown", "nonprimitive"].includes(shape.kind));
      return (
        others.every((part) => this.#holds(value, part)) &&
        (objects.length === 0 || this.#isObject(value, objects, judgesKeys))
      );
    });
  }

  /** A bound without unions, intersections and names: one of these lists must hold, every part of it. */
  alternatives({ shape, given }: Bound): Bound[][] {
    switch (shape.kind) {
      case "union":
        return shape.members.flatMap((member) => this.alternatives({ shape: member, given }));
      case "intersection":
        return shape.members.reduce<Bound[][]>(
          (rows, member) =>
            rows.flatMap((row) =>
              this.alternatives({ shape: member, given }).map((parts) => [...row, ...parts]),
            ),
          [[]],
        );
      case "brand":
        return this.alternatives({ shape: shape.base, given });
      case "deferred":
        return this.alternatives({ shape: shape.constraint, given });
      case "parameter": {
        const bound = given.get(shape.name);
        return bound === undefined ? [[{ shape: { kind: "unknown" }, given }]] : this.alternatives(bound);
      }
      case "reference":
        return this.alternatives(this.declared(shape, given));
      default:
        return [[{ shape, given }]];
    }
  }

  declared(reference: Extract<Shape, { kind: "reference" }>, given: Given): Bound {
    const declaration = this.#declarations.get(reference.name);
    if (declaration === undefined) throw new Error(`${reference.name} is not declared.`);
    const inside = new Map<string, Bound>();
    declaration.typeParameters.forEach((parameter, at) => {
      const argument = reference.typeArguments[at];
      if (argument !== undefined) inside.set(parameter.name, this.#meant(argument, given));
      else if (parameter.default) inside.set(parameter.name, { shape: parameter.default, given: inside });
    });
    return { shape: declaration.shape, given: inside };
  }

  /** A type parameter is what it stands for, so that `Tree<T>` inside `Tree<T>` is the same question. */
  #meant(shape: Shape, given: Given): Bound {
    return (shape.kind === "parameter" ? given.get(shape.name) : undefined) ?? { shape, given };
  }

  #holds(value: unknown, { shape, given }: Bound): boolean {
    const every = (values: Iterable<unknown>, element: Shape): boolean =>
      [...values].every((one) => this.belongs(one, element, given));
    switch (shape.kind) {
      case "any":
      case "unknown":
        return true;
      case "never":
        return false;
      case "void":
      case "undefined":
        return value === undefined;
      case "null":
        return value === null;
      case "boolean":
      case "number":
      case "string":
      case "bigint":
        return typeof value === shape.kind;
      case "nonprimitive":
        return typeof value === "object" && value !== null;
      case "literal":
        return shape.type === "bigint"
          ? typeof value === "bigint" && String(value) === shape.value
          : value === shape.value;
      case "template":
        return typeof value === "string" && this.#splits(value, shape.texts, shape.slots, given);
      case "cased":
        return (
          typeof value === "string" &&
          isRecased(value, shape.casings) &&
          this.belongs(value, shape.base, given)
        );
      case "array":
        return Array.isArray(value) && every(value, shape.element);
      case "tuple":
        return Array.isArray(value) && this.#isTuple(value, shape, given);
      case "map":
        return value instanceof Map && every(value.keys(), shape.key) && every(value.values(), shape.value);
      case "set":
        return value instanceof Set && every(value, shape.element);
      case "builtin":
        return Object.prototype.toString.call(value) === `[object ${shape.name}]`;
      case "error":
        return (
          value instanceof Error &&
          (shape.name === "Error" || value.name === shape.name) &&
          shape.properties.every(({ name, shape, optional }) =>
            Object.hasOwn(value, name) || name === "name" || name === "message"
              ? this.belongs((value as unknown as Record<string, unknown>)[name], shape, given)
              : optional,
          )
        );
      default:
        throw new Error(`Not decided part by part: ${shape.kind}`);
    }
  }

  #isObject(value: unknown, parts: readonly Bound[], judgesKeys: boolean): boolean {
    if (typeof value !== "object" || value === null) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    // Beside an array only what it has besides its elements is in question.
    if (judgesKeys && prototype !== null && prototype !== Object.prototype) return false;
    const named = new Set<string>();
    for (const { shape, given } of parts) {
      if (shape.kind !== "object") continue;
      for (const property of shape.properties) {
        named.add(property.name);
        if (!Object.hasOwn(value, property.name)) {
          if (!property.optional) return false;
        } else if (!this.belongs((value as Record<string, unknown>)[property.name], property.shape, given)) {
          return false;
        }
      }
    }
    if (!judgesKeys) return true;
    return Object.keys(value)
      .filter((key) => !named.has(key))
      .every((key) => {
        const signatures = parts.flatMap(({ shape, given }) =>
          shape.kind === "object" ? shape.index.map((signature) => ({ ...signature, given })) : [],
        );
        const own = signatures.filter(({ key: wanted, given }) =>
          wanted === "string"
            ? true
            : wanted === "number"
              ? `${Number(key)}` === key
              : this.#splits(key, wanted.texts, wanted.slots, given),
        );
        return (
          key !== "__proto__" &&
          (own.length > 0 || this.#allowsExcess) &&
          own.every((signature) =>
            this.belongs((value as Record<string, unknown>)[key], signature.value, signature.given),
          )
        );
      });
  }

  /** Every way to give each value an element, in order. */
  #isTuple(values: readonly unknown[], shape: Extract<Shape, { kind: "tuple" }>, given: Given): boolean {
    const from = (at: number, element: number): boolean => {
      const wanted = shape.elements[element];
      if (wanted === undefined) return at === values.length;
      const rest = wanted.quantity === "rest";
      if (wanted.quantity !== "one" && (rest || at >= values.length) && from(at, element + 1)) return true;
      if (at >= values.length) return false;
      const absent = wanted.quantity === "optional" && values[at] === undefined;
      return (
        (absent || this.belongs(values[at], wanted.shape, given)) &&
        from(at + 1, rest ? element : element + 1)
      );
    };
    return from(0, 0);
  }

  /** Every way to split a text into the fixed texts and what is between them. */
  #splits(text: string, texts: readonly string[], slots: readonly Shape[], given: Given): boolean {
    const [first = "", ...others] = texts;
    if (!text.startsWith(first)) return false;
    const [slot, ...further] = slots;
    const left = text.slice(first.length);
    if (slot === undefined) return left === "";
    for (let length = 0; length <= left.length; length++) {
      if (
        this.#fills(left.slice(0, length), slot, given) &&
        this.#splits(left.slice(length), others, further, given)
      )
        return true;
    }
    return false;
  }

  #fills(text: string, slot: Shape, given: Given): boolean {
    return this.alternatives({ shape: slot, given }).some((parts) =>
      parts.every(({ shape, given }) => {
        switch (shape.kind) {
          case "string":
          case "any":
            return true;
          case "number":
            // As the compiler: `" "` is a text of a number, zero.
            return text !== "" && Number.isFinite(Number(text));
          case "bigint":
            return /^-?\d+$/u.test(text);
          case "boolean":
            return text === "true" || text === "false";
          case "literal":
            return text === String(shape.value);
          case "cased":
            return isRecased(text, shape.casings) && this.#fills(text, shape.base, given);
          case "template":
            return this.#splits(text, shape.texts, shape.slots, given);
          default:
            return text === shape.kind;
        }
      }),
    );
  }
}

/** `Capitalize<Lowercase<string>>`: the same text again after each casing in turn, the first letter being one UTF-16 unit. */
function isRecased(text: string, casings: readonly Casing[]): boolean {
  let made = text;
  for (const casing of casings) {
    if (casing === "Uppercase") made = made.toUpperCase();
    if (casing === "Lowercase") made = made.toLowerCase();
    if (casing === "Capitalize") made = made.replace(/^[\s\S]/, (first) => first.toUpperCase());
    if (casing === "Uncapitalize") made = made.replace(/^[\s\S]/, (first) => first.toLowerCase());
  }
  return made === text;
}
