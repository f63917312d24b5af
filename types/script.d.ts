/**
 * What every script has beside its bindings, for editors: `"types": ["isobind/script"]` in the tsconfig of scripts.
 */
/** Output of the script, handed to the host. */
declare const console: Console;
interface Console {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  /** Rows and columns of an array, an object, a map or a set. */
  table(data: unknown, columns?: readonly string[]): void;
  /** Indents what follows, until `groupEnd`. */
  group(...label: unknown[]): void;
  groupCollapsed(...label: unknown[]): void;
  groupEnd(): void;
  /** Prints an error when the condition does not hold. */
  assert(condition?: unknown, ...values: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
  /** Prints where the script is. */
  trace(...values: unknown[]): void;
  dir(value: unknown, options?: unknown): void;
  dirxml(...values: unknown[]): void;
}
declare namespace SecureExec {
  /** What a declaration says of `input`, where the definition says what a script is. */
  interface ScriptGlobals {}
}
/** Frozen data the host gave to this run; `undefined` when it gave none. */
declare const input: SecureExec.ScriptGlobals extends { readonly inputOfKind: infer Input }
  ? Input
  : SecureExec.ScriptGlobals extends { readonly input: infer Input }
    ? Input
    : any;
/** An error of the web platform: what `atob`, `btoa` and `structuredClone` throw. It crosses as an error of its name. */
interface DOMException extends Error {
  /** A number for the names that had one, else 0. */
  readonly code: number;
  readonly message: string;
  readonly name: string;
  readonly INDEX_SIZE_ERR: 1;
  readonly DOMSTRING_SIZE_ERR: 2;
  readonly HIERARCHY_REQUEST_ERR: 3;
  readonly WRONG_DOCUMENT_ERR: 4;
  readonly INVALID_CHARACTER_ERR: 5;
  readonly NO_DATA_ALLOWED_ERR: 6;
  readonly NO_MODIFICATION_ALLOWED_ERR: 7;
  readonly NOT_FOUND_ERR: 8;
  readonly NOT_SUPPORTED_ERR: 9;
  readonly INUSE_ATTRIBUTE_ERR: 10;
  readonly INVALID_STATE_ERR: 11;
  readonly SYNTAX_ERR: 12;
  readonly INVALID_MODIFICATION_ERR: 13;
  readonly NAMESPACE_ERR: 14;
  readonly INVALID_ACCESS_ERR: 15;
  readonly VALIDATION_ERR: 16;
  readonly TYPE_MISMATCH_ERR: 17;
  readonly SECURITY_ERR: 18;
  readonly NETWORK_ERR: 19;
  readonly ABORT_ERR: 20;
  readonly URL_MISMATCH_ERR: 21;
  readonly QUOTA_EXCEEDED_ERR: 22;
  readonly TIMEOUT_ERR: 23;
  readonly INVALID_NODE_TYPE_ERR: 24;
  readonly DATA_CLONE_ERR: 25;
}
interface DOMExceptionConstructor {
  readonly prototype: DOMException;
  new (message?: string, name?: string): DOMException;
  readonly INDEX_SIZE_ERR: 1;
  readonly DOMSTRING_SIZE_ERR: 2;
  readonly HIERARCHY_REQUEST_ERR: 3;
  readonly WRONG_DOCUMENT_ERR: 4;
  readonly INVALID_CHARACTER_ERR: 5;
  readonly NO_DATA_ALLOWED_ERR: 6;
  readonly NO_MODIFICATION_ALLOWED_ERR: 7;
  readonly NOT_FOUND_ERR: 8;
  readonly NOT_SUPPORTED_ERR: 9;
  readonly INUSE_ATTRIBUTE_ERR: 10;
  readonly INVALID_STATE_ERR: 11;
  readonly SYNTAX_ERR: 12;
  readonly INVALID_MODIFICATION_ERR: 13;
  readonly NAMESPACE_ERR: 14;
  readonly INVALID_ACCESS_ERR: 15;
  readonly VALIDATION_ERR: 16;
  readonly TYPE_MISMATCH_ERR: 17;
  readonly SECURITY_ERR: 18;
  readonly NETWORK_ERR: 19;
  readonly ABORT_ERR: 20;
  readonly URL_MISMATCH_ERR: 21;
  readonly QUOTA_EXCEEDED_ERR: 22;
  readonly TIMEOUT_ERR: 23;
  readonly INVALID_NODE_TYPE_ERR: 24;
  readonly DATA_CLONE_ERR: 25;
}
declare var DOMException: DOMExceptionConstructor;
/** Bytes to text. */
interface TextDecoder {
  /** The encoding's name in small letters. */
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** With `stream` the text goes on in the next call. Throws a TypeError for broken bytes when it is `fatal`. */
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}
interface TextDecoderConstructor {
  readonly prototype: TextDecoder;
  /** `label`: a name of `utf-8` (default), `utf-16le`, `utf-16be` or `windows-1252` (`latin1`); others are a RangeError. */
  new (label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean }): TextDecoder;
}
declare var TextDecoder: TextDecoderConstructor;
/** Text to bytes of UTF-8. */
interface TextEncoder {
  readonly encoding: string;
  encode(input?: string): Uint8Array<ArrayBuffer>;
  /** Writes what has room, and says how many units of the text were read and how many bytes written. */
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
interface TextEncoderConstructor {
  readonly prototype: TextEncoder;
  new (): TextEncoder;
}
declare var TextEncoder: TextEncoderConstructor;
/** An address. It cannot cross: send its `href`. */
interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  /** The query as a list; what changes there changes the address. */
  readonly searchParams: URLSearchParams;
  username: string;
  toJSON(): string;
  toString(): string;
}
interface URLConstructor {
  readonly prototype: URL;
  /** Throws a TypeError for what is no address, and for one that is relative without a base. */
  new (url: string | URL, base?: string | URL): URL;
  canParse(url: string | URL, base?: string | URL): boolean;
  /** The address, or `null` for what is none. */
  parse(url: string | URL, base?: string | URL): URL | null;
}
declare var URL: URLConstructor;
/** The query of an address, as a list of names and values. It cannot cross: send its text. */
interface URLSearchParams {
  readonly size: number;
  append(name: string, value: string): void;
  /** Removes all of a name, or those with this value. */
  delete(name: string, value?: string): void;
  /** The first value of a name, or `null`. */
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  /** Puts one value in the place of all of a name. */
  set(name: string, value: string): void;
  /** By names; those of one name stay in their order. */
  sort(): void;
  toString(): string;
  forEach(visit: (value: string, name: string, params: URLSearchParams) => void, thisArg?: unknown): void;
  entries(): IteratorObject<[string, string], undefined, unknown>;
  keys(): IteratorObject<string, undefined, unknown>;
  values(): IteratorObject<string, undefined, unknown>;
  [Symbol.iterator](): IteratorObject<[string, string], undefined, unknown>;
}
interface URLSearchParamsConstructor {
  readonly prototype: URLSearchParams;
  new (
    init?: string | URLSearchParams | Iterable<readonly [string, string]> | Readonly<Record<string, string>>,
  ): URLSearchParams;
}
declare var URLSearchParams: URLSearchParamsConstructor;
/** The bytes that a text of Base64 stands for, as letters up to U+00FF. */
declare function atob(data: string): string;
/** The Base64 of a text whose letters are bytes. */
declare function btoa(data: string): string;
/** Calls a function when the code at hand is done. What it throws ends the run. */
declare function queueMicrotask(callback: () => void): void;
/** A copy of a value and of what it shares. There is nothing to transfer to: `transfer` must be empty. */
declare function structuredClone<Value = any>(
  value: Value,
  options?: { readonly transfer?: readonly [] },
): Value;
