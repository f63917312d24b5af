/**
 * Arbitrary values of a shape, values that are almost of a shape, and values of anything.
 */
import fc from "fast-check";
import type { RegistryDeclaration } from "../../src/model/registry.ts";
import { isTemporalName, type Shape } from "../../src/model/shape.ts";

/** Any plain value structured clone could deliver. */
export const anything: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "value" },
    fc.constantFrom<unknown>(
      undefined,
      null,
      true,
      false,
      0,
      -0,
      NaN,
      Infinity,
      "",
      "a",
      "open",
      "12",
      10n,
      new Date(0),
      new Date(NaN),
      /x/u,
      new Uint8Array(2),
      new Float64Array(1),
      new ArrayBuffer(3),
      new DataView(new ArrayBuffer(1)),
      new Error("e"),
      new TypeError("t"),
      new Map(),
      new Set(),
      [],
      {},
      [, 1],
      Object.create(null),
      JSON.parse('{"__proto__": 1}'),
    ),
    fc.string({ maxLength: 6 }),
    fc.integer(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom("id", "name", "value", "items", "kind", "children", "next", "a"),
      tie("value"),
      {
        maxKeys: 3,
      },
    ),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 2 }).map((entries) => new Map(entries)),
    fc.array(tie("value"), { maxLength: 2 }).map((entries) => new Set(entries)),
  ),
})).value;

/** Values of a shape; `null` when there are none, or none this file can make. */
export function valueOf(
  shape: Shape,
  declarations: readonly RegistryDeclaration[],
  scope: ReadonlyMap<string, fc.Arbitrary<unknown>> = new Map(),
  depth = 0,
): fc.Arbitrary<unknown> | null {
  const of = (part: Shape): fc.Arbitrary<unknown> | null => valueOf(part, declarations, scope, depth + 1);
  if (depth > 9) return null;
  switch (shape.kind) {
    case "any":
    case "unknown":
      return anything;
    case "never":
    case "unsupported":
      return null;
    case "void":
    case "undefined":
      return fc.constant(undefined);
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "number":
      return fc.oneof(fc.double(), fc.integer());
    case "string":
      return fc.string();
    case "bigint":
      return fc.bigInt();
    case "nonprimitive":
      return fc.constantFrom({}, [], new Map());
    case "literal":
      return fc.constant(shape.type === "bigint" ? BigInt(shape.value) : shape.value);
    case "template": {
      const slots = shape.slots.map(slotText);
      if (slots.some((slot) => slot === null)) return null;
      // A slot takes the shortest text, so what follows it must not begin inside it.
      if (
        slots.length > 1 &&
        (shape.texts.slice(1, -1).some((text) => /^[\w.-]*$/u.test(text)) ||
          shape.slots.some(({ kind }) => kind === "literal"))
      )
        return null;
      return fc
        .tuple(...(slots as fc.Arbitrary<string>[]))
        .map((texts) => shape.texts.map((text, at) => text + (texts[at] ?? "")).join(""));
    }
    case "cased":
      // Texts without a letter have no case.
      return shape.base.kind === "string" ? fc.constantFrom("", "12 + 3", "-") : null;
    case "array": {
      const element = of(shape.element);
      return element === null ? fc.constant([]) : fc.array(element, { maxLength: 3 });
    }
    case "tuple": {
      const parts = shape.elements.map(({ shape: part, quantity }) => {
        const value = of(part);
        if (quantity === "one") return value === null ? null : value.map((one) => [one]);
        if (value === null) return fc.constant([]);
        return fc.array(value, { maxLength: quantity === "optional" ? 1 : 2 });
      });
      if (parts.some((part) => part === null)) return null;
      // An optional element may be left out only when nothing follows it.
      return fc.tuple(...(parts as fc.Arbitrary<unknown[]>[])).map((lists) => {
        const out: unknown[] = [];
        for (let at = 0; at < lists.length; at++) {
          const list = lists[at] ?? [];
          if (list.length === 0 && shape.elements[at]?.quantity !== "rest") break;
          out.push(...list);
        }
        return out;
      });
    }
    case "object": {
      const fields: Record<string, fc.Arbitrary<unknown>> = {};
      for (const property of shape.properties) {
        const value = of(property.shape);
        if (value === null && !property.optional) return null;
        if (value !== null) fields[property.name] = value;
      }
      const required = shape.properties.filter(({ optional }) => !optional).map(({ name }) => name);
      const fixed = fc.record(fields, { requiredKeys: required });
      const [signature] = shape.index;
      if (signature === undefined) return fixed;
      const value = of(signature.value);
      const key =
        signature.key === "string"
          ? fc.string().filter((name) => name !== "__proto__" && !(name in fields))
          : signature.key === "number"
            ? fc.integer().map(String)
            : (of(signature.key) as fc.Arbitrary<string> | null);
      if (value === null || key === null || shape.index.length > 1) return fixed;
      return fc
        .tuple(fixed, fc.dictionary(key, value, { maxKeys: 2 }))
        .map(([one, other]) => ({ ...other, ...one }));
    }
    case "map": {
      const [key, value] = [of(shape.key), of(shape.value)];
      if (key === null || value === null) return fc.constant(new Map());
      return fc.array(fc.tuple(key, value), { maxLength: 2 }).map((entries) => new Map(entries));
    }
    case "set": {
      const element = of(shape.element);
      if (element === null) return fc.constant(new Set());
      return fc.array(element, { maxLength: 2 }).map((entries) => new Set(entries));
    }
    case "builtin":
      return fc.constant(builtin(shape.name));
    case "error": {
      const data = of({ kind: "object", properties: shape.properties, index: [] });
      const make = globalThis[shape.name] as new (...args: unknown[]) => Error;
      return data === null
        ? null
        : data.map((own) =>
            Object.assign(shape.name === "AggregateError" ? new make([], "m") : new make("m"), own),
          );
    }
    case "union": {
      const members = shape.members.map(of).filter((member) => member !== null);
      return members.length === 0 ? null : fc.oneof(...members);
    }
    case "intersection": {
      const lists = shape.members.map(of);
      if (lists.some((list) => list === null)) return null;
      const names = shape.members.flatMap((member) =>
        member.kind === "object" ? member.properties.map(({ name }) => name) : ["?"],
      );
      // Shared names would have to satisfy both sides.
      if (new Set(names).size !== names.length || names.includes("?")) return null;
      return fc
        .tuple(...(lists as fc.Arbitrary<object>[]))
        .map((objects) => Object.assign({}, ...objects) as object);
    }
    case "brand":
      return of(shape.base);
    case "parameter":
      return scope.get(shape.name) ?? null;
    case "deferred":
      return of(shape.constraint);
    case "reference": {
      const declaration = declarations.find(({ name }) => name === shape.name);
      if (declaration === undefined) return null;
      const inner = new Map<string, fc.Arbitrary<unknown>>();
      for (const [at, { name }] of declaration.typeParameters.entries()) {
        const argument = shape.typeArguments[at];
        const value = argument === undefined ? null : of(argument);
        if (value !== null) inner.set(name, value);
      }
      return valueOf(declaration.shape, declarations, inner, depth + 1);
    }
  }
}

