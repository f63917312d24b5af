/**
 * Tells what an object of the guest is by its internal slots. A guest can give any object any prototype and any
 * `Symbol.toStringTag`, so the prototype only says which check is worth making, and a captured built-in makes it.
 *
 * Self-contained: part of the prelude. The host has a better source (`host-realm.ts`).
 */
import type { ErrorClass, Format } from "./format.ts";
import type { ErrorView, GuestRealm, Kind } from "./kind.ts";
import type { Primordials, SafeMap } from "./primordials.ts";

export function makeRealm(p: Primordials, format: Format): GuestRealm {
  const { isArray, isView, getPrototypeOf, globalObject, objectPrototype } = p;
  // Of records of ours.
  const barePrototype = p.Bare.prototype as object;
  type Check = (value: object) => unknown;
  interface Known {
    readonly kind: Kind;
    /** Throws for an object that only has the prototype. Absent where the prototype is enough. */
    readonly check: Check | null;
  }

  const checks = p.list<Known>();
  const entries = p.safeMap<object, Known>();
  const know = (prototype: object | null | undefined, kind: Kind, check: Check | null): void => {
    if (prototype === null || prototype === undefined) return;
    entries.set(prototype, { kind, check });
    if (check !== null) checks[checks.length] = { kind, check };
  };
  const refuse = (prototype: object | null | undefined, refused: string): void =>
    know(prototype, { refused }, null);

  let hasLearned = false;
  /** Learns what prototypes say, for the first object that is none of the common ones: most scripts have no other. */
  function learn(): void {
    if (hasLearned) return;
    know(p.datePrototype, "date", p.dateValue);
    know(p.Map.prototype, "map", p.mapSize);
    know(p.Set.prototype, "set", p.setSize);
    know(p.RegExp.prototype, "regexp", p.regexpSource);
    know(p.arrayBufferPrototype, "buffer", p.bufferByteLength);
    know(p.Error.prototype, "error", null);
    know(p.Number.prototype, "number", p.unbox.number);
    know(p.String.prototype, "string", p.unbox.string);
    know(p.Boolean.prototype, "boolean", p.unbox.boolean);
    know(p.BigInt.prototype, "bigint", p.unbox.bigint);
    refuse(p.iteratorPrototype, "an iterator or generator (collect it into an array first)");
    refuse(p.asyncIteratorPrototype, "an async iterator or generator");
    // The prelude replaces or removes some of them; here they are for a value made before.
    const refused: { readonly [name: string]: string } = format.refused;
    const names = p.keys(refused);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      refuse(p.refused[name]?.prototype, refused[name] as string);
    }
    const formatters = p.keys(p.intl);
    for (let i = 0; i < formatters.length; i++) {
      const name = formatters[i] as string;
      // Its own kind of object, but an ordinary one where nobody asks for the text: a locale is what it says.
      refuse(
        p.intl[name]?.prototype,
        name === "Locale" ? "an Intl.Locale (send its text)" : `an Intl.${name}`,
      );
    }
    for (let i = 0; i < format.temporal.length; i++) {
      const name = format.temporal[i] as string;
      const known = p.temporalClasses[name];
      if (known !== undefined) know(known.prototype, "temporal", known.text);
    }
    // Not before: a script whose stack ends in the middle of it may catch that and go on.
    hasLearned = true;
  }

  let errorClasses: SafeMap<object, ErrorClass> | undefined;

  function learnErrors(): SafeMap<object, ErrorClass> {
    const classes = p.safeMap<object, ErrorClass>();
    for (let i = 0; i < format.errors.length; i++) {
      const name = format.errors[i] as ErrorClass;
      const constructor = p.errors[name];
      if (constructor !== undefined) classes.set(constructor.prototype as object, name);
    }
    return classes;
  }

  function classify(value: object): Kind {
    if (isArray(value)) return "array";
    if (isView(value)) return "view";
    if (value === globalObject) return { refused: "the global object" };
    const direct = getPrototypeOf(value) as object | null;
    if (direct === objectPrototype || direct === barePrototype) return "plain";
    // The tag is read from inside of most built-ins; the others are asked for when there are no properties.
    if (direct === null) return p.objectToString(value) === "[object Object]" ? "plain" : inside(value);
    learn();
    const entry = nearest(direct, entries);
    if (entry === undefined || (entry.kind === "error" && !isError(value))) return "plain";
    return passes(value, entry) ? entry.kind : "plain";
  }

  /** What is known of the first of a chain of prototypes. It may be a proxy that never ends; nobody's honest class is 100 levels deep. */
  function nearest<Found>(from: object | null, known: SafeMap<object, Found>): Found | undefined {
    let prototype = from;
    let found: Found | undefined;
    for (let i = 0; i < 100 && prototype !== null && found === undefined; i++) {
      found = known.get(prototype);
      prototype = getPrototypeOf(prototype) as object | null;
    }
    return found;
  }

  function passes(value: object, { check }: Known): boolean {
    try {
      check?.(value);
      return true;
    } catch {
      return false;
    }
  }

  /** What an object holds inside that has lost its prototype: without properties it would look like an empty one. */
  function inside(value: object): Kind {
    if (p.getPrototypeOf(value) !== null) return "plain";
    if (isError(value)) return "error";
    learn();
    for (let i = 0; i < checks.length; i++) {
      const entry = checks[i] as Known;
      if (passes(value, entry)) return entry.kind;
    }
    return "plain";
  }

  // `Object.create(Error.prototype)` is an ordinary object. An engine without `Error.isError` says "[object Error]" of the real
  // ones, unless somebody has given them another tag.
  function isError(value: object): boolean {
    if (p.isErrorObject !== undefined) return p.isErrorObject(value);
    const said = p.objectToString(value);
    return said === "[object Error]" || (said !== "[object Object]" && p.hasOwn(value, "stack"));
  }

  function readError(error: object, only?: (name: string) => boolean): ErrorView {
    const errorClass = nearest(getPrototypeOf(error) as object | null, (errorClasses ??= learnErrors()));
    const source = error as {
      name?: unknown;
      message?: unknown;
      code?: unknown;
      cause?: unknown;
      errors?: unknown;
    };
    const { name, message } = source;
    // A class may give its code to all its errors; what `Object.prototype` says is nobody's.
    const isAnyones = p.hasOwn(p.objectPrototype, "code") && !p.hasOwn(error, "code");
    const code = isAnyones || (only !== undefined && !only("code")) ? undefined : source.code;
    const hasCause = p.hasOwn(error, "cause");
    const hasErrors = errorClass === "AggregateError" && p.hasOwn(error, "errors");
    const keys = p.list<string>();
    const own = p.keys(error);
    for (let i = 0; i < own.length; i++) {
      const key = own[i] as string;
      if (key === "name" || key === "message" || key === "stack" || key === "cause") continue;
      if (key === "code" && typeof code === "string") continue;
      if (key === "errors" && hasErrors) continue;
      if (only !== undefined && !only(key)) continue;
      keys[keys.length] = key;
    }
    return {
      class: errorClass ?? "Error",
      name: typeof name === "string" ? name : undefined,
      message:
        typeof message === "string" && (message !== "" || p.hasOwn(error, "message")) ? message : undefined,
      code: typeof code === "string" ? code : undefined,
      cause: hasCause ? source.cause : undefined,
      hasCause,
      errors: hasErrors ? source.errors : undefined,
      hasErrors,
      keys,
      data: error,
    };
  }

  return {
    classify,
    inside,
    readError,
    refuse(prototype, refused, textOf) {
      know(prototype, textOf === undefined ? { refused } : { refused, textOf }, null);
    },
  };
}
