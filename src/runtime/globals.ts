/**
 * Globals: frozen data the host puts into a script's global scope, checked once and encoded for the crossing.
 */
import { SandboxError } from "./errors.ts";
import { send } from "./host/crossing.ts";
import type { Parcel } from "./seam.ts";

/** Names a script must find as the language or we left them. */
const ownNames = new Set(["SecureExec", "console", "input"]);

/** Refuses names that are no identifiers or that would replace what scripts rely on. */
export function checkGlobals(globals: unknown): Readonly<Record<string, unknown>> {
  if (globals === undefined) return {};
  if (typeof globals !== "object" || globals === null) {
    throw new SandboxError("ERR_SANDBOX_OPTION", "globals: expected an object of names and values.");
  }
  for (const name of Object.keys(globals)) {
    if (!/^[\p{ID_Start}$][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)) {
      throw new SandboxError("ERR_SANDBOX_OPTION", `globals: ${JSON.stringify(name)} is not an identifier.`);
    }
    if (ownNames.has(name) || Object.hasOwn(globalThis, name)) {
      throw new SandboxError(
        "ERR_SANDBOX_OPTION",
        `globals: ${name} is already a global; choose another name.`,
      );
    }
  }
  return globals as Readonly<Record<string, unknown>>;
}

/** Encodes globals and input together, so that what they share arrives shared. Throws when they cannot cross. */
export function encodeGlobals(values: Readonly<Record<string, unknown>>, payloadBytes: number): Parcel {
  const sent = send(values, payloadBytes, "run", "input and globals");
  if (sent.ok) return sent.parcel;
  throw Object.assign(new TypeError(sent.refusal.message), { code: sent.refusal.code });
}
