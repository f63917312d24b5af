/**
 * Decode: a parcel from the guest → values of the host, with real errors. Every parcel is checked as if an attacker had made
 * it: in a worker process one may have.
 */
import { makeErrors } from "../guest/prelude/errors.ts";
import { makeMeasure } from "../guest/prelude/measure.ts";
import { makeRevive } from "../guest/prelude/revive.ts";
import type { ErrorRecord, Parcel } from "../seam.ts";
import { hostPrimordials, hostRealm } from "./host-realm.ts";

export interface DecodeOptions {
  /** Bytes the whole value may be counted with. */
  readonly maxBytes: number;
}

export type Decoded =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  /** `malformed`: no prelude of ours sends this. `too-large`: over the limit. */
  | { readonly ok: false; readonly reason: "malformed" | "too-large" };

/**
 * Reads a parcel; never throws. The parcel is used up: its objects become the value.
 *
 * @example
 * const record = { class: "RangeError", message: "no" };
 * decode({ value: [record], errors: [record] }, { maxBytes: 1e6 }); // { ok: true, value: [RangeError: no], bytes: … }
 */
export function decode(parcel: unknown, options: DecodeOptions): Decoded {
  try {
    if (typeof parcel !== "object" || parcel === null || !Object.hasOwn(parcel, "value")) return malformed;
    const { value, bytes } = revive.check(parcel as Parcel, options.maxBytes);
    return { ok: true, value, bytes };
  } catch (error) {
    return error === revive.tooLarge ? tooLarge : malformed;
  }
}

const malformed: Decoded = { ok: false, reason: "malformed" };
const tooLarge: Decoded = { ok: false, reason: "too-large" };

const errors = makeErrors(hostPrimordials);

/** The error a host function gets. Its stack names no frame: ours would only mislead, and the script's stay inside. */
function makeError(record: ErrorRecord): Error {
  const error = withoutStack(() => errors.make(record));
  const { name, message } = error;
  Object.defineProperty(error, "stack", {
    value: message === "" ? name : `${name}: ${message}`,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return error;
}

/** Walking the stack for a text that nobody will see is most of what an error costs, and a payload may hold thousands. */
function withoutStack<Result>(make: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const revive = makeRevive(hostPrimordials, {
  classify: hostRealm.classify,
  makeError,
  textBytes: makeMeasure(hostPrimordials).textBytes,
});
