/**
 * Makes the codec as the host's side uses it, with a host's knowledge of its own objects. The same two functions run inside
 * each isolate.
 */
import { makeCrowd } from "./crowd.ts";
import { makeDecode } from "./decode.ts";
import type { Plan } from "./encode-walk.ts";
import { makeEncode } from "./encode.ts";
import { makeErrorMaker } from "./errors.ts";
import { format } from "./format.ts";
import { hostPrimordials, hostRealm } from "./host-realm.ts";
import type { Realm } from "./kind.ts";
import { decodeMakers, encodeMakers } from "./makers.ts";
import { makeMeasure } from "./measure.ts";
import { messageOfWords, noBytes, type Message } from "./message.ts";
import { makeRefusal, type Refusal } from "./refusal.ts";

/** Why a value cannot cross. `path` starts below the value: `.rows[0].onClick`, empty for the value itself. */
export interface EncodeRefusal {
  readonly code: Refusal["code"];
  readonly path: string;
  readonly reason: string;
}

export type Encoded =
  | { readonly ok: true; readonly message: Message; readonly bytes: number; readonly fits: boolean }
  | { readonly ok: false; readonly refusal: EncodeRefusal; readonly fits: boolean };

export type Decoded =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  /** `malformed`: no encoder of ours writes this. `too-large`: it costs more than it may. */
  | { readonly ok: false; readonly reason: "malformed" | "too-large" };

const measure = makeMeasure(hostPrimordials, format);

/** Of the value all, or what the plan writes. `fits` is false for a value of another kind than a plan was made for. */
export type HostEncode = (value: unknown, maxBytes: number, plan?: Plan) => Encoded;

/** An encoder of host values; `realm` may know more of them. */
export function hostEncoder(realm: Realm): HostEncode {
  const refuse = makeRefusal(hostPrimordials);
  // A host function may change its buffer while the answer waits to be sent.
  const encodeWords = makeEncode(hostPrimordials, {
    format,
    realm,
    measure,
    refuse,
    copiesBuffers: true,
    makers: encodeMakers,
  });
  const encode: HostEncode = (value, maxBytes, plan) => {
    const { refusal, words, count, text, bytes, cost, notes } = encodeWords(value, maxBytes, plan);
    const { fits, splits, drops } = notes;
    if (refusal !== undefined) {
      const { code, all, reason } = refusal;
      return { ok: false, refusal: { code, path: all, reason }, fits };
    }
    // An object in two places of different types was written for each: right when the places declare different things of it, and a loss when both
    // declare all. Then the value itself may cross, and must, to stay one graph.
    if (splits && !drops) return { ...encode(value, maxBytes), fits };
    const pieces = bytes === undefined ? noBytes : bytes.map((piece) => new Uint8Array(piece));
    const message = messageOfWords(words, count, text, pieces);
    return { ok: true, message, bytes: message.isWide ? cost + text.length : cost, fits };
  };
  return encode;
}

/**
 * Encodes a host value that may count at most `maxBytes`. Throws only what an accessor of the value threw.
 *
 * @example
 * encode({ rows: [{ onClick() {} }] }, 1e6);
 * // { ok: false, refusal: { code: "ERR_BINDING_NOT_CLONABLE", path: ".rows[0].onClick", reason: "a function cannot cross" } }
 */
export const encode = hostEncoder(hostRealm);

/** Encodes what this side has made itself. */
export function encodeOwn(value: unknown): Message {
  const encoded = encode(value, Infinity);
  if (encoded.ok) return encoded.message;
  throw new Error(`A value of our own cannot cross at ${encoded.refusal.path}: ${encoded.refusal.reason}.`);
}

const makeError = makeErrorMaker(hostPrimordials);

const hostile = makeDecode(hostPrimordials, {
  format,
  measure,
  makeCrowd,
  guarded: false,
  makers: decodeMakers,
  /** The error a host function gets. Its stack names no frame: ours would only mislead, and the script's stay inside. */
  makeError(errorClass, message, name, code) {
    const error = withoutStack(() => makeError(errorClass, message, name, code));
    const title = error.name;
    Object.defineProperty(error, "stack", {
      value: error.message === "" ? title : `${title}: ${error.message}`,
      writable: true,
      enumerable: false,
      configurable: true,
    });
    return error;
  },
});

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

/** Decodes what this side, or our own prelude, has written. */
export function decodeOwn(message: Message): unknown {
  const decoded = decode(message, Infinity);
  if (decoded.ok) return decoded.value;
  throw new Error("A value of our own cannot be read.");
}

/**
 * Decodes a message as if an attacker had made it: in a worker process one may have. Never throws.
 *
 * @example
 * decode(message, 1e6); // { ok: true, value: [1, { name: "Ada" }], bytes: 220 }
 */
export function decode(message: Message, maxBytes: number): Decoded {
  try {
    const value = hostile.decode({ ...message, letters: 0 }, maxBytes);
    return { ok: true, value, bytes: hostile.cost() };
  } catch (error) {
    if (error === hostile.tooLarge) return { ok: false, reason: "too-large" };
    if (error === hostile.malformed) return { ok: false, reason: "malformed" };
    throw error;
  }
}
