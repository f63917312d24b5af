/**
 * Walks a value along a type and says where the two part: the interpreter of types. Slow and precise where emitted
 * validators are fast and mute; it runs only after one of them has said no. Holds no wording: `explain.ts` has that.
 */
import { validatorDepth } from "../model/limits.ts";
import { isBuiltin, isError, isMap, isPlainObject, isSet } from "./brand.ts";
import { isCased } from "./casing.ts";
import type { Core, CoreElement, CoreIndex, CoreObject, CoreOf, CoreProperty } from "./core.ts";
import { elementAt, lengths } from "./elements.ts";
import { isNumericKey, own } from "./keys.ts";
import { inside, mismatch, missing, type Mismatch, type Wanted } from "./mismatch.ts";
import { propertyStep, shownKey } from "./step.ts";
import { matchesTemplate, type Slot } from "./template.ts";
import { templateSlot } from "./slot.ts";
import type { Type } from "./types.ts";
import { add, has, type Walk } from "./walk.ts";

/** Where a value parts from a type; `null` when it does not. */
export function match(walk: Walk, type: Type, value: unknown): Mismatch | null {
  const { core, recursive } = walk.types.resolve(type);
  if (core.kind === "anything") return null;
  if (--walk.fuel < 0) return mismatch({ kind: "less-work" }, value);
  if (!recursive && walk.trust === "guest") return matchCore(walk, core, value, type);
  if (typeof value === "object" && value !== null) {
    if (has(walk.active, value, type) || has(walk.proven, value, type)) return null;
  }
  // Types that end bound the nesting themselves.
  if (recursive && walk.depth >= validatorDepth) return mismatch({ kind: "less-depth" }, value);
  if (recursive) walk.depth++;
  if (typeof value === "object" && value !== null) add(walk.active, value, type);
  const found = matchCore(walk, core, value, type);
  if (recursive) walk.depth--;
  if (typeof value === "object" && value !== null) {
    walk.active.get(value)?.delete(type);
    if (found === null && walk.trust === "host") {
      add(walk.proven, value, type);
      walk.trail.push([value, type]);
    }
  }
  return found;
}

function matchCore(walk: Walk, core: Core, value: unknown, type: Type): Mismatch | null {
  const wanted: Wanted = { kind: "type", type };
  switch (core.kind) {
    case "anything":
      return null;
    case "never":
      return mismatch(wanted, value);
    case "primitive":
      return isPrimitive(core.name, value) ? null : mismatch(wanted, value);
    case "nonprimitive":
      return typeof value === "object" && value !== null ? null : mismatch(wanted, value);
    case "literal":
      return isLiteral(core, value) ? null : mismatch(wanted, value);
    case "template":
      return matchesTemplate(value, core.texts, slotsOf(walk, core.slots)) ? null : mismatch(wanted, value);
    case "cased":
      return isCased(value, ...core.casings) ? match(walk, core.base, value) : mismatch(wanted, value);
    case "builtin":
      return isBuiltin(value, core.name) ? null : mismatch(wanted, value);
    case "array":
      return Array.isArray(value) ? matchArray(walk, core.element, value) : mismatch(wanted, value);
    case "tuple":
      return Array.isArray(value) ? matchTuple(walk, core.elements, value) : mismatch(wanted, value);
    case "map":
      return isMap(value) ? matchMap(walk, core.key, core.value, value) : mismatch(wanted, value);
    case "set":
      return isSet(value) ? matchSet(walk, core.element, value) : mismatch(wanted, value);
    case "object":
      return isPlainObject(value) ? matchObject(walk, core, value) : mismatch(wanted, value);
    case "error":
      return isError(value, core.name)
        ? matchProperties(walk, core.properties, value, inheritedOfErrors)
        : mismatch(wanted, value);
    case "union":
      return matchUnion(walk, core.members, value, type);
    case "every":
      return matchEvery(walk, core.members, value, type);
  }
}

function isPrimitive(name: CoreOf<"primitive">["name"], value: unknown): boolean {
  return name === "null" ? value === null : typeof value === name;
}

function isLiteral(core: CoreOf<"literal">, value: unknown): boolean {
  if (core.type === "bigint") return typeof value === "bigint" && value === BigInt(core.value);
  // `NaN` has no literal type; 0 and -0 have one.
  return value === core.value;
}

function matchArray(walk: Walk, element: Type, values: readonly unknown[]): Mismatch | null {
  if (walk.types.core(element).kind === "anything") {
    walk.fuel -= values.length;
    return walk.fuel < 0 ? mismatch({ kind: "less-work" }, values) : null;
  }
  for (let at = 0; at < values.length; at++) {
    const found = match(walk, element, values[at]);
    if (found !== null) return at in values ? inside(`[${at}]`, found) : missing(`[${at}]`, element);
  }
  return null;
}

