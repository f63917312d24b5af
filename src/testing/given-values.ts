/** What a host gives a script, as the script has it in a sandbox: a copy of its own, and frozen as deep as data can be. */
import { decode } from "../runtime/crossing/host-codec.ts";
import { sendMessage } from "../runtime/host/crossing.ts";

/** Globals and input together, so that what they share arrives shared. Throws what `run` rejects with for a value that cannot cross. */
export function givenValues(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const sent = sendMessage(values, Infinity, "run", "input and globals");
  if (!sent.ok) throw Object.assign(new TypeError(sent.refusal.message), { code: sent.refusal.code });
  const copy = decode(sent.value, Infinity);
  if (!copy.ok) throw new Error(`What was written could not be read: ${copy.reason}.`);
  const given = copy.value as Readonly<Record<string, unknown>>;
  Object.values(given).forEach(freeze);
  return given;
}

/** Entries of a map and of a set, and bytes, have no frozen form. */
function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value))
    return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}
