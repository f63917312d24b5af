/**
 * Captures every built-in the prelude uses, before a guest can replace it. Keeps out late lookups: nothing in the prelude
 * reads a global, or calls a method through a prototype, after this function has returned.
 *
 * Self-contained: the prelude is composed from `takePrimordials.toString()`. The same function runs on the host, where it
 * feeds the same codec with the host realm's built-ins.
 */

import type { Format } from "./format.ts";

export type AnyView = ArrayBufferView<ArrayBuffer>;
export type AnyViewClass = new (...args: readonly unknown[]) => AnyView;

/** A Map whose methods cannot be replaced, because its prototype is ours. */
export interface SafeMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
  has(key: K): boolean;
  delete(key: K): boolean;
}

/** A class of `Temporal`. Its text is what crosses: an object of `Temporal` holds nothing else. */
export interface TemporalClass {
  readonly prototype: object;
  readonly from: (text: string) => object;
  readonly text: (value: unknown) => string;
}

interface TemporalSource {
  readonly prototype: { readonly toString: (this: unknown) => string };
  readonly from: (text: string) => object;
}

export type Primordials = ReturnType<typeof takePrimordials>;

/**
 * @param ordinary - Make records and lists with the realm's usual prototypes: for the host, whose prototypes nobody attacks and
 *   whose functions expect them.
 */
