/**
 * Decides template literal types at run time: `` `user-${number}` ``.
 *
 * The way TypeScript itself decides (each slot takes the shortest text that lets the next fixed text follow), and
 * never by regular expression: two `${string}` slots would make one that backtracks over a guest's text.
 */

/** What one slot accepts, decided for a whole text. */
export type Slot = (text: string) => boolean;

/** True when `text` is the fixed texts with something that fits each slot between them. Linear in the text. */
export function matchesTemplate(text: unknown, texts: readonly string[], slots: readonly Slot[]): boolean {
  if (typeof text !== "string") return false;
  const first = texts[0] ?? "";
  const last = texts[texts.length - 1] ?? "";
  if (texts.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (let slot = 0; slot < slots.length - 1; slot++) {
    const next = texts[slot + 1] ?? "";
    const found = next === "" ? at + 1 : text.indexOf(next, at);
    if (found < 0 || found + next.length > end) return false;
    if (!slots[slot]!(text.slice(at, found))) return false;
    at = found + next.length;
  }
  return slots[slots.length - 1]!(text.slice(at, end));
}

export const anyText: Slot = () => true;

/** As TypeScript: every text that converts to a finite number. */
export function numberText(text: string): boolean {
  return text !== "" && Number.isFinite(Number(text));
}

/** A bigint's decimal text. Longer ones would cost more than they say. */
export function bigintText(text: string): boolean {
  return /^-?\d{1,1000}$/.test(text);
}

export function oneOf(...texts: readonly string[]): Slot {
  return (text) => texts.includes(text);
}

export function either(...slots: readonly Slot[]): Slot {
  return (text) => slots.some((slot) => slot(text));
}

export function template(texts: readonly string[], ...slots: readonly Slot[]): (value: unknown) => boolean {
  return (value) => matchesTemplate(value, texts, slots);
}
