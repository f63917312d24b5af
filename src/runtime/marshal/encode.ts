/**
 * Encode: a host value → what may cross into the guest, or the reason why it may not. The same clone as in the guest, with
 * the host's knowledge of its own objects.
 */
import { makeCharge, type Refusal } from "../guest/prelude/charge.ts";
import { makeCloneBytes } from "../guest/prelude/clone-bytes.ts";
import { makeCloneError } from "../guest/prelude/clone-error.ts";
import { makeClone, type Clone } from "../guest/prelude/clone.ts";
import type { CloneRealm, ErrorView } from "../guest/prelude/kind.ts";
import { makeMeasure } from "../guest/prelude/measure.ts";
import type { Parcel } from "../seam.ts";
import { hostPrimordials, hostRealm } from "./host-realm.ts";

export interface EncodeOptions {
  /** Bytes the whole value may be counted with. */
  readonly maxBytes: number;
  /** How errors in the value are read; by default all their own enumerable data crosses, never their stack. */
  readonly readError?: (error: object, view: ErrorView) => ErrorView;
}

/** Why a value cannot cross. `path` starts below the value: `.rows[0].onClick`, empty for the value itself. */
export type EncodeRefusal = Pick<Refusal, "code" | "reason"> & { readonly path: string };

export type Encoded =
  | { readonly ok: true; readonly parcel: Parcel; readonly bytes: number }
  | { readonly ok: false; readonly refusal: EncodeRefusal };

/**
 * Copies a host value for the guest. Throws only what an accessor of the value threw.
 *
 * @example
 * encode({ rows: [{ onClick() {} }] }, { maxBytes: 1e6 });
 * // { ok: false, refusal: { code: "ERR_BINDING_NOT_CLONABLE", path: ".rows[0].onClick", reason: "a function cannot cross" } }
 */
export function encode(value: unknown, options: EncodeOptions): Encoded {
  // Boxed in an array, so that the path of a refusal has a head and the rest is the value's own.
  const cloned = cloneFor(options.readError).clone([value], options.maxBytes + wrapperBytes);
  if (cloned.refusal !== undefined) {
    const { code, path, reason } = cloned.refusal;
    return { ok: false, refusal: { code, path, reason } };
  }
  const copy = (cloned.value as readonly unknown[])[0];
  const parcel: Parcel =
    cloned.errors === undefined ? { value: copy } : { value: copy, errors: cloned.errors };
  return { ok: true, parcel, bytes: cloned.bytes - wrapperBytes };
}

/** What the box around the value is counted with: an object and one slot. */
const wrapperBytes = 17;

const measure = makeMeasure(hostPrimordials);
const defaultClone = cloneOf(hostRealm);

function cloneFor(readError: EncodeOptions["readError"]): Clone {
  if (!readError) return defaultClone;
  return cloneOf({
    ...hostRealm,
    readError: (error) => readError(error, hostRealm.readError(error)),
  });
}

function cloneOf(realm: CloneRealm): Clone {
  return makeClone(hostPrimordials, realm, measure, { makeCharge, makeCloneBytes, makeCloneError });
}
