/**
 * Captures every built-in the prelude uses, before a guest can replace it: classes, and methods and getters as functions whose first argument is what they
 * are called on. Nothing in the prelude reads a global, or calls a method through a prototype, after this function has returned.
 *
 * Self-contained: the prelude is composed from `takeBuiltIns.toString()`. The same function runs on the host, where it takes the host realm's built-ins.
 */

import type { Format } from "./format.ts";

export type AnyView = ArrayBufferView<ArrayBuffer>;
export type AnyViewClass = new (...args: readonly unknown[]) => AnyView;

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

type Each = (collection: object, visit: (value: unknown, key: unknown) => void) => void;

export type BuiltIns = ReturnType<typeof takeBuiltIns>;

export function takeBuiltIns(format: Format) {
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

  return {
    __proto__: null as never,
    apply,
    assign: Object.assign,
    construct,
    create,
    defineProperty,
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
    bindTo: uncurry(bind as (this: unknown, receiver: unknown, first?: unknown) => unknown),

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

    isArray: Array.isArray,
    isView: ArrayBuffer.isView as (value: unknown) => value is AnyView,
    isNaN: Number.isNaN,

    /** What a Map of ours has as its prototype. */
    mapMethods: freeze({
      __proto__: null,
      get: Map.prototype.get,
      set: Map.prototype.set,
      has: Map.prototype.has,
      delete: Map.prototype.delete,
    }),
    mapEach: method<Each>(Map.prototype, "forEach"),
    mapSize: getter<number>(Map.prototype, "size"),
    mapSet: method<(map: unknown, key: unknown, value: unknown) => unknown>(Map.prototype, "set"),
    setEach: method<Each>(Set.prototype, "forEach"),
    setSize: getter<number>(Set.prototype, "size"),
    setAdd: method<(set: unknown, value: unknown) => unknown>(Set.prototype, "add"),
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
    charCodeAt: uncurry(String.prototype.charCodeAt),
    escape,
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

    /** A copy without some elements, made without asking the array's species as `slice` would. */
    arrayToSpliced: method<(array: readonly unknown[], start: number, remove: number) => unknown[]>(
      Array.prototype,
      "toSpliced",
    ),
    stringSlice: uncurry(String.prototype.slice),
    toWellFormed: method<(text: string) => string>(String.prototype, "toWellFormed"),
    stringIndexOf: uncurry(String.prototype.indexOf as (this: string, part: string, from?: number) => number),
    fromCharCode: String.fromCharCode as (...codes: number[]) => string,
    bigintToString: method<(value: unknown, radix: number) => string>(BigInt.prototype, "toString"),
    objectToString: method<(value: unknown) => string>(Object.prototype, "toString"),
    /** Whether it was made by a class of errors, where the engine can say. */
    isErrorObject: (Error as { isError?: (value: unknown) => boolean }).isError,

    temporalClasses: freeze(temporalClasses),
    /** V8 keeps `stack` behind an accessor of its own, from V8 12 on; before, it was a data property. */
    errorStack: ((): ((error: object) => unknown) => {
      const descriptor = getOwnPropertyDescriptor(new Error(), "stack");
      const get = descriptor === undefined ? undefined : descriptor.get;
      return get === undefined
        ? (error) => getOwnPropertyDescriptor(error, "stack")?.value as unknown
        : uncurry(get as (this: object) => unknown);
    })(),
    errorToString: method<(value: unknown) => string>(Error.prototype, "toString"),
    promiseMethodThen: method<
      (promise: object, ok: (value: unknown) => void, bad: (reason: unknown) => void) => unknown
    >(Promise.prototype, "then"),
    generatorNext: uncurry(
      (getPrototypeOf(function* () {}.prototype as object) as Generator).next as (this: unknown) => unknown,
    ),
    jsonStringify: JSON.stringify,
    jsonParse: JSON.parse,
  };
}
