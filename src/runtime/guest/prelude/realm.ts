/**
 * Realm: what an object of the guest is, told by its internal slots. A guest can give any object any prototype and any
 * `Symbol.toStringTag`, so the prototype only says which check is worth making, and a captured built-in makes it.
 *
 * Self-contained: part of the prelude. The host has a better source (`marshal/realm.ts`).
 */
import type { CloneRealm, ErrorView, Kind } from "./kind.ts";
import type { Primordials } from "./primordials.ts";

export function makeRealm(p: Primordials): CloneRealm {
  type Check = (value: object) => unknown;
  const entries = p.safeMap<object, { readonly kind: Kind; readonly check: Check | null }>();
  const know = (prototype: object | null | undefined, kind: Kind, check: Check | null): void => {
    if (prototype !== null && prototype !== undefined) entries.set(prototype, { kind, check });
  };
  const refuse = (prototype: object | null | undefined, refused: string): void =>
    know(prototype, { refused }, null);

  know(p.datePrototype, "date", p.dateValue);
  know(p.mapPrototype, "map", p.mapSize);
  know(p.setPrototype, "set", p.setSize);
  know(p.regexpPrototype, "regexp", p.regexpSource);
  know(p.arrayBufferPrototype, "buffer", p.bufferByteLength);
  know(p.errorPrototype, "error", null);
  know(p.numberPrototype, "number", p.numberValue);
  know(p.stringPrototype, "string", p.stringValue);
  know(p.booleanPrototype, "boolean", p.booleanValue);
  know(p.bigintPrototype, "bigint", p.bigintValue);
  refuse(p.symbolPrototype, "a symbol");
  refuse(p.promisePrototype, "a promise (await it first)");
  refuse(p.weakMapPrototype, "a WeakMap");
  refuse(p.weakSetPrototype, "a WeakSet");
  refuse(p.weakRefPrototype, "a WeakRef");
  refuse(p.sharedArrayBufferPrototype, "a SharedArrayBuffer");
  refuse(p.iteratorPrototype, "an iterator or generator (collect it into an array first)");
  refuse(p.asyncIteratorPrototype, "an async iterator or generator");

  // `FinalizationRegistry` is replaced by the prelude; WebAssembly is removed; both are here for a value made before.
  refuse(p.FinalizationRegistry.prototype, "a FinalizationRegistry");

  const errorClasses = p.safeMap<object, string>();
  const names = p.keys(p.errors);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const constructor = p.errors[name];
    if (constructor !== undefined) errorClasses.set(constructor.prototype as object, name);
  }

  function classify(value: object): Kind {
    if (p.isArray(value)) return "array";
    if (p.isView(value)) return "view";
    if (value === p.globalObject) return { refused: "the global object" };
    // A prototype chain may be a proxy that never ends; nobody's honest class is 100 levels deep.
    let prototype = p.getPrototypeOf(value) as object | null;
    for (let i = 0; i < 100 && prototype !== null && prototype !== p.objectPrototype; i++) {
      const entry = entries.get(prototype);
      if (entry !== undefined) {
        if (entry.check === null) return entry.kind;
        try {
          entry.check(value);
          return entry.kind;
        } catch {
          return "plain";
        }
      }
      prototype = p.getPrototypeOf(prototype) as object | null;
    }
    return "plain";
  }

  function readError(error: object): ErrorView {
    let prototype = p.getPrototypeOf(error) as object | null;
    let errorClass: string | undefined;
    for (let i = 0; i < 100 && prototype !== null && errorClass === undefined; i++) {
      errorClass = errorClasses.get(prototype);
      prototype = p.getPrototypeOf(prototype) as object | null;
    }
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
    const code = isAnyones ? undefined : source.code;
    const hasCause = p.hasOwn(error, "cause");
    const hasErrors = errorClass === "AggregateError" && p.hasOwn(error, "errors");
    const keys = p.list<string>();
    const own = p.keys(error);
    for (let i = 0; i < own.length; i++) {
      const key = own[i] as string;
      if (key === "name" || key === "message" || key === "stack" || key === "cause") continue;
      if (key === "code" && typeof code === "string") continue;
      if (key === "errors" && hasErrors) continue;
      keys[keys.length] = key;
    }
    return {
      class: errorClass ?? "Error",
      name: typeof name === "string" ? name : undefined,
      message: typeof message === "string" ? message : "",
      code: typeof code === "string" ? code : undefined,
      cause: hasCause ? source.cause : undefined,
      hasCause,
      errors: hasErrors ? source.errors : undefined,
      hasErrors,
      keys,
    };
  }

  return { classify, readError, copiesBuffers: false };
}
