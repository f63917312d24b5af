/**
 * Brings whatwg-url and tr46 as texts that are run inside, because they know how addresses and names of hosts are read, and
 * follow the standards. A text is linked from the files of the packages as they are; the build keeps it
 * (`scripts/worker-text.ts`), so that nobody who uses isobind has them.
 *
 * They look built-ins up when they need them, and a script may have replaced those: so they get no more than texts, and hold nothing but addresses.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The list behind a `URLSearchParams`. */
export interface ParamsOfLibrary {
  readonly _list: readonly (readonly [name: string, value: string])[];
  append(name: string, value: string): void;
  delete(name: string, value: string | undefined): void;
  get(name: string): string | null;
  getAll(name: string): readonly string[];
  has(name: string, value: string | undefined): boolean;
  set(name: string, value: string): void;
  sort(): void;
  toString(): string;
}

/** An address, and its query as a list. */
export interface UrlOfLibrary {
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: ParamsOfLibrary;
  hash: string;
}

/** The value of the unit `url`. */
export type StartUrlLibrary = (
  encode: (text: string) => Uint8Array<ArrayBuffer>,
  decode: (bytes: Uint8Array<ArrayBuffer>) => string,
  toAscii: ToAscii,
) => UrlLibrary;

export interface UrlLibrary {
  /** `undefined` when `base` is no address, `null` when `url` is none. */
  parse(url: string, base: string | undefined): UrlOfLibrary | null | undefined;
  /** The list that a query says, with or without its question mark. */
  params(query: string): ParamsOfLibrary;
}

/** The value of the unit `idna`. */
export type StartIdna = (parse: (text: string) => unknown) => ToAscii;

/** The name of a host in ASCII, `null` for what is none. */
export type ToAscii = (domain: string, options: object) => string | null;

/** What stands in for modules of the library. */
const url: Readonly<Record<string, string>> = {
  entry: `
const usm = require("./url-state-machine");
const { implementation: Url } = require("./URL-impl");
const { implementation: Params } = require("./URLSearchParams-impl");
module.exports = {
  parse(url, base) {
    const parsedBase = base === undefined ? null : usm.basicURLParse(base);
    if (base !== undefined && parsedBase === null) return undefined;
    const parsed = usm.basicURLParse(url, { baseURL: parsedBase });
    if (parsed === null) return null;
    const made = Object.create(Url.prototype);
    made._url = parsed;
    made._query = new Params(undefined, [parsed.query ?? ""], { doNotStripQMark: true });
    made._query._url = made;
    return made;
  },
  params: (query) => new Params(undefined, [query], { doNotStripQMark: false }),
};`,
  // The classes a script sees are ours.
  "./URL": "",
  "./URLSearchParams": "",
  // The list that each address has is made above.
  "./encoding": `
exports.utf8Encode = given.encode;
exports.utf8DecodeWithoutBOM = given.decode;`,
  tr46: "exports.toASCII = given.toAscii;",
  "@exodus/bytes/encoding.js": "",
  // A query is UTF-8 here, always.
  "@exodus/bytes/whatwg.js": `
const { utf8PercentEncodeString } = require("./percent-encoding");
exports.percentEncodeAfterEncoding = (encoding, text, extra) =>
  utf8PercentEncodeString(text, (byte) => byte <= 0x1f || byte > 0x7e || extra.includes(String.fromCharCode(byte)));`,
};

const idna: Readonly<Record<string, string>> = { entry: 'module.exports = require("tr46").toASCII;' };

export function urlLibraryText(): string {
  return `(function (encode, decode, toAscii) {
const given = { encode, decode, toAscii };
return ${link("whatwg-url", url)};
})`;
}

export function idnaLibraryText(): string {
  return `(function (parse) {
const given = { parse };
return ${link("tr46", idna)};
})`;
}

/** From where the modules of a package are asked for, in its release of `package.json`: others bring an older one along. */
function homeOf(name: string): NodeJS.Require {
  try {
    const home = createRequire(createRequire(import.meta.url).resolve(name));
    if (Number.parseInt((home("./package.json") as { version: string }).version) >= oldest[name]!)
      return home;
  } catch {
    // Another release has its files in other places.
  }
  throw new Error(`${name} ${oldest[name]} is not installed here. Run \`npm ci\`.`);
}

const oldest: Readonly<Record<string, number>> = { "whatwg-url": 17, tr46: 7 };

/** An expression whose value is what the entry exports. */
function link(name: string, instead: Readonly<Record<string, string>>): string {
  const home = homeOf(name);
  const index = new Map<string, number>();
  const modules: string[] = [];

  function moduleOf(specifier: string, from: NodeJS.Require): number {
    const own = instead[specifier];
    const file = own === undefined ? from.resolve(specifier) : specifier;
    const known = index.get(file);
    if (known !== undefined) return known;
    const number = modules.push("") - 1;
    index.set(file, number);
    const text = own ?? readFileSync(file, "utf8");
    const inner = own === undefined ? createRequire(file) : library;
    modules[number] = file.endsWith(".json")
      ? // A table of thousands of lists: as JSON it is read in a tenth of the time.
        `module.exports = given.parse(${JSON.stringify(text)});`
      : text.replace(/\brequire\("([^"]+)"\)/g, (_, asked: string) => `require(${moduleOf(asked, inner)})`);
    return number;
  }

  const library = name === "whatwg-url" ? createRequire(home.resolve("./lib/URL-impl.js")) : home;
  moduleOf("entry", home);
  const functions = modules.map((text) => `function (module, exports, require) {\n${text}\n}`);
  return `(function () {
"use strict";
const modules = [${functions.join(",\n")}];
const loaded = [];
function load(number) {
  if (loaded[number] === undefined) {
    loaded[number] = { exports: {} };
    modules[number](loaded[number], loaded[number].exports, load);
  }
  return loaded[number].exports;
}
return load(0);
})()`;
}
