/**
 * Primordials: every built-in the prelude uses, captured before a guest can replace it. Keeps out late lookups: nothing
 * in the prelude reads a global, or calls a method through a prototype, after this function has returned.
 *
 * Self-contained: the prelude is composed from `takePrimordials.toString()`. The same function runs on the host, where it
 * feeds the same clone with the host realm's built-ins.
 */

/** Classes of errors that cross by name. */
export type ErrorClass =
  | "Error"
  | "EvalError"
  | "RangeError"
  | "ReferenceError"
  | "SyntaxError"
  | "TypeError"
  | "URIError"
  | "AggregateError";

export type AnyView = ArrayBufferView<ArrayBuffer>;
export type AnyViewClass = new (...args: readonly unknown[]) => AnyView;

/** A Map whose methods cannot be replaced, because its prototype is ours. */
export interface SafeMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
  has(key: K): boolean;
  delete(key: K): boolean;
}

export type Primordials = ReturnType<typeof takePrimordials>;

/**
 * @param ordinary - Make records and lists with the realm's usual prototypes: for the host, whose prototypes nobody attacks and
 *   whose functions expect them.
 */
export function takePrimordials(ordinary: boolean) {
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

  const errors: { readonly [name: string]: (new (message?: string) => Error) | undefined } = freeze({
    __proto__: null as never,
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
    // Constructed through `Error`, since its own constructor walks an iterable, which a guest can tamper with.
    AggregateError: AggregateError as never,
  });

  const views: { readonly [name: string]: AnyViewClass | undefined } = freeze({
    __proto__: null as never,
    Int8Array: Int8Array as never,
    Uint8Array: Uint8Array as never,
    Uint8ClampedArray: Uint8ClampedArray as never,
    Int16Array: Int16Array as never,
    Uint16Array: Uint16Array as never,
    Int32Array: Int32Array as never,
    Uint32Array: Uint32Array as never,
    Float32Array: Float32Array as never,
    Float64Array: Float64Array as never,
    BigInt64Array: BigInt64Array as never,
    BigUint64Array: BigUint64Array as never,
    DataView: DataView as never,
  });

  const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as object;
  const mapIteratorPrototype = getPrototypeOf(new Map()[Symbol.iterator]()) as object;
  const setIteratorPrototype = getPrototypeOf(new Set()[Symbol.iterator]()) as object;
  const arrayIteratorPrototype = getPrototypeOf([][Symbol.iterator]()) as object;

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
    ownKeys,
    create,
    defineProperty,
    freeze,
    getOwnPropertyDescriptor,
    getPrototypeOf,
    setPrototypeOf,
    keys,
    hasOwn: Object.hasOwn,
    isFrozen: Object.isFrozen,
    toObject: Object as unknown as (value: unknown) => object,
    uncurry,
    getter,
    globalObject: globalThis,

    Bare,
    /** An array without a prototype: an index written to it is always its own. */
    list: <T>(): T[] => (ordinary ? [] : (setPrototypeOf([], null) as T[])),
    safeMap: <K, V>(): SafeMap<K, V> => setPrototypeOf(new MapClass(), safeMapPrototype) as SafeMap<K, V>,

    Error,
    TypeError,
    SyntaxError,
    errors,
    views,
    Date,
    Map,
    Set,
    RegExp,
    ArrayBuffer,
    Uint8Array,
    DataView,
    Promise,
    FinalizationRegistry,
    String,
    Symbol,
    symbolToStringTag: Symbol.toStringTag as symbol,
    symbolSpecies: Symbol.species as symbol,
    captureStackTrace: (Error as { captureStackTrace?: (target: object, above?: unknown) => void })
      .captureStackTrace,

    objectPrototype: Object.prototype,
    functionPrototype: Function.prototype,
    arrayPrototype: Array.prototype,
    errorPrototype: Error.prototype,
    mapPrototype: Map.prototype,
    setPrototype: Set.prototype,
    datePrototype: Date.prototype,
    regexpPrototype: RegExp.prototype,
    arrayBufferPrototype: ArrayBuffer.prototype,
    promisePrototype: Promise.prototype,
    weakMapPrototype: WeakMap.prototype,
    weakSetPrototype: WeakSet.prototype,
    weakRefPrototype: WeakRef.prototype,
    numberPrototype: Number.prototype,
    stringPrototype: String.prototype,
    booleanPrototype: Boolean.prototype,
    bigintPrototype: BigInt.prototype,
    symbolPrototype: Symbol.prototype,
    sharedArrayBufferPrototype:
      typeof SharedArrayBuffer === "function" ? (SharedArrayBuffer.prototype as object) : null,
    iteratorPrototype: getPrototypeOf(arrayIteratorPrototype) as object,
    // Of the prototypes of an async generator's objects: %AsyncGeneratorPrototype% and %AsyncIteratorPrototype%.
    asyncIteratorPrototype: getPrototypeOf(
      getPrototypeOf(async function* () {}.prototype as object) as object,
    ) as object,

    isArray: Array.isArray,
    isView: ArrayBuffer.isView as (value: unknown) => value is AnyView,
    isNaN: Number.isNaN,
    isInteger: Number.isInteger,

    mapSize: getter<number>(Map.prototype, "size"),
    mapSet: uncurry(Map.prototype.set as (this: unknown, key: unknown, value: unknown) => unknown),
    mapClear: uncurry(Map.prototype.clear as (this: unknown) => void),
    mapEntries: uncurry(Map.prototype.entries as (this: unknown) => object),
    mapNext: uncurry(
      (mapIteratorPrototype as Iterator<readonly [unknown, unknown]>).next as (
        this: unknown,
      ) => IteratorResult<readonly [unknown, unknown], undefined>,
    ),
    setSize: getter<number>(Set.prototype, "size"),
    setAdd: uncurry(Set.prototype.add as (this: unknown, value: unknown) => unknown),
    setClear: uncurry(Set.prototype.clear as (this: unknown) => void),
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
    typedArraySet: uncurry(Uint8Array.prototype.set as (this: unknown, source: unknown) => void),
    dataViewBuffer: getter<ArrayBuffer>(DataView.prototype, "buffer"),
    dataViewOffset: getter<number>(DataView.prototype, "byteOffset"),
    dataViewByteLength: getter<number>(DataView.prototype, "byteLength"),
    bufferByteLength: getter<number>(ArrayBuffer.prototype, "byteLength"),
    bufferDetached: getter<boolean | undefined>(ArrayBuffer.prototype, "detached"),

    /** Copies an array without asking its species, as `slice` would. */
    arrayCopy: (
      (copy: (self: readonly unknown[], start: number, remove: number) => unknown[]) =>
      (array: readonly unknown[]): unknown[] =>
        copy(array, 0, 0)
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
    stringIndexOf: indexOf,
    /** V8 keeps `stack` behind an accessor of its own, from V8 12 on; before, it was a data property. */
    errorStack: ((): ((error: object) => unknown) => {
      const descriptor = getOwnPropertyDescriptor(new Error(), "stack");
      const get = descriptor === undefined ? undefined : descriptor.get;
      return get === undefined
        ? (error) => getOwnPropertyDescriptor(error, "stack")?.value as unknown
        : uncurry(get as (this: object) => unknown);
    })(),
    errorToString: uncurry(Error.prototype.toString as (this: unknown) => string),
    functionToString: uncurry(Function.prototype.toString as (this: unknown) => string),
    promiseThen: uncurry(
      Promise.prototype.then as (
        this: unknown,
        ok: (value: unknown) => void,
        bad: (reason: unknown) => void,
      ) => unknown,
    ),
    jsonStringify: JSON.stringify,
    jsonParse: JSON.parse,
  });
}
