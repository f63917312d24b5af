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
  const { hasOwn } = Object;
  const { call, bind } = Function.prototype;

  /** `uncurry(f)(self, a)` is `f.call(self, a)` without looking up `call`. */
  const uncurry = bind.bind(call) as <T, A extends unknown[], R>(
    method: (this: T, ...args: A) => R,
  ) => (self: T, ...args: A) => R;

  /** A method as a function whose first argument is what it is called on. */
  const method = <F>(owner: object, key: string): F =>
    uncurry((owner as { readonly [key: string]: () => unknown })[key] as () => unknown) as F;

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

  function attempt<Result>(action: () => Result): Result | undefined {
    try {
      return action();
    } catch {
      return undefined;
    }
  }

  const bufferByteLength = getter<number>(ArrayBuffer.prototype, "byteLength");
  const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as object;
  const regexpPrototype = RegExp.prototype;
  // Read one by one: the `flags` getter itself reads properties that a guest can replace.
  const regexpFlags = freeze(
    "hasIndices global ignoreCase multiline dotAll unicode unicodeSets sticky"
      .split(" ")
      .map((flag) => getter<boolean>(regexpPrototype, flag)),
  );
  const arrayIteratorPrototype = getPrototypeOf([][Symbol.iterator]()) as object;

  /** The classes of a namespace, by their names. */
  const classesIn = (namespace: object): { readonly [name: string]: { readonly prototype: object } } => {
    const listed = create(null) as { [name: string]: { readonly prototype: object } };
    const names = ownKeys(namespace);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const Class = (namespace as { readonly [name: string]: unknown })[name];
      if (typeof Class === "function" && typeof Class.prototype === "object" && Class.prototype !== null)
        listed[name] = Class as never;
    }
    return freeze(listed);
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
  const then = method<
    (promise: object, ok: (value: unknown) => void, bad: (reason: unknown) => void) => unknown
  >(Promise.prototype, "then");
  type Each = (collection: object, visit: (value: unknown, key: unknown) => void) => void;
  const mapEach = method<Each>(Map.prototype, "forEach");
  const setEach = method<Each>(Set.prototype, "forEach");
  const spliced = method<(array: readonly unknown[], start: number, remove: number) => unknown[]>(
    Array.prototype,
    "toSpliced",
  );

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
    fix,
    /** A property that holds data; no accessor is run. */
    data(target: object, key: PropertyKey): unknown {
      const descriptor = getOwnPropertyDescriptor(target, key);
      return descriptor !== undefined && hasOwn(descriptor, "value") ? descriptor.value : undefined;
    },
    freeze,
    getOwnPropertyDescriptor,
    getPrototypeOf,
    setPrototypeOf,
    keys,
    ownKeys,
    hasOwn,
    isFrozen: Object.isFrozen,
    preventExtensions: Object.preventExtensions,
    toObject: Object as unknown as (value: unknown) => object,
    globalObject: globalThis,
    /** The value of a text that is ours; called like this it sees no names but the global ones. */
    evaluate: eval as (text: string) => unknown,
    Proxy,

    Bare,
    list,
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
    intl: classesIn(Intl),
    iteratorPrototype: getPrototypeOf(arrayIteratorPrototype) as object,
    // Of the prototypes of an async generator's objects: %AsyncGeneratorPrototype% and %AsyncIteratorPrototype%.
    asyncIteratorPrototype: getPrototypeOf(
      getPrototypeOf(async function* () {}.prototype as object) as object,
    ) as object,

    /** `undefined` when it throws. */
    attempt,
    once,
    isArray: Array.isArray,
    isBuffer: (value: object): value is ArrayBuffer => attempt(() => bufferByteLength(value)) !== undefined,
    isView: ArrayBuffer.isView as (value: unknown) => value is AnyView,
    isNaN: Number.isNaN,

    mapSize: getter<number>(Map.prototype, "size"),
    mapSet: method<(map: unknown, key: unknown, value: unknown) => unknown>(Map.prototype, "set"),
    setSize: getter<number>(Set.prototype, "size"),
    setAdd: method<(set: unknown, value: unknown) => unknown>(Set.prototype, "add"),
    entriesOf,
    dateValue: method<(value: unknown) => number>(Date.prototype, "getTime"),
    dateToISOString: method<(value: unknown) => string>(Date.prototype, "toISOString"),
    /** The primitive that an object holds, by its kind. */
    unbox: freeze({
      __proto__: null as never,
      number: method<(value: object) => unknown>(Number.prototype, "valueOf"),
      string: method<(value: object) => unknown>(String.prototype, "valueOf"),
      boolean: method<(value: object) => unknown>(Boolean.prototype, "valueOf"),
      bigint: method<(value: object) => unknown>(BigInt.prototype, "valueOf"),
    }),
    symbolToString: method<(value: unknown) => string>(Symbol.prototype, "toString"),

    regexpSource: getter<string>(regexpPrototype, "source"),
    regexpFlags,
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
    charCodeAt,
    dateNow: Date.now,

    typedArrayTag: getter<string | undefined>(typedArrayPrototype, Symbol.toStringTag),
    typedArrayBuffer: getter<ArrayBuffer>(typedArrayPrototype, "buffer"),
    typedArrayOffset: getter<number>(typedArrayPrototype, "byteOffset"),
    typedArrayLength: getter<number>(typedArrayPrototype, "length"),
    typedArrayByteLength: getter<number>(typedArrayPrototype, "byteLength"),
    typedArraySet: method<(value: unknown, source: unknown, at: number) => void>(Uint8Array.prototype, "set"),
    dataViewBuffer: getter<ArrayBuffer>(DataView.prototype, "buffer"),
    dataViewOffset: getter<number>(DataView.prototype, "byteOffset"),
    dataViewByteLength: getter<number>(DataView.prototype, "byteLength"),
    bufferByteLength,
    bufferDetached: getter<boolean | undefined>(ArrayBuffer.prototype, "detached"),

    /** Copies the first elements of an array, without asking its species as `slice` would. */
    arrayCopy: (array: readonly unknown[], length: number): unknown[] => spliced(array, length, array.length),
    stringSlice: slice,
    toWellFormed: method<(text: string) => string>(String.prototype, "toWellFormed"),
    stringIndexOf: indexOf,
    fromCharCode: String.fromCharCode as (...codes: number[]) => string,
    bigintToString: method<(value: unknown, radix: number) => string>(BigInt.prototype, "toString"),
    objectToString: method<(value: unknown) => string>(Object.prototype, "toString"),
    /** Whether it was made by a class of errors, where the engine can say. */
    isErrorObject: (Error as { isError?: (value: unknown) => boolean }).isError,

    temporalClasses: freeze(temporalClasses),
    /** The text of a value of this class of `Temporal`; `undefined` when it is none. */
    temporalText: (name: string, value: object): string | undefined =>
      attempt(() => temporalClasses[name]?.text(value)),
    temporalFrom: (name: string, text: string): object | undefined =>
      attempt(() => temporalClasses[name]?.from(text)),
    /** V8 keeps `stack` behind an accessor of its own, from V8 12 on; before, it was a data property. */
    errorStack: ((): ((error: object) => unknown) => {
      const descriptor = getOwnPropertyDescriptor(new Error(), "stack");
      const get = descriptor === undefined ? undefined : descriptor.get;
      return get === undefined
        ? (error) => getOwnPropertyDescriptor(error, "stack")?.value as unknown
        : uncurry(get as (this: object) => unknown);
    })(),
    errorToString: method<(value: unknown) => string>(Error.prototype, "toString"),
    /** Waits for a promise of ours. `then` would ask for its constructor, which a script may have replaced; an own one of `undefined` means the built-in one. */
    promiseThen(promise: object, ok: (value: unknown) => void, bad: (reason: unknown) => void): void {
      fix(promise, "constructor", undefined);
      then(promise, ok, bad);
    },
    generatorNext: uncurry(
      (getPrototypeOf(function* () {}.prototype as object) as Generator).next as (this: unknown) => unknown,
    ),
    jsonStringify: JSON.stringify,
    jsonParse: JSON.parse,
  });
}
