/**
 * Says what is to be done with a call the guest side has made: make it, wait for its answer, ask whether it was carried out, or stop the run. Pure.
 */
import type { RegistryLeaf } from "../../model/registry.ts";
import { MalformedValue } from "../crossing/message.ts";
import type { RunError } from "../result.ts";
import type { CallAnswer } from "../runner.ts";
import type { KeptAnswer } from "./entry.ts";
import type { NextCall } from "./followed.ts";
import { isWaiting } from "./history.ts";
import { said } from "./kept.ts";
import type { DoubtDecision } from "./options.ts";
import { crashed, inDoubt, refusedTooOften } from "./words.ts";

export type Step =
  /** `answer`: what is known of it, or was answered meanwhile. */
  | { readonly kind: "make"; readonly answer: CallAnswer | undefined }
  /** It waited before, and nobody has answered. `reason`: `null` for an approval. */
  | { readonly kind: "wait"; readonly later: boolean; readonly reason: Uint8Array<ArrayBuffer> | null }
  /** It was begun, and whether it was carried out is asked of the host. */
  | { readonly kind: "doubt"; readonly answers: readonly KeptAnswer[] }
  | { readonly kind: "stop"; readonly error: RunError };

/** Calls beyond those a run may make are refused, and recorded as all others: a loop of them would be a journal without end. */
const mostRefused = 1_000;

/** `calls`: how many the run may make. */
export function stepOf({ number, recorded, error }: NextCall, { policy }: RegistryLeaf, calls: number): Step {
  if (error !== null) return { kind: "stop", error };
  if (recorded === undefined) {
    if (number >= calls + mostRefused) return { kind: "stop", error: refusedTooOften(calls) };
    return { kind: "make", answer: undefined };
  }
  if (recorded.reply !== null) return lies("a call that its journal answers");
  if (isWaiting(recorded)) return { kind: "wait", later: recorded.later, reason: recorded.reason };
  const { isOpen, answers } = recorded;
  if (isOpen && policy.idempotent !== true) return { kind: "doubt", answers };
  return { kind: "make", answer: said(answers) };
}

/** `answers`: what the call in doubt was answered before. */
export function afterDoubt(
  decision: DoubtDecision,
  { number, leaf, answers }: { number: number; leaf: RegistryLeaf; answers: readonly KeptAnswer[] },
): Step {
  if (decision === "stop") return { kind: "stop", error: inDoubt(number, leaf.name) };
  if (decision === "repeat") return { kind: "make", answer: said(answers) };
  return { kind: "make", answer: { approved: true, values: [], result: { value: decision.result } } };
}

/** What no guest side of ours does. */
export function lies(what: string): Extract<Step, { readonly kind: "stop" }> {
  return { kind: "stop", error: crashed(new MalformedValue(what)) };
}