function slotText(slot: Shape): fc.Arbitrary<string> | null {
  switch (slot.kind) {
    // TypeScript gives a slot the shortest text that fits: only a text without anything to find in it is certain.
    case "string":
      return fc.constantFrom("7", "77");
    case "number":
      return fc.nat(99).map(String);
    case "bigint":
      return fc.nat(99).map(String);
    case "boolean":
      return fc.constantFrom("true", "false");
    case "literal":
      return fc.constant(String(slot.value));
    default:
      return null;
  }
}

function builtin(name: Extract<Shape, { kind: "builtin" }>["name"]): unknown {
  if (name === "Date") return new Date(0);
  if (name === "RegExp") return /x/u;
  if (name === "ArrayBuffer") return new ArrayBuffer(2);
  if (name === "DataView") return new DataView(new ArrayBuffer(2));
  if (isTemporalName(name)) throw new Error("No value of `Temporal` is made in an engine without it.");
  return new globalThis[name](2);
}

/** A copy of a value in which one part, or one key, is another. */
export function mutate(value: unknown, random: () => number): unknown {
  const strange: unknown[] = [
    undefined,
    null,
    0,
    "",
    "x",
    true,
    1n,
    {},
    [],
    new Map(),
    new Date(0),
    new Error("e"),
  ];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  if (typeof value !== "object" || value === null || random() < 0.2) return pick(strange);
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    if (copy.length === 0 || random() < 0.2) return [...copy, pick(strange)];
    const at = Math.floor(random() * copy.length);
    if (random() < 0.1) {
      delete copy[at];
      return copy;
    }
    copy[at] = mutate(copy[at], random);
    return copy;
  }
  if (value instanceof Map) {
    const entries = [...(value as Map<unknown, unknown>)];
    if (entries.length === 0) return new Map([[pick(strange), pick(strange)]]);
    const at = Math.floor(random() * entries.length);
    const [key, entry] = entries[at]!;
    entries[at] = random() < 0.5 ? [mutate(key, random), entry] : [key, mutate(entry, random)];
    return new Map(entries);
  }
  if (value instanceof Set) return new Set([...(value as Set<unknown>), pick(strange)]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return pick(strange);
  const copy = Object.assign(Object.create(null) as object, value) as Record<string, unknown>;
  const keys = Object.keys(copy);
  if (keys.length === 0 || random() < 0.25) {
    Object.defineProperty(copy, pick(["extra", "id", "__proto__", "0", "toString"]), {
      value: pick(strange),
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return copy;
  }
  const key = pick(keys);
  if (random() < 0.3) delete copy[key];
  else copy[key] = mutate(copy[key], random);
  return copy;
}
