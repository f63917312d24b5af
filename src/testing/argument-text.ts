/**
 * Arguments as one text: two calls have the same when a script cannot tell their arguments apart. The order of an object's keys says nothing.
 */
import { toJsonForm, type Json } from "../json-form/index.ts";

export function argumentsText(args: readonly unknown[]): string {
  return sortedText(toJsonForm(args));
}

/** JSON with sorted keys. */
export function sortedText(json: Json): string {
  return JSON.stringify(json, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