function matchTuple(
  walk: Walk,
  elements: readonly CoreElement[],
  values: readonly unknown[],
): Mismatch | null {
  const { least, most } = lengths(elements);
  if (values.length < least || values.length > most) {
    return mismatch({ kind: "length", least, most }, values);
  }
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    const element = elementAt(elements, at, values.length);
    if (element === undefined) continue;
    if (value === undefined && element.quantity === "optional") continue;
    const found = match(walk, element.type, value);
    if (found !== null) return inside(`[${at}]`, found);
  }
  return null;
}

function matchMap(
  walk: Walk,
  key: Type,
  value: Type,
  entries: ReadonlyMap<unknown, unknown>,
): Mismatch | null {
  let at = 0;
  for (const [entryKey, entryValue] of entries) {
    const foundKey = match(walk, key, entryKey);
    if (foundKey !== null) return inside(`.keys()[${at}]`, foundKey);
    const found = match(walk, value, entryValue);
    if (found !== null) {
      const simple = typeof entryKey === "string" || typeof entryKey === "number";
      return inside(simple ? `.get(${shownKey(entryKey)})` : `.values()[${at}]`, found);
    }
    at++;
  }
  return null;
}

function matchSet(walk: Walk, element: Type, values: ReadonlySet<unknown>): Mismatch | null {
  let at = 0;
  for (const value of values) {
    const found = match(walk, element, value);
    if (found !== null) return inside(`.values()[${at}]`, found);
    at++;
  }
  return null;
}

function matchObject(walk: Walk, core: CoreObject, value: object): Mismatch | null {
  const found = matchProperties(walk, core.properties, value);
  if (found !== null) return found;
  const known = new Set(core.properties.map(({ name }) => name));
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    const step = propertyStep(key);
    const property = own(value, key);
    if (key === "__proto__") return inside(step, mismatch({ kind: "no-property" }, property));
    const signatures = core.index.filter((signature) => takesKey(walk, signature, key));
    if (signatures.length === 0 && walk.excess === "refuse") {
      return inside(step, mismatch({ kind: "no-property" }, property));
    }
    for (const { type } of signatures) {
      const found = match(walk, type, property);
      if (found !== null) return inside(step, found);
    }
  }
  return null;
}

export function takesKey(walk: Pick<Walk, "types">, { key }: CoreIndex, name: string): boolean {
  if (key === "string") return true;
  if (key === "number") return isNumericKey(name);
  return matchesTemplate(name, key.texts, slotsOf(walk, key.slots));
}

/** What an error may have from its class instead of by itself. */
export const inheritedOfErrors: readonly string[] = ["name", "message"];

function matchProperties(
  walk: Walk,
  properties: readonly CoreProperty[],
  value: object,
  inherited: readonly string[] = [],
): Mismatch | null {
  for (const { name, type, optional } of properties) {
    const present = Object.hasOwn(value, name) || inherited.includes(name);
    if (!present) {
      if (!optional) return missing(propertyStep(name), type);
      continue;
    }
    const found = match(walk, type, (value as Record<string, unknown>)[name]);
    if (found !== null) return inside(propertyStep(name), found);
  }
  return null;
}

/**
 * A value that fits no member is blamed on the member it comes closest to: the one whose tags it carries, else the only
 * one of its kind; else on the union.
 */
function matchUnion(walk: Walk, members: readonly Type[], value: unknown, type: Type): Mismatch | null {
  const failures: { member: Type; found: Mismatch }[] = [];
  for (const member of members) {
    const mark = walk.trail.length;
    const found = match(walk, member, value);
    if (found === null) return null;
    for (const [object, proven] of walk.trail.splice(mark)) walk.proven.get(object)?.delete(proven);
    failures.push({ member, found });
  }
  const close = failures.filter(({ found }) => found.path.length > 0);
  const tagged = close.filter(({ member }) => carriesTags(walk, member, value));
  const blamed = tagged.length === 1 ? tagged[0] : close.length === 1 ? close[0] : undefined;
  return blamed === undefined ? mismatch({ kind: "type", type }, value) : blamed.found;
}

/** True when every property of a literal type has its value: `{ kind: "circle", … }` for the circle. */
function carriesTags(walk: Walk, member: Type, value: unknown): boolean {
  const core = walk.types.core(member);
  if (core.kind !== "object" || typeof value !== "object" || value === null) return false;
  const tags = core.properties.flatMap(({ name, type }) => {
    const tag = walk.types.core(type);
    return tag.kind === "literal" ? [{ name, tag }] : [];
  });
  return tags.length > 0 && tags.every(({ name, tag }) => isLiteral(tag, own(value, name)));
}

function matchEvery(walk: Walk, members: readonly Core[], value: unknown, type: Type): Mismatch | null {
  for (const core of members) {
    if (core.kind === "object") {
      if (typeof value !== "object" || value === null) continue;
      const found = matchProperties(walk, core.properties, value);
      if (found !== null) return found;
    } else {
      const found = matchCore(walk, core, value, type);
      if (found !== null) return found;
    }
  }
  return null;
}

function slotsOf(walk: Pick<Walk, "types">, slots: readonly Type[]): readonly Slot[] {
  return slots.map((slot) => templateSlot(walk.types, slot));
}
