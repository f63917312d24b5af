/**
 * Texts of template literal types and of casings: `` `user-${number}` `` -> `user-4`. Each slot offers a few texts; the first combination
 * that the type takes is the value, because what a slot takes depends on what stands behind it.
 */
import { applyCasing, isCased } from "../../validation/casing.ts";
import type { Core } from "../../validation/core.ts";
import { templateSlot } from "../../validation/slot.ts";
import { matchesTemplate } from "../../validation/template.ts";
import type { Type, Types } from "../../validation/types.ts";
import type { Structure } from "../../model/shape.ts";

type Template = Extract<Core, { readonly kind: "template" }>;
type Cased = Extract<Core, { readonly kind: "cased" }>;

/** Combinations that are tried before a type counts as one without texts. */
const maxTries = 2_000;

/** A text of a template, or `null` when none was found. `word` and `number` stand in slots where they may. */
export function templateText(types: Types, core: Template, word: string, number: number): string | null {
  const slots = core.slots.map((slot) => templateSlot(types, slot));
  const offers = core.slots.map((slot) => slotTexts(types, slot, word, number));
  let tries = 0;
  const complete = (at: number, before: string): string | null => {
    const text = before + (core.texts[at] ?? "");
    if (at === offers.length) {
      tries++;
      return matchesTemplate(text, core.texts, slots) ? text : null;
    }
    for (const offer of offers[at] ?? []) {
      const found = complete(at + 1, text + offer);
      if (found !== null || tries > maxTries) return found;
    }
    return null;
  };
  return complete(0, "");
}

/** A text that its casings leave as it is, or `null` when none was found. */
export function casedText(types: Types, core: Cased, word: string, number: number): string | null {
  const takes = templateSlot(types, core.base);
  for (const text of slotTexts(types, core.base, word, number)) {
    const written = core.casings.reduce(applyCasing, text);
    if (isCased(written, ...core.casings) && takes(written)) return written;
  }
  return null;
}

/** What may stand in a slot; the nicest first, then single characters, because a slot may get no more than one. */
function slotTexts(types: Types, type: Type, word: string, number: number): readonly string[] {
  const core = types.core(type);
  switch (core.kind) {
    case "anything":
      return [word, "a", "x", "0", "-", ""];
    case "primitive":
      if (core.name === "string") return [word, "a", "x", "0", "-", ""];
      if (core.name === "number" || core.name === "bigint") return [String(number), "1"];
      return core.name === "boolean" ? ["true", "false"] : [core.name];
    case "literal":
      return [String(core.value)];
    case "template": {
      const text = templateText(types, core, word, number) ?? templateText(types, core, "a", 1);
      return text === null ? [] : [text];
    }
    case "cased": {
      const all = [word, "a", "x"].map((one) => casedText(types, core, one, number));
      return all.filter((text) => text !== null);
    }
    case "union":
      return core.members.flatMap((member) => slotTexts(types, member, word, number));
    default:
      core.kind satisfies "never" | "nonprimitive" | "builtin" | "every" | Structure;
      return [];
  }
}
