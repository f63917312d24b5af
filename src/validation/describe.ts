/**
 * Words a type briefly, for "expected …": `"asc" | "desc"`, `Row[]`, `an object`. Named types by their names; never longer
 * than a line.
 */
import { visible } from "../model/names.ts";
import { shownKey } from "./step.ts";
import type { Core, CoreOf } from "./core.ts";
import type { Type, Types } from "./types.ts";

const longest = 80;

export function describeType(types: Types, type: Type, depth = 0): string {
  const { core, name } = types.resolve(type);
  if (name === null || core.kind === "primitive" || core.kind === "literal")
    return describeCore(types, core, depth);
  // The name of a list of values says nothing to who has written another one.
  if (depth === 0 && core.kind === "union" && core.members.every((member) => isValue(types, member)))
    return `${visible(name)} (${describeCore(types, core, depth)})`;
  return visible(name);
}

function isValue(types: Types, type: Type): boolean {
  const { kind } = types.resolve(type).core;
  return kind === "literal" || kind === "template" || kind === "primitive";
}

export function describeCore(types: Types, core: Core, depth = 0): string {
  const of = (part: Type): string => describeType(types, part, depth + 1);
  const text = (): string => {
    switch (core.kind) {
      case "anything":
        return "any value";
      case "never":
        return "no value";
      case "nonprimitive":
        return "an object";
      case "primitive":
      case "builtin":
      case "error":
        return core.name;
      case "literal":
        return core.type === "string" ? shownKey(core.value) : literalText(core);
      case "template":
        return visible(
          `\`${core.texts.map((part, at) => part + (at < core.slots.length ? `\${${of(core.slots[at]!)}}` : "")).join("")}\``,
        );
      case "cased":
        return core.casings.reduce((inner, casing) => `${casing}<${inner}>`, of(core.base));
      case "object":
        return "an object";
      case "array":
        return depth < 2 ? elementText(of(core.element)) : "an array";
      case "tuple":
        return depth < 2
          ? `[${core.elements.map(({ type, quantity }) => (quantity === "rest" ? "..." : "") + of(type) + (quantity === "optional" ? "?" : "")).join(", ")}]`
          : "an array";
      case "map":
        return depth < 2 ? `Map<${of(core.key)}, ${of(core.value)}>` : "Map";
      case "set":
        return depth < 2 ? `Set<${of(core.element)}>` : "Set";
      case "union":
        return [...new Set(core.members.map(of))].join(" | ");
      case "every":
        return core.members.map((member) => describeCore(types, member, depth + 1)).join(" & ");
    }
  };
  const full = text();
  return full.length <= longest ? full : shortened(core.kind, full);
}

function elementText(element: string): string {
  return element.includes(" ") ? `(${element})[]` : `${element}[]`;
}

function literalText(core: CoreOf<"literal">): string {
  return core.type === "bigint" ? `${core.value}n` : Object.is(core.value, -0) ? "-0" : String(core.value);
}

function shortened(kind: Core["kind"], text: string): string {
  if (kind === "array" || kind === "tuple") return "an array";
  if (kind === "map") return "Map";
  if (kind === "set") return "Set";
  if (kind === "object") return "an object";
  const cut = text.slice(0, longest - 2);
  const bar = cut.lastIndexOf(" | ");
  return bar > 0 ? `${cut.slice(0, bar)} | …` : `${cut}…`;
}
