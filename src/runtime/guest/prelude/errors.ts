/**
 * Errors: errors of the guest's own realm, made from records of the host or from refusals of ours, and the description of an
 * error that ended the script. Self-contained: part of the prelude.
 */
import type { ErrorRecord, GuestError } from "../../seam.ts";
import type { Refusal } from "./charge.ts";
import type { Primordials } from "./primordials.ts";

export interface Errors {
  /** Makes the error of a record, without its cause, errors and data. */
  make(record: ErrorRecord): Error;
  /** Makes the error for a value that may not cross. `head` words the first step: `argument 2`. */
  refused(refusal: Refusal, subject: string, head: string | undefined): Error;
  /** Describes an uncaught error as text. Never throws; runs the error's own accessors. */
  describe(thrown: unknown, inspect: (value: unknown) => string): GuestError;
}

export function makeErrors(p: Primordials): Errors {
  /** Letters of a message or a stack that leave the isolate: longer ones are attacks on the log, not explanations. */
  const maxText = 16_384;
  const maxCauses = 5;
  const maxErrors = 10;

  function define(error: Error, key: string, value: unknown, enumerable: boolean): void {
    p.defineProperty(error, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable,
      configurable: true,
    } as PropertyDescriptor);
  }

  function make(record: ErrorRecord): Error {
    const message = typeof record.message === "string" ? record.message : "";
    const Class = p.errors[record.class] ?? p.Error;
    const error = (
      record.class === "AggregateError" ? p.construct(p.Error, [message], Class) : new Class(message)
    ) as Error;
    // Own keys only: what is absent would be looked up on a prototype the guest can write to.
    const name = p.hasOwn(record, "name") ? record.name : undefined;
    const code = p.hasOwn(record, "code") ? record.code : undefined;
    if (typeof name === "string" && name !== record.class) define(error, "name", name, false);
    if (typeof code === "string") define(error, "code", code, true);
    return error;
  }

  function refused(refusal: Refusal, subject: string, head: string | undefined): Error {
    let where = subject;
    if (head !== undefined) where += `, ${head}`;
    if (refusal.path !== "") where += `, at ${refusal.path}`;
    const Class =
      refusal.code === "ERR_BINDING_NOT_CLONABLE" ? p.TypeError : (p.errors.RangeError ?? p.Error);
    const error = new Class(`${where}: ${refusal.reason}`);
    define(error, "code", refusal.code, true);
    return error;
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
