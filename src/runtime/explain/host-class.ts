/** Notices that a script asks an error of the host for its class, of which a script has the type alone. */
import type { Registry } from "../../model/registry.ts";
import { toldByName } from "../../model/way-out.ts";
import type { RunError } from "../result.ts";
import { lineOf, type Place } from "./place.ts";

/** Of `error instanceof NotFoundError` and of `SecureExec.NotFoundError`, where a binding declares that it throws one. */
export function hostClass(error: RunError, place: Place, registry: Registry | undefined): string | null {
  const line = lineOf(place.source, place.line);
  const asked = line.matchAll(/\binstanceof\s+(?:SecureExec\.)?([\w$]+)/g);
  const names = new Set(
    registry?.leaves.flatMap(({ contract }) => contract?.throws ?? []).map(({ name }) => name),
  );
  const name = [...asked].map(([, one = ""]) => one).find((one) => names.has(one));
  if (name === undefined) return null;
  const isUndefined = error.name === "ReferenceError" && error.message.startsWith(`${name} is not defined`);
  const isNoClass = error.name === "TypeError" && error.message.startsWith("Right-hand side of 'instanceof'");
  return isUndefined || isNoClass ? toldByName(name) : null;
}
