/**
 * Makes `URLSearchParams`, the class a script sees, around what the library knows of queries. Self-contained: part of the
 * unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { ParamsOfLibrary, UrlLibrary } from "./library.ts";
import type { WebClassConstructor, WebIdl } from "./web-idl.ts";

export type SearchParams = ReturnType<typeof makeSearchParams>;

export function makeSearchParams(p: Primordials, idl: WebIdl, library: UrlLibrary) {
  type Part = "entries" | "keys" | "values";

  function partOf(list: ParamsOfLibrary["_list"], at: number, part: Part): unknown {
    const pair = list[at] as readonly [string, string];
    return part === "keys" ? pair[0] : part === "values" ? pair[1] : [pair[0], pair[1]];
  }

  /** What `entries`, `keys` and `values` return. It sees what changes while it walks. */
  class ParamsIterator {
    readonly #params: ParamsOfLibrary;
    readonly #part: Part;
    #at = 0;

    constructor(params: ParamsOfLibrary, part: Part) {
      this.#params = params;
      this.#part = part;
    }
    next(): { value: unknown; done: boolean } {
      if (!(#params in this)) throw idl.illegal();
      const list = this.#params._list;
      if (this.#at >= list.length) return { value: undefined, done: true };
      return { value: partOf(list, this.#at++, this.#part), done: false };
    }
  }
  idl.publish(ParamsIterator as WebClassConstructor, "URLSearchParams Iterator", {});
  delete (ParamsIterator.prototype as { constructor?: unknown }).constructor;
  p.setPrototypeOf(ParamsIterator.prototype, p.iteratorPrototype);

  /** The list that `init` says: pairs, an object of names and values, or a text. */
  function listOf(init: unknown): ParamsOfLibrary {
    if ((typeof init !== "object" || init === null) && typeof init !== "function")
      return library.params(init === undefined ? "" : idl.text(init));
    const params = library.params("");
    const walk = (init as { [key: symbol]: unknown })[p.symbolIterator];
    if (walk !== undefined && walk !== null) {
      const where = "URLSearchParams";
      idl.each(init, where, (item) => {
        const pair = p.list<string>();
        idl.each(item, `${where}: a pair`, (part) => (pair[pair.length] = idl.text(part)));
        if (pair.length !== 2) throw new p.TypeError(`${where}: a pair has two parts, a name and a value`);
        params.append(pair[0] as string, pair[1] as string);
      });
      return params;
    }
    const known = p.safeMap<string, true>();
    const keys = p.ownKeys(init);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      const descriptor = p.getOwnPropertyDescriptor(init, key);
      if (descriptor === undefined || !(p.setPrototypeOf(descriptor, null) as PropertyDescriptor).enumerable)
        continue;
      const name = idl.text(key);
      const value = idl.text((init as { [key: string]: unknown })[key]);
      if (known.has(name)) params.set(name, value);
      else params.append(name, value);
      known.set(name, true);
    }
    return params;
  }

  /** The value that may be given behind a name. */
  function second(args: readonly unknown[]): string | undefined {
    return args.length > 1 && args[1] !== undefined ? idl.text(args[1]) : undefined;
  }

  /** What the next object is made around, when it is we who make it. */
  let given: ParamsOfLibrary | undefined;

  class URLSearchParams {
    readonly #params: ParamsOfLibrary;

    constructor(init: unknown = "") {
      this.#params = given ?? listOf(init);
      given = undefined;
    }
    /** The query that an object holds, `""` for one that only looks like it. */
    static textOf(value: object): string {
      return #params in value ? value.#params.toString() : "";
    }
    /** The list of what a member is called on. */
    static of(self: object): ParamsOfLibrary {
      if (!(#params in self)) throw idl.illegal();
      return self.#params;
    }
    get size(): number {
      return of(this)._list.length;
    }
    append(...args: unknown[]): void {
      const params = of(this);
      idl.need(args, 2, "URLSearchParams.append");
      const name = idl.text(args[0]);
      params.append(name, idl.text(args[1]));
    }
    delete(...args: unknown[]): void {
      const params = of(this);
      idl.need(args, 1, "URLSearchParams.delete");
      const name = idl.text(args[0]);
      params.delete(name, second(args));
    }
    get(...args: unknown[]): string | null {
      const params = of(this);
      idl.need(args, 1, "URLSearchParams.get");
      return params.get(idl.text(args[0]));
    }
    getAll(...args: unknown[]): readonly string[] {
      const params = of(this);
      idl.need(args, 1, "URLSearchParams.getAll");
      return params.getAll(idl.text(args[0]));
    }
    has(...args: unknown[]): boolean {
      const params = of(this);
      idl.need(args, 1, "URLSearchParams.has");
      const name = idl.text(args[0]);
      return params.has(name, second(args));
    }
    set(...args: unknown[]): void {
      const params = of(this);
      idl.need(args, 2, "URLSearchParams.set");
      const name = idl.text(args[0]);
      params.set(name, idl.text(args[1]));
    }
    sort(): void {
      of(this).sort();
    }
    entries(): object {
      return new ParamsIterator(of(this), "entries");
    }
    forEach(...args: unknown[]): void {
      const params = of(this);
      idl.need(args, 1, "URLSearchParams.forEach");
      const visit = args[0];
      if (typeof visit !== "function") throw new p.TypeError("URLSearchParams.forEach: expected a function");
      const self = args.length > 1 ? args[1] : undefined;
      for (let i = 0; i < params._list.length; i++) {
        const given = p.list<unknown>();
        given[0] = partOf(params._list, i, "values");
        given[1] = partOf(params._list, i, "keys");
        given[2] = this;
        p.apply(visit, self, given);
      }
    }
    keys(): object {
      return new ParamsIterator(of(this), "keys");
    }
    values(): object {
      return new ParamsIterator(of(this), "values");
    }
    toString(): string {
      return of(this).toString();
    }
  }

  const { of, textOf } = URLSearchParams;
  delete (URLSearchParams as { of?: unknown }).of;
  delete (URLSearchParams as { textOf?: unknown }).textOf;
  const shown = idl.publish(URLSearchParams as WebClassConstructor, "URLSearchParams", {
    append: 2,
    delete: 1,
    get: 1,
    getAll: 1,
    has: 1,
    set: 2,
    forEach: 1,
  });
  // One function under two names.
  const { value } = p.getOwnPropertyDescriptor(URLSearchParams.prototype, "entries") as PropertyDescriptor;
  p.define(URLSearchParams.prototype, p.symbolIterator, value, false);
  return {
    URLSearchParams: shown,
    textOf,
    /** The object for the query of an address, which stays bound to it. */
    wrap(params: ParamsOfLibrary): object {
      given = params;
      return new URLSearchParams();
    },
  };
}
