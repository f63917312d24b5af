/** The types at a place of an input: along JSON, in which a map is an object with `entries`, from the declared type inwards. */
import type { Json } from "../../model/json.ts";
import { elementAt } from "../../validation/elements.ts";
import type { Core } from "../../validation/core.ts";
import { propertyStep, shownKey } from "../../validation/step.ts";
import type { Type, Types } from "../../validation/types.ts";
import type { JsonPath } from "../protocol.ts";

/** What a value there may be: one type, or several where a union or an intersection is on the way. Empty where nothing is declared. */
export function typesAt(types: Types, root: Type, path: JsonPath): readonly Type[] {
  let at: readonly Type[] = [root];
  for (let step = 0; step < path.length;) {
    const rest = path.slice(step);
    const inner = at.flatMap((type) =>
      coresOf(types, type).flatMap((core) => {
        const next = stepInto(core, rest);
        return next === null ? [] : [next];
      }),
    );
    at = [...new Set(inner.map(([type]) => type))];
    step += Math.min(...inner.map(([, taken]) => taken), rest.length);
  }
  return at;
}

/** The cores that a value of the type may fit: a union gives one for each member. */
export function coresOf(types: Types, type: Type, depth = 0): readonly Core[] {
  const core = types.core(type);
  if (core.kind !== "union" || depth > 8) return flat(core);
  return core.members.flatMap((member) => coresOf(types, member, depth + 1));
}

const flat = (core: Core): readonly Core[] => (core.kind === "every" ? core.members.flatMap(flat) : [core]);

/** The type of a part, and how many steps lead there. */
function stepInto(core: Core, [first, second, third]: JsonPath): readonly [Type, number] | null {
  switch (core.kind) {
    case "object": {
      if (first === "properties" && typeof second === "string") return partOf(core, second, 2);
      return typeof first === "string" ? partOf(core, first, 1) : null;
    }
    case "array":
      return first === "items" ? [core.element, 2] : typeof first === "number" ? [core.element, 1] : null;
    case "tuple": {
      const element = typeof first === "number" ? elementAt(core.elements, first, Infinity) : undefined;
      return element === undefined ? null : [element.type, 1];
    }
    case "map":
      return first === "entries" && typeof second === "number" && typeof third === "number"
        ? [third === 0 ? core.key : core.value, 3]
        : null;
    case "set":
      return first === "values" && typeof second === "number" ? [core.element, 2] : null;
    // Nothing is inside, or what is is no part that a value of JSON has.
    case "anything":
    case "never":
    case "primitive":
    case "nonprimitive":
    case "literal":
    case "template":
    case "cased":
    case "builtin":
    case "error":
    case "union":
    case "every":
      return null;
  }
}

function partOf(
  core: Extract<Core, { kind: "object" }>,
  name: string,
  taken: number,
): readonly [Type, number] | null {
  const type =
    core.properties.find((property) => property.name === name)?.type ??
    core.index.find(({ key }) => key === "string")?.type;
  return type === undefined ? null : [type, taken];
}

/** The steps of an explanation as the way through the JSON that says the value; as far as there is a way. */
export function pathOf(json: Json, steps: readonly string[]): JsonPath {
  const path: (string | number)[] = [];
  let at: Json | undefined = json;
  for (const step of steps) {
    const taken = jsonSteps(at, step);
    if (taken === null) return path;
    for (const part of taken) {
      path.push(part);
      at = (at as { readonly [name: string | number]: Json } | undefined)?.[part];
      if (at === undefined) return path;
    }
  }
  return path;
}

function jsonSteps(at: Json | undefined, step: string): JsonPath | null {
  if (typeof at !== "object" || at === null) return null;
  const { $type, entries } = at as { readonly $type?: Json; readonly entries?: readonly [Json, Json][] };
  const number = Number(/\[(\d+)\]$/u.exec(step)?.[1] ?? Number.NaN);
  if (step.startsWith(".keys()")) return ["entries", number, 0];
  if (step.startsWith(".values()")) return $type === "Map" ? ["entries", number, 1] : ["values", number];
  if (step.startsWith(".get(") && Array.isArray(entries)) {
    const index = entries.findIndex(([key]) => step === `.get(${shownKey(key as string | number)})`);
    return index === -1 ? null : ["entries", index, 1];
  }
  if (!Number.isNaN(number)) return $type === "array" ? ["items", String(number)] : [number];
  const inside = $type === "object" ? ["properties"] : [];
  const object = ($type === "object" ? (at as { properties?: Json }).properties : at) as object;
  const key = Object.keys(object ?? {}).find((name) => propertyStep(name) === step);
  return key === undefined ? [...inside, step.replace(/^\./u, "")] : [...inside, key];
}