export function takePrimordials(format: Format, ordinary: boolean) {
  const { apply, construct, ownKeys } = Reflect;
  const { create, defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, keys } =
    Object;
  const { call, bind } = Function.prototype;

  /** `uncurry(f)(self, a)` is `f.call(self, a)` without looking up `call`. */
  const uncurry = bind.bind(call) as <T, A extends unknown[], R>(
    method: (this: T, ...args: A) => R,
  ) => (self: T, ...args: A) => R;

  const getter = <R>(owner: object, key: PropertyKey): ((self: unknown) => R) => {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    if (descriptor === undefined || descriptor.get === undefined) return () => undefined as R;
    return uncurry(descriptor.get as (this: unknown) => R);
  };

  const found = globalThis as { readonly [name: string]: unknown };
  /** Classes by their names, where the engine has them. */
  const classes = <Class>(names: readonly string[]): { readonly [name: string]: Class | undefined } => {
    const listed = create(null) as { [name: string]: Class | undefined };
    for (let i = 0; i < names.length; i++) listed[names[i] as string] = found[names[i] as string] as Class;
    return freeze(listed);
  };

  const temporalClasses: { readonly [name: string]: TemporalClass | undefined } = create(null) as {
    readonly [name: string]: TemporalClass | undefined;
  };
  const temporal = found["Temporal"] as { readonly [name: string]: TemporalSource } | undefined;
  for (let i = 0; temporal !== undefined && i < format.temporal.length; i++) {
    const name = format.temporal[i] as string;
    const Class = temporal[name] as TemporalSource;
    const { from, prototype } = Class;
    (temporalClasses as { [name: string]: TemporalClass })[name] = {
      prototype,
      from: (text) => apply(from, Class, [text]) as object,
      text: uncurry(prototype.toString),
    };
  }

  const bufferByteLength = getter<number>(ArrayBuffer.prototype, "byteLength");
  const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as object;
  const mapIteratorPrototype = getPrototypeOf(new Map()[Symbol.iterator]()) as object;
  const setIteratorPrototype = getPrototypeOf(new Set()[Symbol.iterator]()) as object;
  const arrayIteratorPrototype = getPrototypeOf([][Symbol.iterator]()) as object;

  const listPrototype = ordinary ? Array.prototype : null;
  const listOfClasses = (namespace: object): readonly (readonly [name: string, prototype: object])[] => {
    const classes = setPrototypeOf([], listPrototype) as [string, object][];
    const names = ownKeys(namespace);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const Class = (namespace as { readonly [name: string]: unknown })[name];
      if (typeof Class === "function" && typeof Class.prototype === "object" && Class.prototype !== null)
        classes[classes.length] = [name, Class.prototype as object];
    }
    return classes;
  };

  const MapClass = Map;
  const safeMapPrototype = freeze({
    __proto__: null,
    get: Map.prototype.get,
    set: Map.prototype.set,
    has: Map.prototype.has,
    delete: Map.prototype.delete,
  });

  // The prototype of our own records: nothing on it, so that writing a new key can never meet a guest's setter. Faster
  // than objects with a null prototype, which V8 keeps as hash tables.
  const charCodeAt = uncurry(String.prototype.charCodeAt);
  const bindTo = uncurry(bind as (this: unknown, self: unknown, first?: unknown) => unknown);
  const escapeText = escape;
  const indexOf = uncurry(String.prototype.indexOf as (this: string, part: string, from?: number) => number);
  const slice = uncurry(String.prototype.slice);

  type Record = { [key: string]: unknown };
  const Bare = (ordinary ? Object : function () {}) as unknown as new () => Record;
  if (!ordinary) Bare.prototype = freeze({ __proto__: null });

  return freeze({
    __proto__: null as never,
    apply,
    construct,
    create,
    defineProperty,
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
    freeze,
    getOwnPropertyDescriptor,
    getPrototypeOf,
    setPrototypeOf,
    keys,
    ownKeys,
    hasOwn: Object.hasOwn,
    isFrozen: Object.isFrozen,
    preventExtensions: Object.preventExtensions,
    toObject: Object as unknown as (value: unknown) => object,
    globalObject: globalThis,
    /** The value of a text that is ours; called like this it sees no names but the global ones. */
    evaluate: eval as (text: string) => unknown,
    Proxy,

    Bare,
    /** An array without a prototype: an index written to it is always its own. */
    list: <T>(): T[] => (ordinary ? [] : (setPrototypeOf([], null) as T[])),
    safeMap: <K, V>(): SafeMap<K, V> => setPrototypeOf(new MapClass(), safeMapPrototype) as SafeMap<K, V>,

    Error,
    TypeError,
    errors: classes<new (message?: string) => Error>(format.errors),
    views: classes<AnyViewClass>(format.views),
    refused: classes<{ readonly prototype: object }>(keys(format.refused)),
    Date,
    Map,
    Set,
    RegExp,
    ArrayBuffer,
    Uint8Array,
    Uint16Array,
    Int32Array,
    Float64Array,
    BigInt64Array,
    BigInt,
    Number,
    String,
    Boolean,
    Promise,
    FinalizationRegistry,
    symbolSpecies: Symbol.species as symbol,
    symbolIterator: Symbol.iterator as symbol,
    symbolToStringTag: Symbol.toStringTag as symbol,
    captureStackTrace: (Error as { captureStackTrace?: (target: object, above?: unknown) => void })
      .captureStackTrace,

    objectPrototype: Object.prototype,
    functionPrototype: Function.prototype as object,
    datePrototype: Date.prototype,
    arrayBufferPrototype: ArrayBuffer.prototype,
    intl: listOfClasses(Intl),
    iteratorPrototype: getPrototypeOf(arrayIteratorPrototype) as object,
    // Of the prototypes of an async generator's objects: %AsyncGeneratorPrototype% and %AsyncIteratorPrototype%.
    asyncIteratorPrototype: getPrototypeOf(
      getPrototypeOf(async function* () {}.prototype as object) as object,
    ) as object,

    isArray: Array.isArray,
    isBuffer: (value: object): value is ArrayBuffer => {
      try {
        bufferByteLength(value);
        return true;
      } catch {
        return false;
      }
    },
    isView: ArrayBuffer.isView as (value: unknown) => value is AnyView,
    isNaN: Number.isNaN,

    mapSize: getter<number>(Map.prototype, "size"),
    mapSet: uncurry(Map.prototype.set as (this: unknown, key: unknown, value: unknown) => unknown),
    mapEntries: uncurry(Map.prototype.entries as (this: unknown) => object),
    mapNext: uncurry(
      (mapIteratorPrototype as Iterator<readonly [unknown, unknown]>).next as (
        this: unknown,
      ) => IteratorResult<readonly [unknown, unknown], undefined>,
    ),
    setSize: getter<number>(Set.prototype, "size"),
    setAdd: uncurry(Set.prototype.add as (this: unknown, value: unknown) => unknown),
    setValues: uncurry(Set.prototype.values as (this: unknown) => object),
    setNext: uncurry(
      (setIteratorPrototype as Iterator<unknown>).next as (
        this: unknown,
      ) => IteratorResult<unknown, undefined>,
    ),

    dateValue: uncurry(Date.prototype.getTime as (this: unknown) => number),
    dateToISOString: uncurry(Date.prototype.toISOString as (this: unknown) => string),
    numberValue: uncurry(Number.prototype.valueOf as (this: unknown) => number),
    stringValue: uncurry(String.prototype.valueOf as (this: unknown) => string),
    booleanValue: uncurry(Boolean.prototype.valueOf as (this: unknown) => boolean),
    bigintValue: uncurry(BigInt.prototype.valueOf as (this: unknown) => bigint),
    symbolToString: uncurry(Symbol.prototype.toString as (this: unknown) => string),

    regexpSource: getter<string>(RegExp.prototype, "source"),
    // Read one by one: the `flags` getter itself reads properties that a guest can replace.
    regexpFlags: freeze([
      getter<boolean>(RegExp.prototype, "hasIndices"),
      getter<boolean>(RegExp.prototype, "global"),
      getter<boolean>(RegExp.prototype, "ignoreCase"),
      getter<boolean>(RegExp.prototype, "multiline"),
      getter<boolean>(RegExp.prototype, "dotAll"),
      getter<boolean>(RegExp.prototype, "unicode"),
      getter<boolean>(RegExp.prototype, "unicodeSets"),
      getter<boolean>(RegExp.prototype, "sticky"),
    ]),
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
    /** The same function under a name, whose source is not to be seen: a bound function shows `[native code]`. */
    native<Target extends object>(target: Target, name: string): Target {
      const bound = bindTo(target, undefined) as Target;
      defineProperty(bound, "name", { __proto__: null, value: name } as PropertyDescriptor);
      return bound;
    },
    /** `f` with its first argument given, as a function without a source. */
    withFirst: <First, Rest extends unknown[], R>(
      f: (first: First, ...rest: Rest) => R,
      first: First,
    ): ((...rest: Rest) => R) => bindTo(f, undefined, first) as (...rest: Rest) => R,
    charCodeAt,
    dateNow: Date.now,

    typedArrayTag: getter<string | undefined>(typedArrayPrototype, Symbol.toStringTag),
    typedArrayBuffer: getter<ArrayBuffer>(typedArrayPrototype, "buffer"),
    typedArrayOffset: getter<number>(typedArrayPrototype, "byteOffset"),
    typedArrayLength: getter<number>(typedArrayPrototype, "length"),
    typedArrayByteLength: getter<number>(typedArrayPrototype, "byteLength"),
    typedArraySet: uncurry(Uint8Array.prototype.set as (this: unknown, source: unknown, at: number) => void),
    dataViewBuffer: getter<ArrayBuffer>(DataView.prototype, "buffer"),
    dataViewOffset: getter<number>(DataView.prototype, "byteOffset"),
    dataViewByteLength: getter<number>(DataView.prototype, "byteLength"),
    bufferByteLength,
    bufferDetached: getter<boolean | undefined>(ArrayBuffer.prototype, "detached"),

    /** Copies the first elements of an array, without asking its species as `slice` would. */
    arrayCopy: (
      (copy: (self: readonly unknown[], start: number, remove: number) => unknown[]) =>
      (array: readonly unknown[], length: number): unknown[] =>
        copy(array, length, array.length)
    )(
      uncurry(
        (Array.prototype as { toSpliced?: unknown }).toSpliced as (
          this: readonly unknown[],
          start: number,
          remove: number,
        ) => unknown[],
      ),
    ),
    stringSlice: slice,
    toWellFormed: uncurry(
      (String.prototype as unknown as { toWellFormed: (this: string) => string }).toWellFormed,
    ),
    stringIndexOf: indexOf,
    fromCharCode: String.fromCharCode as (...codes: number[]) => string,
    bigintToString: uncurry(BigInt.prototype.toString as (this: unknown, radix: number) => string),
    objectToString: uncurry(Object.prototype.toString as (this: unknown) => string),
    /** Whether it was made by a class of errors, where the engine can say. */
    isErrorObject: (Error as { isError?: (value: unknown) => boolean }).isError,

    temporalClasses: freeze(temporalClasses),
    /** The text of a value of this class of `Temporal`; `undefined` when it is none. */
    temporalText: (name: string, value: object): string | undefined => {
      const known = temporalClasses[name];
      try {
        return known === undefined ? undefined : known.text(value);
      } catch {
        return undefined;
      }
    },
    temporalFrom: (name: string, text: string): object | undefined => {
      const known = temporalClasses[name];
      try {
        return known === undefined ? undefined : known.from(text);
      } catch {
        return undefined;
      }
    },
    /** V8 keeps `stack` behind an accessor of its own, from V8 12 on; before, it was a data property. */
    errorStack: ((): ((error: object) => unknown) => {
      const descriptor = getOwnPropertyDescriptor(new Error(), "stack");
      const get = descriptor === undefined ? undefined : descriptor.get;
      return get === undefined
        ? (error) => getOwnPropertyDescriptor(error, "stack")?.value as unknown
        : uncurry(get as (this: object) => unknown);
    })(),
    errorToString: uncurry(Error.prototype.toString as (this: unknown) => string),
    promiseThen: uncurry(
      Promise.prototype.then as (
        this: unknown,
        ok: (value: unknown) => void,
        bad: (reason: unknown) => void,
      ) => unknown,
    ),
    generatorNext: uncurry(
      (getPrototypeOf(function* () {}.prototype as object) as Generator).next as (this: unknown) => unknown,
    ),
    jsonStringify: JSON.stringify,
    jsonParse: JSON.parse,
  });
}
