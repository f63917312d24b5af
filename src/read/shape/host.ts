/**
 * Lists the objects that are more than data: they hold a connection, a lock, a position or an identity that no copy has.
 * Name -> why it cannot cross, and what to send instead.
 */
export interface Refusal {
  /** Finishes "`<type>` cannot cross: …". */
  readonly reason: string;
  readonly help: string;
}

const refusal = (names: string, reason: string, help: string): (readonly [string, Refusal])[] =>
  names.split(" ").map((name) => [name, { reason, help }] as const);

const stream = "Read it on the host and send the data, or offer a binding that returns one page at a time.";
const iterator = "Return an array, or offer a binding that returns one page at a time and where to continue.";

export const refusals: ReadonlyMap<string, Refusal> = new Map([
  ...refusal(
    "Promise PromiseLike",
    "a promise cannot be part of a value; only a binding's whole result may be one",
    "Await it on the host and send what it settles with.",
  ),
  ...refusal(
    "WeakMap WeakSet WeakRef FinalizationRegistry",
    "weak references hold for one side's objects only",
    "Send a `Map`, a `Set` or the object itself.",
  ),
  ...refusal(
    "SharedArrayBuffer",
    "shared memory would let a script change what the host has already checked",
    "Send an `ArrayBuffer`, which is copied.",
  ),
  ...refusal(
    "Iterator Iterable IterableIterator IteratorObject BuiltinIterator ArrayIterator MapIterator SetIterator StringIterator RegExpStringIterator",
    "an iterator runs code on the side that made it",
    iterator,
  ),
  ...refusal("Generator GeneratorFunction", "a generator runs code on the side that made it", iterator),
  ...refusal(
    "AsyncIterator AsyncIterable AsyncIterableIterator AsyncIteratorObject AsyncGenerator AsyncGeneratorFunction ReadableStreamAsyncIterator",
    "an asynchronous iterator runs code on the side that made it",
    iterator,
  ),
  ...refusal("Proxy", "a proxy runs code on the side that made it", "Send the plain data it shows."),
  ...refusal(
    "ReadableStream WritableStream TransformStream Readable Writable Duplex Transform PassThrough ReadStream WriteStream ReadableStreamDefaultReader Interface",
    "a stream stays with the side that opened it",
    stream,
  ),
  ...refusal(
    "Socket TLSSocket Server Http2Session ClientRequest IncomingMessage ServerResponse ChildProcess Worker WebSocket EventSource BroadcastChannel MessagePort MessageChannel",
    "a connection stays with the side that opened it",
    "Offer bindings that use it and return data.",
  ),
  ...refusal(
    "EventEmitter EventTarget Event CustomEvent",
    "events are delivered on one side only",
    "Offer a binding that returns what has happened.",
  ),
  ...refusal(
    "URL",
    "a `URL` has no structured clone and would arrive as `{}`",
    "Send its text: `url.href`, typed as `string`.",
  ),
  ...refusal(
    "URLSearchParams",
    "it has no structured clone and would arrive as `{}`",
    "Send its text, `String(params)`, or `Object.fromEntries(params)`.",
  ),
  ...refusal(
    "Headers",
    "it has no structured clone and would arrive as `{}`",
    "Send `Object.fromEntries(headers)`, typed as `Record<string, string>`.",
  ),
  ...refusal(
    "FormData",
    "it has no structured clone and would arrive as `{}`",
    "Send its entries as an array or a record.",
  ),
  ...refusal(
    "Blob File",
    "its bytes stay with the side that made it, and it would arrive as `{}`",
    "Send its bytes: `new Uint8Array(await blob.arrayBuffer())`.",
  ),
  ...refusal(
    "Request Response",
    "it holds an open connection",
    "Send its parts: status, headers as a record, body as a `string` or `Uint8Array`.",
  ),
  ...refusal(
    "AbortSignal AbortController",
    "cancellation cannot be copied",
    "Use `@timeout` on the binding, or offer a second binding that cancels by id.",
  ),
  ...refusal("Timeout Immediate Timer", "a timer belongs to one side", "Offer a binding that cancels by id."),
  ...refusal(
    "KeyObject CryptoKey X509Certificate Hash Hmac Cipher Decipher",
    "key material and its state stay with the host",
    "Keep the key on the host and offer bindings that sign or encrypt.",
  ),
  ...refusal(
    "FileHandle Dir FSWatcher",
    "an open file stays with the host",
    "Read it on the host and send the data.",
  ),
  ...refusal(
    "Module Instance Memory Table Global",
    "WebAssembly objects cannot be copied into a sandbox",
    "Offer the module's functions as bindings.",
  ),
  ...refusal("Node Element HTMLElement Document Window", "it is part of a page", "Send the data it shows."),
]);
