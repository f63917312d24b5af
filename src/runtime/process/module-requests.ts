/**
 * Reads which modules a worker asks for. Rebuilt from checked pieces, as everything a worker sends.
 */
import { decode } from "../crossing/host-codec.ts";
import type { Message } from "../crossing/message.ts";
import type { ModuleRequest } from "../seam.ts";
import { MalformedFrame } from "./wire/malformed.ts";

/** More than the names an honest worker asks for at once, at their longest. */
const maxRequestBytes = 1024 * 1024;

/** Throws `MalformedFrame`, and nothing else. */
export function readRequests(message: Message): readonly ModuleRequest[] {
  const decoded = decode(message, maxRequestBytes);
  if (!decoded.ok || !Array.isArray(decoded.value))
    throw new MalformedFrame("names of modules that are no list");
  return decoded.value.map((one: unknown) => {
    const { specifier, referrer } = (one ?? {}) as { specifier?: unknown; referrer?: unknown };
    if (typeof specifier === "string" && typeof referrer === "number") return { specifier, referrer };
    throw new MalformedFrame("a name of a module that is none");
  });
}
