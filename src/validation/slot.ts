/**
 * Tells what one slot of a template literal type takes.
 */
import { cased } from "./casing.ts";
import type { Structure } from "../model/shape.ts";
import { anyText, bigintText, either, numberText, oneOf, template, type Slot } from "./template.ts";
import type { Type, Types } from "./types.ts";

export function templateSlot(types: Types, type: Type): Slot {
  const core = types.core(type);
  switch (core.kind) {
    case "anything":
      return anyText;
    case "primitive":
      if (core.name === "string") return anyText;
      if (core.name === "number") return numberText;
      if (core.name === "bigint") return bigintText;
      return core.name === "boolean" ? oneOf("true", "false") : oneOf(core.name);
    case "literal":
      return oneOf(String(core.value));
    case "template":
      return template(core.texts, ...core.slots.map((slot) => templateSlot(types, slot)));
    case "cased":
      return cased(templateSlot(types, core.base), ...core.casings);
    case "union":
      return either(...core.members.map((member) => templateSlot(types, member)));
    default:
      core.kind satisfies "never" | "nonprimitive" | "builtin" | "every" | Structure;
      return oneOf();
  }
}
