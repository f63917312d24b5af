/**
 * Tells what an object of the host is. Node can tell by internal slots, also for objects of another realm and for proxies;
 * and it knows objects that would silently arrive as `{}`, which are refused with the way out.
 */
import { types } from "node:util";
import { takeBuiltIns } from "./built-ins.ts";
import { format, type ErrorClass } from "./format.ts";
import type { ErrorView, Kind, Realm } from "./kind.ts";
import { makePrimordials, type Primordials } from "./primordials.ts";
import { makeRealm } from "./realm.ts";

export const hostPrimordials: Primordials = makePrimordials(takeBuiltIns(format), true);

const base = makeRealm(hostPrimordials, format);

const iterator = { refused: "an iterator or generator (collect it into an array first)" };

/** Tests of internal slots, in an order in which the first hit is right. */
const slots: readonly (readonly [test: (value: unknown) => boolean, kind: Kind])[] = [
  [types.isDate, "date"],
  [types.isMap, "map"],
  [types.isSet, "set"],
  [types.isRegExp, "regexp"],
  [types.isNativeError, "error"],
  [types.isArrayBuffer, "buffer"],
  [types.isNumberObject, "number"],
  [types.isStringObject, "string"],
  [types.isBooleanObject, "boolean"],
  [types.isBigIntObject, "bigint"],
  [types.isSymbolObject, { refused: "a symbol" }],
  [types.isPromise, { refused: "a promise inside a value (await it first)" }],
  [types.isWeakMap, { refused: "a WeakMap" }],
  [types.isWeakSet, { refused: "a WeakSet" }],
  [types.isSharedArrayBuffer, { refused: "a SharedArrayBuffer" }],
  [types.isGeneratorObject, iterator],
  [types.isMapIterator, iterator],
  [types.isSetIterator, iterator],
  [types.isExternal, { refused: "a native handle" }],
];

/** The same for objects that are told by their class; asking takes microseconds. */
const slowSlots: typeof slots = [
  [types.isCryptoKey, { refused: "a CryptoKey" }],
  [types.isKeyObject, { refused: "a KeyObject" }],
];

/** Classes whose data is out of reach: as data they would be `{}`. With the way out. */
const opaque: readonly (readonly [name: string, advice: string])[] = [
  ["URL", "send its `href`"],
  ["URLSearchParams", "send its `toString()`"],
  ["Headers", "send `Object.fromEntries(headers)`"],
  ["FormData", "send `Object.fromEntries(form)`"],
  ["Request", "send the parts the script needs"],
  ["Response", "send its `status` and `await response.json()`"],
  ["Blob", "send `await blob.bytes()`"],
  ["ReadableStream", "read it into a Uint8Array first"],
  ["WritableStream", "it is a resource of the host"],
  ["TransformStream", "it is a resource of the host"],
  ["AbortSignal", "it is a resource of the host"],
  ["AbortController", "it is a resource of the host"],
  ["MessagePort", "it is a resource of the host"],
  ["EventTarget", "it is a resource of the host"],
  ["TextDecoder", "it is a resource of the host"],
  ["TextEncoder", "it is a resource of the host"],
];
const globals = globalThis as { readonly [name: string]: unknown };

/**
 * An error that is put together to be sent, from what may be known of another one. Known by its class, so that no data looks like it.
 */
export class ErrorDraft implements ErrorView {
  readonly class: ErrorClass;
  readonly name: string | undefined;
  readonly message: string | undefined;
  readonly code: string | undefined;
  // Set when the draft is known: they may lead back to it.
  cause: unknown = undefined;
  hasCause = false;
  errors: unknown = undefined;
  hasErrors = false;
  data: Readonly<Record<string, unknown>> = {};

  constructor(errorClass: ErrorClass, message: string, name?: string, code?: string) {
    this.class = errorClass;
    this.message = message;
    this.name = name;
    this.code = code;
  }

  get keys(): readonly string[] {
    return Object.keys(this.data);
  }
}

function classify(value: object): Kind {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if ((prototype === Object.prototype || prototype === null) && !isTagged(value)) {
    // Views say what they are only through their own prototype.
    return ArrayBuffer.isView(value) ? "view" : "plain";
  }
  if (Array.isArray(value)) return "array";
  if (ArrayBuffer.isView(value)) return "view";
  if (value instanceof ErrorDraft) return "error";
  for (const [test, kind] of slots) if (test(value)) return kind;
  for (const [test, kind] of slowSlots) if (test(value)) return kind;
  for (const [name, advice] of opaque) {
    if (isInstance(value, globals[name])) {
      return { refused: `${/^[AEIOU](?!RL)/.test(name) ? "an" : "a"} ${name} (${advice})` };
    }
  }
  if (isWebAssembly(value)) return { refused: "a WebAssembly object" };
  return base.classify(value);
}

const tagOf = Object.prototype.toString;

/** The tag is read from inside of most built-ins, whatever prototype they have. */
function isTagged(value: object): boolean {
  return tagOf.call(value) !== "[object Object]";
}

/** The others are asked for one by one. */
function inside(value: object): Kind {
  for (const [test, kind] of slots) if (test(value)) return kind;
  return "plain";
}

function isInstance(value: object, constructor: unknown): boolean {
  return typeof constructor === "function" && value instanceof constructor;
}

function isWebAssembly(value: object): boolean {
  const wasm = globals["WebAssembly"] as { readonly [name: string]: unknown } | undefined;
  return (
    wasm !== undefined &&
    ["Module", "Instance", "Memory", "Table", "Global"].some((name) => isInstance(value, wasm[name]))
  );
}

/**
 * How an error of the host is read. The class is the nearest standard one; an error of another realm is an instance of
 * none of ours, so its name is the best witness.
 */
function readError(error: object, only?: (name: string) => boolean): ErrorView {
  if (error instanceof ErrorDraft) return error;
  const view = base.readError(error, only);
  const isForeign = view.class === "Error" && !(error instanceof Error);
  if (!isForeign || view.name === undefined || hostPrimordials.errors[view.name] === undefined) return view;
  return { ...view, class: view.name as ErrorClass };
}

export const hostRealm: Realm = { classify, inside, readError };
