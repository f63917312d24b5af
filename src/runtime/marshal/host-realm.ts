/**
 * Host realm: what an object of the host is. Node can tell by internal slots, also for objects of another realm and for
 * proxies; and it knows objects that would silently arrive as `{}`, which are refused with the way out.
 */
import { types } from "node:util";
import { makeRealm } from "../guest/prelude/realm.ts";
import type { CloneRealm, ErrorView, Kind } from "../guest/prelude/kind.ts";
import { takePrimordials, type Primordials } from "../guest/prelude/primordials.ts";

export const hostPrimordials: Primordials = takePrimordials(true);

const base = makeRealm(hostPrimordials);

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
  [types.isGeneratorObject, { refused: "an iterator or generator (collect it into an array first)" }],
  [types.isMapIterator, { refused: "an iterator or generator (collect it into an array first)" }],
  [types.isSetIterator, { refused: "an iterator or generator (collect it into an array first)" }],
  [types.isCryptoKey, { refused: "a CryptoKey" }],
  [types.isKeyObject, { refused: "a KeyObject" }],
  [types.isExternal, { refused: "a native handle" }],
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

function classify(value: object): Kind {
  if (Array.isArray(value)) return "array";
  if (ArrayBuffer.isView(value)) return "view";
  const prototype = Object.getPrototypeOf(value) as object | null;
  if ((prototype === Object.prototype || prototype === null) && !isExotic(value)) return "plain";
  for (const [test, kind] of slots) if (test(value)) return kind;
  for (const [name, advice] of opaque) {
    if (isInstance(value, globals[name])) {
      return { refused: `${/^[AEIOU](?!RL)/.test(name) ? "an" : "a"} ${name} (${advice})` };
    }
  }
  if (isWebAssembly(value)) return { refused: "a WebAssembly object" };
  return base.classify(value);
}

/** A built-in whose prototype was changed to look plain: rare, and told by its slots all the same. */
function isExotic(value: object): boolean {
  return types.isNativeError(value) || types.isMap(value) || types.isSet(value) || types.isDate(value) ||
    types.isPromise(value) || types.isAnyArrayBuffer(value); // prettier-ignore
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
function readError(error: object): ErrorView {
  const view = base.readError(error);
  const isForeign = view.class === "Error" && !(error instanceof Error);
  if (!isForeign || view.name === undefined || hostPrimordials.errors[view.name] === undefined) return view;
  return { ...view, class: view.name };
}

// A host function may change its buffer while the answer waits to be sent.
export const hostRealm: CloneRealm = { classify, readError, copiesBuffers: true };
