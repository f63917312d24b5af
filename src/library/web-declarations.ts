/**
 * Declares the web globals of scripts, as `model/web-globals.ts` lists them and a live isolate has them: less than a browser's, so no library of
 * TypeScript says it.
 */
import { webGlobals } from "../model/web-globals.ts";

/** Each constant is the code of its place in the list, from 1. */
const codes = webGlobals.DOMException.statics
  .map((name, index) => `  readonly ${name}: ${index + 1};`)
  .join("\n");

export const webDeclarations = `
/** An error of the web platform: what \`atob\`, \`btoa\` and \`structuredClone\` throw. It crosses as an error of its name. */
interface DOMException extends Error {
  /** A number for the names that had one, else 0. */
  readonly code: number;
  readonly message: string;
  readonly name: string;
${codes}
}
interface DOMExceptionConstructor {
  readonly prototype: DOMException;
  new (message?: string, name?: string): DOMException;
${codes}
}
declare var DOMException: DOMExceptionConstructor;
/** Bytes to text. */
interface TextDecoder {
  /** The encoding's name in small letters. */
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** With \`stream\` the text goes on in the next call. Throws a TypeError for broken bytes when it is \`fatal\`. */
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}
interface TextDecoderConstructor {
  readonly prototype: TextDecoder;
  /** \`label\`: a name of \`utf-8\` (default), \`utf-16le\`, \`utf-16be\` or \`windows-1252\` (\`latin1\`); others are a RangeError. */
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
/** An address. It cannot cross: send its \`href\`. */
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
  /** The address, or \`null\` for what is none. */
  parse(url: string | URL, base?: string | URL): URL | null;
}
declare var URL: URLConstructor;
/** The query of an address, as a list of names and values. It cannot cross: send its text. */
interface URLSearchParams {
  readonly size: number;
  append(name: string, value: string): void;
  /** Removes all of a name, or those with this value. */
  delete(name: string, value?: string): void;
  /** The first value of a name, or \`null\`. */
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
/** A copy of a value and of what it shares. There is nothing to transfer to: \`transfer\` must be empty. */
declare function structuredClone<Value = any>(
  value: Value,
  options?: { readonly transfer?: readonly [] },
): Value;
`;
