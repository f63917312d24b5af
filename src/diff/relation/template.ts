/**
 * Decides which strings a template literal type such as `` `user-${number}` `` holds. Pure.
 */
import type { Compound, Keyword, Shape, Structure, TemplateShape } from "../../model/shape.ts";
import { structureKey } from "../shape-key.ts";

/** True when a string is certainly one of the pattern's; an answer of false may be too strict. */
export function matchesTemplate(text: string, template: TemplateShape): boolean {
  const sources = template.slots.map(slotSource);
  if (sources.some((source) => source === null)) return false;
  const pattern = template.texts.map((part, index) => escape(part) + (sources[index] ?? "")).join("");
  return new RegExp(`^${pattern}$`, "su").test(text);
}

/** True when every string of one pattern is certainly one of the other's. */
export function isSubTemplate(from: TemplateShape, to: TemplateShape): boolean {
  if (JSON.stringify(from.texts) === JSON.stringify(to.texts)) {
    return from.slots.every((slot, index) => {
      const other = to.slots[index];
      return other !== undefined && (structureKey(slot) === structureKey(other) || other.kind === "string");
    });
  }
  // `a-${string}` is one of `${string}`; anything finer is left to "no".
  return to.texts.every((text) => text === "") && to.slots.length === 1 && to.slots[0]?.kind === "string";
}

function slotSource(slot: Shape): string | null {
  switch (slot.kind) {
    case "string":
    case "any":
      return "[\\s\\S]*";
    case "number":
      // TypeScript wants a number that prints back to the same text; this is the part of those everybody writes.
      return "-?(?:0|[1-9]\\d{0,14})(?:\\.\\d{0,5}[1-9])?";
    case "bigint":
      return "(?:0|-?[1-9]\\d*)";
    case "boolean":
      return "(?:true|false)";
    case "literal":
      return escape(String(slot.value));
    case "null":
    case "undefined":
      return slot.kind;
    case "union": {
      const sources = slot.members.map(slotSource);
      return sources.every((source) => source !== null) ? `(?:${sources.join("|")})` : null;
    }
    default:
      slot.kind satisfies
        | Exclude<Keyword, "any" | "string" | "number" | "bigint" | "boolean" | "null" | "undefined">
        | Exclude<Compound, "union">
        | Structure
        | "template"
        | "cased"
        | "builtin"
        | "unsupported";
      return null;
  }
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
