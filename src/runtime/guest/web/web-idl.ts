/**
 * Does what every class of the web platform does alike, as Web IDL says: how it looks from outside, and how it takes its
 * arguments. Self-contained: part of the unit `web`.
 */
import type { AnyView } from "../../crossing/built-ins.ts";
import type { Primordials } from "../../crossing/primordials.ts";

export type WebClassConstructor = new (...args: never[]) => object;

export type WebIdl = ReturnType<typeof makeWebIdl>;

export function makeWebIdl(p: Primordials) {
  const noTraps = p.freeze({ __proto__: null }) as object;

  /** A data property, or an accessor, that nothing of a script's prototypes can add to. */
  function define(target: object, key: PropertyKey, parts: PropertyDescriptor): void {
    p.defineProperty(target, key, p.setPrototypeOf(parts, null) as PropertyDescriptor);
  }

  /** The same function, whose `this` arrives and whose source is not to be seen. */
  // A bound function would lose its `this`. What stands for a function without traps passes all on, and shows no source.
  function method<Target extends object>(target: Target, length: number): Target {
    p.fix(target, "length", length);
    return new p.Proxy(target, noTraps);
  }

  /**
   * The class a script sees for one of ours: no source, members that are listed, a tag. `lengths`: how many parameters must be given, where it is not
   * none.
   */
  function publish(
    inner: WebClassConstructor,
    name: string,
    lengths: { readonly [member: string]: number },
  ): object {
    const outer = p.native(inner, name);
    const prototype = inner.prototype as object;
    const lengthOf = (key: PropertyKey, target: object): number => {
      if (typeof key === "string" && p.hasOwn(lengths, key)) return lengths[key] as number;
      return (p.getOwnPropertyDescriptor(target, "length") as { value: number }).value;
    };
    const expose = (from: object, to: object, key: PropertyKey): void => {
      const { value, get, set } = p.setPrototypeOf(
        p.getOwnPropertyDescriptor(from, key) as object,
        null,
      ) as PropertyDescriptor;
      const enumerable = typeof key === "string";
      if (get !== undefined) {
        define(to, key, {
          get: method(get, 0),
          set: set === undefined ? undefined : method(set, 1),
          enumerable,
          configurable: true,
        } as PropertyDescriptor);
      } else if (typeof value === "function") {
        const shown = method(value as object, lengthOf(key, value as object));
        define(to, key, { value: shown, writable: true, enumerable, configurable: true });
      }
    };

    const members = p.ownKeys(prototype);
    for (let i = 0; i < members.length; i++) {
      const key = members[i] as PropertyKey;
      if (key !== "constructor") expose(prototype, prototype, key);
    }
    const statics = p.ownKeys(inner);
    for (let i = 0; i < statics.length; i++) {
      const key = statics[i] as PropertyKey;
      if (key !== "length" && key !== "name" && key !== "prototype") expose(inner, outer, key);
    }
    define(prototype, "constructor", { value: outer, writable: true, enumerable: false, configurable: true });
    define(prototype, p.symbolToStringTag, {
      value: name,
      writable: false,
      enumerable: false,
      configurable: true,
    });
    p.fix(outer, "prototype", prototype);
    if (p.hasOwn(lengths, "constructor")) p.fix(outer, "length", lengths["constructor"]);
    // Of a class that extends another inside, too: outside they extend nothing.
    p.setPrototypeOf(outer, p.functionPrototype);
    return outer;
  }

  /** The bytes of a buffer or of a view of one, as they lie there. */
  function bytes(value: unknown, where: string): Uint8Array<ArrayBuffer> {
    if (typeof value === "object" && value !== null) {
      if (p.isView(value)) return bytesOfView(value);
      if (p.isBuffer(value)) return new p.Uint8Array(value);
    }
    throw new p.TypeError(`${where}: expected an ArrayBuffer or a view of one`);
  }

  function bytesOfView(view: AnyView): Uint8Array<ArrayBuffer> {
    return p.typedArrayTag(view) === undefined
      ? new p.Uint8Array(p.dataViewBuffer(view), p.dataViewOffset(view), p.dataViewByteLength(view))
      : new p.Uint8Array(p.typedArrayBuffer(view), p.typedArrayOffset(view), p.typedArrayByteLength(view));
  }

  return {
    publish,
    method,
    /** Throws when there are fewer than `count` arguments. */
    need(args: readonly unknown[], count: number, where: string): void {
      if (args.length >= count) return;
      throw new p.TypeError(
        `${where}: ${count} argument${count > 1 ? "s" : ""} required, got ${args.length}`,
      );
    },
    /** A text without halves of pairs; runs the value's own code when it is an object. */
    text: (value: unknown): string => p.toWellFormed(`${value as string}`),
    /** Options as an object, or `undefined` for none; throws for what is neither. */
    options(value: unknown, where: string): { readonly [name: string]: unknown } | undefined {
      if (value === undefined || value === null) return undefined;
      if (typeof value === "object" || typeof value === "function") return value as never;
      throw new p.TypeError(`${where}: options must be an object`);
    },
    bytes,
    /** Walks what a script gives as a list, as `for … of` does; runs the code of its iterator. */
    each(iterable: unknown, where: string, visit: (item: unknown) => void): void {
      const isObject = (typeof iterable === "object" && iterable !== null) || typeof iterable === "function";
      const walk = isObject ? (iterable as { [key: symbol]: unknown })[p.symbolIterator] : undefined;
      if (typeof walk !== "function") throw new p.TypeError(`${where} is not iterable`);
      const iterator = p.apply(walk, iterable, p.list()) as { next?: unknown };
      if ((typeof iterator !== "object" && typeof iterator !== "function") || iterator === null)
        throw new p.TypeError(`${where} is not iterable`);
      const next = iterator.next as (this: unknown) => { readonly done?: unknown; readonly value?: unknown };
      for (;;) {
        const step = p.apply(next, iterator, p.list()) as {
          readonly done?: unknown;
          readonly value?: unknown;
        };
        if (typeof step !== "object" || step === null)
          throw new p.TypeError(`${where}: no result of an iterator`);
        if (step.done) return;
        visit(step.value);
      }
    },
    /** What a method throws that is called on another object. */
    illegal: (): Error => new p.TypeError("Illegal invocation"),
  };
}
