/**
 * Makes `URL`, the class a script sees, around an address of the library. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { UrlLibrary, UrlOfLibrary } from "./library.ts";
import type { SearchParams } from "./search-params.ts";
import type { WebClassConstructor, WebIdl } from "./web-idl.ts";

export type Url = ReturnType<typeof makeUrl>;

export function makeUrl(p: Primordials, idl: WebIdl, library: UrlLibrary, params: SearchParams) {
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

    /** The address that an object holds, `""` for one that only looks like it. */
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

    /** The address of what a member is called on. */
    static of(self: object): UrlOfLibrary {
      if (!(#address in self)) throw idl.illegal();
      return self.#address;
    }

    get href(): string {
      return of(this).href;
    }
    set href(value: unknown) {
      const address = of(this);
      const text = idl.text(value);
      if (library.parse(text, undefined) === null) throw invalid("URL", text);
      address.href = text;
    }
    get origin(): string {
      return of(this).origin;
    }
    get searchParams(): object {
      const { searchParams } = of(this);
      return (this.#params ??= params.wrap(searchParams));
    }
    toString(): string {
      return of(this).href;
    }
    toJSON(): string {
      return of(this).href;
    }
  }
  const { of, textOf } = URL;
  delete (URL as { of?: unknown }).of;
  delete (URL as { textOf?: unknown }).textOf;

  /** What a script reads and writes as it stands in the address. */
  const parts = [
    "protocol",
    "username",
    "password",
    "host",
    "hostname",
    "port",
    "pathname",
    "search",
    "hash",
  ] as const;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as (typeof parts)[number];
    const accessor = {
      get [part](): string {
        return of(this)[part];
      },
      set [part](value: unknown) {
        of(this)[part] = idl.text(value);
      },
    };
    const descriptor = p.getOwnPropertyDescriptor(accessor, part) as PropertyDescriptor;
    p.defineProperty(URL.prototype, part, p.setPrototypeOf(descriptor, null) as PropertyDescriptor);
  }
  return { URL: idl.publish(URL as WebClassConstructor, "URL", { canParse: 1, parse: 1 }), textOf };
}
