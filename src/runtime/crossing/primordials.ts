/**
 * Makes what our code does all the time of built-ins that were captured, so that no operation runs code of a guest: a property is defined and not assigned, a
 * collection is read by its own method, a list has no prototype to inherit a setter from.
 *
 * Self-contained: the prelude is composed from `makePrimordials.toString()`. The same function runs on the host, where it feeds the same codec.
 */

import type { BuiltIns } from "./built-ins.ts";

/** A Map whose methods cannot be replaced, because its prototype is ours. */
export interface SafeMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
  has(key: K): boolean;
  delete(key: K): boolean;
}

export type Primordials = ReturnType<typeof makePrimordials>;

/**
 * @param builtIns - What was captured, which becomes the result: nobody else may have it.
 * @param ordinary - Make records and lists with the realm's usual prototypes: for the host, whose prototypes nobody attacks and
 *   whose functions expect them.
 */
export function makePrimordials(builtIns: BuiltIns, ordinary: boolean) {
  const { assign, defineProperty, freeze, getOwnPropertyDescriptor, hasOwn, setPrototypeOf } = builtIns;
  const { Map: MapClass, mapMethods, mapEach, setEach, regexpFlags, temporalClasses } = builtIns;
  const { charCodeAt, stringIndexOf: indexOf, stringSlice: slice, escape: escapeText, bindTo } = builtIns;
  const { arrayToSpliced, bufferByteLength, promiseMethodThen, toObject } = builtIns;

  function attempt<Result>(action: () => Result): Result | undefined {
    try {
      return action();
    } catch {
      return undefined;
    }
  }

  /** An array without a prototype: an index written to it is always its own. */
  const list = <T>(): T[] => (ordinary ? [] : (setPrototypeOf([], null) as T[]));

  /** Gives a property a value that stays; one that is there remains as it is otherwise. */
  function fix(target: object, key: PropertyKey, value: unknown): void {
    defineProperty(target, key, { __proto__: null, value, writable: false } as PropertyDescriptor);
  }

  /** Makes something when it is first asked for. */
  function once<Made>(make: () => Made): () => Made {
    let made: Made | undefined;
    return () => (made ??= make());
  }

  /** What a Map or a Set has at this moment, at most so many: keys and values in turns, or members. */
  function entriesOf(collection: object, isMap: boolean, most = 2147483647): unknown[] {
    const entries = list<unknown>();
    const end = isMap ? 2 * most : most;
    let at = 0;
    const add = (value: unknown, key: unknown): void => {
      if (at >= end) return;
      if (isMap) entries[at++] = key;
      entries[at++] = value;
    };
    if (isMap) mapEach(collection, add);
    else setEach(collection, add);
    return entries;
  }

  // The prototype of our own records: nothing on it, so that writing a new key can never meet a guest's setter. Faster
  // than objects with a null prototype, which V8 keeps as hash tables.
  type Record = { [key: string]: unknown };
  const Bare = (ordinary ? toObject : function () {}) as unknown as new () => Record;
  if (!ordinary) Bare.prototype = freeze({ __proto__: null });

  const operations = {
    __proto__: null as never,
    /** Gives an object a property of its own that can be written and removed, whatever its prototypes say. */
    define(target: object, key: PropertyKey, value: unknown, enumerable: boolean): void {
      defineProperty(target, key, {
        __proto__: null,
        value,
        writable: true,
        enumerable,
        configurable: true,
      } as PropertyDescriptor);
    },
    fix,
    /** A property that holds data; no accessor is run. */
    data(target: object, key: PropertyKey): unknown {
      const descriptor = getOwnPropertyDescriptor(target, key);
      return descriptor !== undefined && hasOwn(descriptor, "value") ? descriptor.value : undefined;
    },

    Bare,
    list,
    safeMap: <K, V>(): SafeMap<K, V> => setPrototypeOf(new MapClass(), mapMethods) as SafeMap<K, V>,

    /** `undefined` when it throws. */
    attempt,
    once,
    isBuffer: (value: object): value is ArrayBuffer => attempt(() => bufferByteLength(value)) !== undefined,
    entriesOf,

    /** The letters of its flags. */
    flagsOf(value: object): string {
      let letters = "";
      for (let i = 0; i < 8; i++) if (regexpFlags[i]?.(value) === true) letters += "dgimsuvy"[i];
      return letters;
    },
    // No expression of ours may run while a script does: `RegExp.$1` and its kin would tell of it.
    /** True for a name that can be written behind a dot. */
    isPlainName(text: string): boolean {
      for (let i = 0; i < text.length; i++) {
        const code = charCodeAt(text, i);
        const isLetter =
          (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 36 || code === 95;
        if (!isLetter && (i === 0 || code < 48 || code > 57)) return false;
      }
      return text !== "";
    },
    /** True for a text with letters beyond Latin-1. `escape` writes those, and no others, as `%uXXXX`. */
    isWide(text: string): boolean {
      for (let i = 0; i < text.length; i += 32_768) {
        if (indexOf(escapeText(slice(text, i, i + 32_768)), "%u") >= 0) return true;
      }
      return false;
    },
    /** The same function under a name, whose source is not to be seen: a bound function shows `[native code]`. `first`: its first argument, which is given. */
    native<Target extends object>(target: Target, name: string, first?: string): Target {
      const bound = (
        first === undefined ? bindTo(target, undefined) : bindTo(target, undefined, first)
      ) as Target;
      fix(bound, "name", name);
      return bound;
    },
    /** `f` with its first argument given, as a function without a source. */
    withFirst: <First, Rest extends unknown[], R>(
      f: (first: First, ...rest: Rest) => R,
      first: First,
    ): ((...rest: Rest) => R) => bindTo(f, undefined, first) as (...rest: Rest) => R,
    /** Copies the first elements of an array, without asking its species as `slice` would. */
    arrayCopy: (array: readonly unknown[], length: number): unknown[] =>
      arrayToSpliced(array, length, array.length),
    /** The text of a value of this class of `Temporal`; `undefined` when it is none. */
    temporalText: (name: string, value: object): string | undefined =>
      attempt(() => temporalClasses[name]?.text(value)),
    temporalFrom: (name: string, text: string): object | undefined =>
      attempt(() => temporalClasses[name]?.from(text)),
    /** Waits for a promise of ours. `then` would ask for its constructor, which a script may have replaced; an own one of `undefined` means the built-in one. */
    promiseThen(promise: object, ok: (value: unknown) => void, bad: (reason: unknown) => void): void {
      fix(promise, "constructor", undefined);
      promiseMethodThen(promise, ok, bad);
    },
  };
  // Nobody else has them: a copy would cost the start of each isolate, and save nobody.
  return freeze(assign(builtIns, operations));
}
