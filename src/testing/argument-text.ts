/**
 * Arguments as one text: two calls have the same when a script cannot tell their arguments apart. The order of an object's keys says nothing.
 */
import { toJsonForm } from "../json-form/index.ts";

export function argumentsText(args: readonly unknown[]): string {
  return JSON.stringify(toJsonForm(args), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
