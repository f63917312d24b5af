/**
 * Makes what a script learns of whatever a host function threw. Name, message, `code` and `cause`, the standard class, and
 * the data its type declares; never a stack, a path of the host or an undeclared property.
 */
import { projectionOf } from "../../validation/project/project.ts";
import type { Plan } from "../../validation/project/writer.ts";
import type { RegistryLeaf, RegistryDeclaration } from "../../model/registry.ts";
import type { ThrownError } from "../../model/contract.ts";
import { decode } from "../crossing/host-codec.ts";
import { ErrorDraft } from "../crossing/host-realm.ts";
import type { Reply } from "../seam.ts";
import { sendMessage } from "./crossing.ts";
import { isError, read, readString, standardClass } from "./look.ts";
import { DeniedCall } from "./denied-call.ts";
import { refuse } from "./refusal.ts";
import { failed } from "./refused-calls.ts";
import { scrub } from "./scrub.ts";

/**
 * Errors below errors, and errors in one answer: beyond, nobody reads them. Both, because an `AggregateError` of
 * `AggregateError`s multiplies and a cyclic `cause` never ends.
 */
const maxCauses = 8;
const maxErrors = 100;

/** Longest `name` and `code` that cross: they are identifiers. */
const maxIdentifierLength = 128;

export interface ThrownContext {
  readonly leaf: RegistryLeaf;
  readonly declarations: readonly RegistryDeclaration[];
  readonly errors: "show" | "mask";
  readonly payloadBytes: number;
  /** Names the failure for the host: called once for an undeclared error; returns the id a masked error carries. */
  report(error: unknown): string;
}

/** The reply for a host function that threw or rejected with `thrown`. Never throws. */
export function replyThrown(thrown: unknown, context: ThrownContext): Reply {
  if (thrown instanceof DeniedCall) return refuse(thrown.refusal);
  const declared = isError(thrown) ? declaredError(thrown, context.leaf) : undefined;
  if (!declared) {
    const id = context.report(thrown);
    if (context.errors === "mask") return refuse(failed(context.leaf, id));
  }
  const draft = isError(thrown)
    ? draftOf(thrown, { ...context, drafts: { count: 0 } }, maxCauses, declared)
    : new ErrorDraft("Error", scrub(messageOf(thrown, context.leaf.name)));
  // What it holds was found to cross, so that it can only be too much of it.
  const sent = sendMessage(draft, context.payloadBytes, context.leaf.name, "error");
  return sent.ok ? { kind: "error", error: sent.value } : refuse(sent.refusal);
}

interface DraftContext extends ThrownContext {
  /** How many errors the answer holds already. */
  readonly drafts: { count: number };
}

function draftOf(error: Error, context: DraftContext, depth: number, declared?: ThrownError): ErrorDraft {
  context.drafts.count += 1;
  const className = standardClass(error);
  // A class that sets no `name` calls itself "Error"; a declared one is called what it was declared as.
  const own = identifier(error, "name") ?? className;
  const name = declared && own === className ? declared.name : own;
  const code = read(error, "code");
  const draft = new ErrorDraft(
    className,
    scrub(readString(error, "message") ?? ""),
    name,
    typeof code === "string" ? scrub(code).slice(0, maxIdentifierLength) : undefined,
  );
  const data: Record<string, unknown> = {};
  // A number is a code too (a status of HTTP or gRPC); `ErrorDraft.code` holds text only.
  if (typeof code === "number") data["code"] = code;
  if (depth > 0) {
    if (hasOwn(error, "cause")) {
      const cause = below(read(error, "cause"), context, depth - 1);
      draft.hasCause = cause !== dropped;
      draft.cause = cause;
    }
    const errors = className === "AggregateError" ? read(error, "errors") : undefined;
    if (Array.isArray(errors)) {
      draft.hasErrors = true;
      draft.errors = errors
        .slice(0, maxErrors)
        .map((member) => below(member, context, depth - 1))
        .filter((member) => member !== dropped);
    }
  }
  if (declared) {
    const properties = projectionOf(context.declarations).properties(declared.shape);
    for (const [property, plan] of properties) {
      if (Object.hasOwn(data, property) || isPart(draft, property) || !hasOwn(error, property)) continue;
      const value = below(read(error, property), context, 0, plan);
      if (value !== dropped) data[property] = value;
    }
  }
  draft.data = data;
  return draft;
}

/** True for what crosses as a part of the error itself, or never. */
function isPart(draft: ErrorDraft, property: string): boolean {
  if (property === "code") return draft.code !== undefined;
  if (property === "errors") return draft.hasErrors;
  return (
    property === "cause" ||
    property === "name" ||
    property === "message" ||
    property === "stack" ||
    property === "__proto__"
  );
}

function messageOf(thrown: unknown, binding: string): string {
  if (typeof thrown === "string") return thrown;
  if (typeof thrown === "object" && thrown !== null) {
    return readString(thrown, "message") ?? `${binding} threw an object that is not an error.`;
  }
  if (typeof thrown === "function") return `${binding} threw a function.`;
  return `${binding} threw ${String(thrown)}.`;
}

const dropped = Symbol("dropped");

/**
 * A value inside an error: another error by the same rules, or data if it can cross: all of it, or what a plan writes of it. What cannot is left
 * out.
 */
function below(value: unknown, context: DraftContext, depth: number, plan?: Plan): unknown {
  if (context.drafts.count >= maxErrors) return dropped;
  if (plan === undefined && isError(value)) return draftOf(value, context, depth);
  try {
    const sent = sendMessage(value, context.payloadBytes, context.leaf.name, "error", plan);
    // The copy, so that no accessor of the data is asked a second time.
    const copy = sent.ok ? decode(sent.value, Infinity) : sent;
    if (!copy.ok) return dropped;
    return isError(copy.value) ? draftOf(copy.value, context, depth) : copy.value;
  } catch {
    return dropped; // An accessor of the data threw.
  }
}

/** The `@throws {T}` that covers this error: by its name, else by the nearest of its classes that is declared. */
function declaredError(error: Error, leaf: RegistryLeaf): ThrownError | undefined {
  const throws = leaf.contract?.throws;
  if (!throws || throws.length === 0) return undefined;
  const byName = (name: unknown): ThrownError | undefined =>
    throws.find((declared) => declared.name === name);
  const named = byName(read(error, "name"));
  if (named) return named;
  try {
    for (
      let at = Object.getPrototypeOf(error) as object | null;
      at;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      const constructor = hasOwn(at, "constructor") ? read(at, "constructor") : undefined;
      const found = typeof constructor === "function" ? byName(constructor.name) : undefined;
      if (found) return found;
    }
  } catch {
    // A prototype that cannot be read declares nothing.
  }
  return undefined;
}

function identifier(error: object, key: string): string | undefined {
  const text = readString(error, key);
  return text === undefined || text === "" ? undefined : scrub(text).slice(0, maxIdentifierLength);
}

function hasOwn(object: object, key: string): boolean {
  try {
    return Object.hasOwn(object, key);
  } catch {
    return false;
  }
}
