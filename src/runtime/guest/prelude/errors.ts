/**
 * Makes errors of the guest's own realm for refusals of ours, and the description of an error that ended the script.
 * Self-contained: part of the prelude.
 */
import type { MakeError } from "../../crossing/errors.ts";
import type { GuestError } from "../../seam.ts";
import type { Refusal } from "../../crossing/refusal.ts";
import type { Primordials } from "../../crossing/primordials.ts";

export interface Errors {
  readonly make: MakeError;
  /** Makes the error for a value that may not cross. `head` words the first step: `argument 2`. */
  refused(refusal: Refusal, subject: string, head: string | undefined): Error;
  /** Describes an uncaught error as text. Never throws; runs the error's own accessors. */
  describe(thrown: unknown, inspect: (value: unknown) => string): GuestError;
}

export function makeErrors(p: Primordials, make: MakeError): Errors {
  /** Letters of a message or a stack that leave the isolate: longer ones are attacks on the log, not explanations. */
  const maxText = 16_384;
  const maxCauses = 5;
  const maxErrors = 10;

  function refused(refusal: Refusal, subject: string, head: string | undefined): Error {
    let where = subject;
    if (head !== undefined) where += `, ${head}`;
    if (refusal.path !== "") where += `, at ${refusal.path}`;
    const errorClass = refusal.code === "ERR_BINDING_NOT_CLONABLE" ? "TypeError" : "RangeError";
    return make(errorClass, `${where}: ${refusal.reason}`, undefined, refusal.code);
  }

  const clip = (text: string): string =>
    text.length > maxText ? `${p.stringSlice(text, 0, maxText)}…` : text;

  function read(source: object, key: string): string | undefined {
    try {
      const value = (source as { [key: string]: unknown })[key];
      return typeof value === "string" ? clip(value) : undefined;
    } catch {
      return undefined;
    }
  }

  function describe(thrown: unknown, inspect: (value: unknown) => string): GuestError {
    return describeAt(thrown, inspect, 0);
  }

  function describeAt(thrown: unknown, inspect: (value: unknown) => string, level: number): GuestError {
    const out = new p.Bare() as { -readonly [K in keyof GuestError]: GuestError[K] };
    const isError = typeof thrown === "object" && thrown !== null;
    const message = isError ? read(thrown, "message") : undefined;
    if (!isError || message === undefined) {
      out.name = "Error";
      let text = "an object that cannot be shown";
      try {
        text = typeof thrown === "string" ? thrown : inspect(thrown);
      } catch {
        // What is thrown may be a proxy whose traps throw.
      }
      out.message = clip(text);
      out.stack = `Error: ${out.message}`;
      return out;
    }
    out.name = read(thrown, "name") ?? "Error";
    out.message = message;
    const code = read(thrown, "code");
    if (code !== undefined) out.code = code;
    out.stack = read(thrown, "stack") ?? `${out.name}: ${message}`;
    let cause: unknown;
    try {
      cause = p.hasOwn(thrown, "cause") ? (thrown as { cause?: unknown }).cause : undefined;
    } catch {
      cause = undefined;
    }
    if (cause !== undefined && level < maxCauses) out.cause = describeAt(cause, inspect, level + 1);
    const inner = listed(thrown);
    if (inner !== undefined && level < maxCauses) {
      const described = p.list<GuestError>();
      // What is inside these is told once more and no further: lists of lists grow fast.
      const next = level < maxCauses - 2 ? maxCauses - 2 : level + 1;
      for (let i = 0; i < inner.length; i++) described[i] = describeAt(inner[i], inspect, next);
      out.errors = described;
    }
    return out;
  }

  /** The first `errors` of an error that has them as data. */
  function listed(thrown: object): readonly unknown[] | undefined {
    try {
      const errors = p.getOwnPropertyDescriptor(thrown, "errors")?.value as unknown;
      if (!p.isArray(errors)) return undefined;
      const first = p.list<unknown>();
      for (let i = 0; i < errors.length && i < maxErrors; i++) first[i] = (errors as readonly unknown[])[i];
      return first;
    } catch {
      return undefined;
    }
  }

  return { make, refused, describe };
}
