/**
 * Holds arguments and results to the contract. The emitted validator decides; only after it said no is the interpreter asked
 * for words.
 */
import { explainArguments, explainResult } from "../../validation/explain.ts";
import { validatorSteps } from "../../model/limits.ts";
import type { Registry, RegistryLeaf } from "../../model/registry.ts";
import { decode } from "../crossing/host-codec.ts";
import type { Message } from "../crossing/message.ts";
import { limitTable } from "../limits.ts";
import type { Primitive } from "../seam.ts";
import type { Refusal } from "./refusal.ts";

/** Why these arguments of so many bytes are refused; `null` when they fit, and for a leaf without a contract. */
export function refuseArguments(
  leaf: RegistryLeaf,
  args: readonly unknown[],
  registry: Registry,
  bytes: number,
): Refusal | null {
  const steps = validatorSteps(bytes);
  if (leaf.contract === null || leaf.contract.accepts(args, steps)) return null;
  const why = explainArguments(leaf, registry, args, steps);
  const { argument = null, path = "", expected = "other arguments", received = "these" } = why ?? {};
  return {
    class: "TypeError",
    code: "ERR_BINDING_INVALID_ARGUMENT",
    message: why?.message ?? `${leaf.name} does not accept these arguments.`,
    data: { binding: leaf.name, argument, path, expected, received },
  };
}

/** A refused result: what the script is told, and what only the host is told. */
export interface RefusedResult {
  readonly refusal: Refusal;
  /** With the value that was refused: it is the host's, and may be what the script must not see. */
  readonly detail: string;
}

/** Why this result is refused. Judges what the script would get, not what the function returned. */
export function refuseResult(
  leaf: RegistryLeaf,
  sent: Primitive | Message,
  registry: Registry,
  bytes: number,
): RefusedResult | null {
  if (leaf.contract === null) return null;
  const value = arrived(sent);
  if (leaf.contract.acceptsResult(value, validatorSteps(bytes))) return null;
  const why = explainResult(leaf, registry, value);
  const { path = "", expected = "another value" } = why ?? {};
  const place = path === "" ? "" : ` at ${path}`;
  return {
    detail: why?.message ?? `${leaf.name} returned what its contract does not declare.`,
    refusal: {
      class: "TypeError",
      code: "ERR_BINDING_INVALID_RESULT",
      message: `${leaf.name} returned what its contract does not declare${place}: expected ${expected}.`,
      data: { binding: leaf.name, path, expected },
    },
  };
}

/** The value as the script will see it. */
function arrived(sent: Primitive | Message): unknown {
  if (typeof sent !== "object" || sent === null) return sent;
  const decoded = decode(sent, Infinity);
  return decoded.ok ? decoded.value : undefined;
}

/** Bytes of arguments that nobody has measured. */
const defaultPayload = limitTable.payloadBytes.default;

/** For callers without a guest: throws what a script would have been given. */
export function refuseArgumentsOrThrow(
  leaf: RegistryLeaf,
  args: readonly unknown[],
  registry: Registry,
): void {
  const refusal = refuseArguments(leaf, args, registry, defaultPayload);
  if (refusal) throw Object.assign(new TypeError(refusal.message), { code: refusal.code }, refusal.data);
}
