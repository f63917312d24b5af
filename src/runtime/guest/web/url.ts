/**
 * Makes `URL`, the class a script sees, around an address of the library. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { UrlLibrary, UrlOfLibrary } from "./library.ts";
import type { SearchParams } from "./search-params.ts";
import type { WebClassConstructor, WebIdl } from "./web-idl.ts";

export interface Url {
  readonly URL: object;
  /** The address that an object holds, `""` for one that only looks like it. */
  textOf(value: object): string;
}

export function makeUrl(p: Primordials, idl: WebIdl, library: UrlLibrary, params: SearchParams): Url {
  function invalid(what: string, text: string): Error {
    const shown = text.length > 200 ? `${p.stringSlice(text, 0, 200)}…` : text;
    const error = new p.TypeError(`Invalid ${what}: ${p.jsonStringify(shown)}`);
    p.define(error, "code", "ERR_INVALID_URL", true);
    return error;
  }

  /** What stands for nothing is nothing; everything else is a text. */
  function baseOf(base: unknown): string | undefined {
    return base === undefined ? undefined : idl.text(base);
  }

  /** What the next object is made around, when it is we who make it. */
  let given: UrlOfLibrary | undefined;

  function wrap(address: UrlOfLibrary): object {
    given = address;
    return new URL("");
  }

  class URL {
    readonly #address: UrlOfLibrary;
    #params: object | undefined;

    constructor(url: unknown, base: unknown = undefined) {
      if (given !== undefined) {
        this.#address = given;
        given = undefined;
        return;
      }
      const text = idl.text(url);
      const baseText = baseOf(base);
      const address = library.parse(text, baseText);
      if (address === undefined) throw invalid("base URL", baseText as string);
      if (address === null) throw invalid("URL", text);
      this.#address = address;
    }

    static textOf(value: object): string {
      return #address in value ? value.#address.href : "";
    }
    static parse(...args: unknown[]): object | null {
      idl.need(args, 1, "URL.parse");
      const text = idl.text(args[0]);
      const address = library.parse(text, args.length > 1 ? baseOf(args[1]) : undefined);
      return address === null || address === undefined ? null : wrap(address);
    }
    static canParse(...args: unknown[]): boolean {
      idl.need(args, 1, "URL.canParse");
      const text = idl.text(args[0]);
      const address = library.parse(text, args.length > 1 ? baseOf(args[1]) : undefined);
      return address !== null && address !== undefined;
    }

    get href(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.href;
    }
    set href(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      const text = idl.text(value);
      if (library.parse(text, undefined) === null) throw invalid("URL", text);
      this.#address.href = text;
    }
    get origin(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.origin;
    }
    get protocol(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.protocol;
    }
    set protocol(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.protocol = idl.text(value);
    }
    get username(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.username;
    }
    set username(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.username = idl.text(value);
    }
    get password(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.password;
    }
    set password(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.password = idl.text(value);
    }
    get host(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.host;
    }
    set host(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.host = idl.text(value);
    }
    get hostname(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.hostname;
    }
    set hostname(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.hostname = idl.text(value);
    }
    get port(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.port;
    }
    set port(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.port = idl.text(value);
    }
    get pathname(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.pathname;
    }
    set pathname(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.pathname = idl.text(value);
    }
    get search(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.search;
    }
    set search(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.search = idl.text(value);
    }
    get hash(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.hash;
    }
    set hash(value: unknown) {
      if (!(#address in this)) throw idl.illegal();
      this.#address.hash = idl.text(value);
    }
    get searchParams(): object {
      if (!(#address in this)) throw idl.illegal();
      return (this.#params ??= params.wrap(this.#address.searchParams));
    }
    toString(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.href;
    }
    toJSON(): string {
      if (!(#address in this)) throw idl.illegal();
      return this.#address.href;
    }
  }
  const { textOf } = URL;
  delete (URL as { textOf?: unknown }).textOf;
  return { URL: idl.publish(URL as WebClassConstructor, "URL", { canParse: 1, parse: 1 }), textOf };
}
