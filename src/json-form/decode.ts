/**
 * Reads the JSON form into values: what `isobind run --input` and hosts that answer over HTTP accept. The inverse of
 * `encode.ts`.
 */
import { isBase64 } from "../model/base64.ts";
import { errorNames, temporalNames, type ErrorName, type TemporalName } from "../model/shape.ts";
import { didYouMean } from "../model/suggest.ts";
import { JsonFormError } from "./json-form-error.ts";
import { byteTypes, pointer, tag, type ByteType } from "./json-form.ts";

/**
 * Reads a value written in the JSON form; plain JSON means itself. Throws a `JsonFormError` that names the place of
 * anything it does not understand. The text may come from anyone: nothing in it runs, and what it makes is plain data.
 *
 * @example
 * fromJsonForm(JSON.parse('{ "seen": { "$type": "Set", "values": [1] } }')) // { seen: new Set([1]) }
 */
export function fromJsonForm(json: unknown): unknown {
  const made = new Map<string, unknown>();
  return decode(json, "", made);
}

type Made = Map<string, unknown>;
type Tagged = Readonly<Record<string, unknown>>;

/** Deeper data would overflow the stack of the code that walks through it. */
const maxDepth = 1_000;

/** Steps are counted only when there may be enough of them. */
function isTooDeep(path: string): boolean {
  return path.length > maxDepth && path.split("/").length > maxDepth;
}

function decode(json: unknown, path: string, made: Made): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (isTooDeep(path)) throw wrong(`${path.slice(0, 40)}…`, `is more than ${maxDepth} levels deep`);
  if (Array.isArray(json)) {
    const array: unknown[] = [];
    made.set(path, array);
    json.forEach((item, index) => array.push(decode(item, pointer(path, index), made)));
    return array;
  }
  if (!Object.hasOwn(json, tag)) return decodeProperties(json as Tagged, path, path, made);
  const tagged = json as Tagged;
  const type = tagged[tag];
  const reader = typeof type === "string" && Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!reader) {
    if (typeof type !== "string") throw wrong(path, `has a \`${tag}\` that is no text`);
    const [shown, meant] = [JSON.stringify(type).slice(0, 60), type.slice(0, 60)];
    throw new JsonFormError(
      path,
      `has an unknown \`${tag}\`, ${shown}`,
      didYouMean(meant, Object.keys(readers)),
    );
  }
  return reader(tagged, path, made);
}

function decodeProperties(source: Tagged, path: string, under: string, made: Made): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  made.set(path, object);
  for (const [key, item] of Object.entries(source)) {
    // defineProperty: an own `__proto__` must stay data, here too.
    Object.defineProperty(object, key, {
      value: decode(item, pointer(under, key), made),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return object;
}

type Reader = (json: Tagged, path: string, made: Made) => unknown;

const readers: Readonly<Record<string, Reader>> = {
  undefined: () => undefined,
  number: (json, path) => {
    const value = text(json, "value", path);
    if (!["NaN", "Infinity", "-Infinity", "-0"].includes(value))
      throw wrong(path, 'is none of "NaN", "Infinity", "-Infinity" and "-0"');
    return Number(value);
  },
  bigint: (json, path) => {
    const value = text(json, "value", path);
    if (!/^-?\d+$/.test(value)) throw wrong(path, "is not a bigint");
    return BigInt(value);
  },
  Date: (json, path, made) => {
    if (json["value"] === null) return keep(made, path, new Date(Number.NaN));
    const value = text(json, "value", path);
    if (!isMoment(value)) throw wrong(path, `is not the text of a Date, as "2026-11-22T10:00:00Z" is`);
    return keep(made, path, new Date(value));
  },
  RegExp: (json, path, made) => {
    try {
      return keep(made, path, new RegExp(text(json, "source", path), text(json, "flags", path)));
    } catch {
      throw wrong(path, "is not a regular expression");
    }
  },
  Map: (json, path, made) => {
    const map = keep(made, path, new Map<unknown, unknown>());
    list(json, "entries", path).forEach((entry, index) => {
      if (!Array.isArray(entry) || entry.length !== 2) throw wrong(path, "has an entry that is no pair");
      const at = pointer(pointer(path, "entries"), index);
      map.set(decode(entry[0], pointer(at, 0), made), decode(entry[1], pointer(at, 1), made));
    });
    return map;
  },
  Set: (json, path, made) => {
    const set = keep(made, path, new Set<unknown>());
    list(json, "values", path).forEach((item, index) =>
      set.add(decode(item, pointer(pointer(path, "values"), index), made)),
    );
    return set;
  },
  array: (json, path, made) => {
    const length = json["length"];
    if (typeof length !== "number" || !Number.isInteger(length) || length < 0 || length > 2 ** 32 - 1) {
      throw wrong(path, "has no length");
    }
    const array = keep(made, path, new Array<unknown>(length));
    for (const [key, item] of Object.entries(record(json, "items", path))) {
      array[key as unknown as number] = decode(item, pointer(pointer(path, "items"), key), made);
    }
    return array;
  },
  object: (json, path, made) =>
    decodeProperties(record(json, "properties", path), path, pointer(path, "properties"), made),
  reference: (json, path, made) => {
    const target = text(json, "path", path);
    if (!made.has(target)) throw wrong(path, `refers to ${JSON.stringify(target)}, which is not before it`);
    return made.get(target);
  },
  ...Object.fromEntries(temporalNames.map((name) => [name, temporal(name)])),
  ...Object.fromEntries(byteTypes.map((type) => [type, bytes(type)])),
  ...Object.fromEntries(errorNames.map((type) => [type, error(type)])),
};

/** A day, or a time with its zone: without one it would be another moment on another machine. The year -000000, which ISO forbids, is read as 2001. */
const moment =
  /^(?:\d{4}|(?!-0{6})[+-]\d{6})-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/u;

function isMoment(text: string): boolean {
  if (!moment.test(text) || Number.isNaN(Date.parse(text))) return false;
  // 30 February is read as 2 March.
  const [day = ""] = text.split("T");
  return new Date(day).getUTCDate() === Number(day.slice(-2));
}

function temporal(name: TemporalName): Reader {
  return (json, path, made) => {
    const value = text(json, "value", path);
    const { Temporal } = globalThis as {
      Temporal?: Readonly<Record<string, { from(text: string): object }>>;
    };
    const Class = Temporal?.[name.slice("Temporal.".length)];
    if (!Class) throw wrong(path, `needs an engine with \`Temporal\`, and Node ${process.version} has none`);
    try {
      return keep(made, path, Class.from(value));
    } catch {
      throw wrong(path, `is not the text of a ${name}`);
    }
  };
}

function bytes(type: ByteType): Reader {
  return (json, path, made) => {
    const base64 = text(json, "base64", path);
    if (!isBase64(base64)) throw wrong(path, "is not in base64");
    const buffer = new Uint8Array(Buffer.from(base64, "base64")).buffer;
    if (type === "ArrayBuffer") return keep(made, path, buffer);
    const view = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => object>)[type];
    if (!view) throw wrong(path, `needs a newer Node than ${process.version}`);
    try {
      return keep(made, path, new view(buffer));
    } catch {
      throw wrong(path, `has a number of bytes that no ${type} has`);
    }
  };
}

function error(type: ErrorName): Reader {
  return (json, path, made) => {
    const message = json["message"] === undefined ? "" : text(json, "message", path);
    const it = type === "AggregateError" ? new AggregateError([], message) : new globalThis[type](message);
    keep(made, path, it);
    const define = (key: string, value: unknown, enumerable = false): void => {
      Object.defineProperty(it, key, { value, enumerable, configurable: true, writable: true });
    };
    if (typeof json["name"] === "string" && json["name"] !== it.name) define("name", json["name"]);
    if (Object.hasOwn(json, "cause")) define("cause", decode(json["cause"], pointer(path, "cause"), made));
    if (Object.hasOwn(json, "errors"))
      define("errors", decode(json["errors"], pointer(path, "errors"), made));
    if (Object.hasOwn(json, "data")) {
      for (const [key, item] of Object.entries(record(json, "data", path))) {
        define(key, decode(item, pointer(pointer(path, "data"), key), made), true);
      }
    }
    return it;
  };
}

function keep<T>(made: Made, path: string, value: T): T {
  made.set(path, value);
  return value;
}

function text(json: Tagged, key: string, path: string): string {
  const value = json[key];
  if (typeof value !== "string") throw wrong(path, `has no string \`${key}\``);
  return value;
}

function list(json: Tagged, key: string, path: string): readonly unknown[] {
  const value = json[key];
  if (!Array.isArray(value)) throw wrong(path, `has no array \`${key}\``);
  return value;
}

function record(json: Tagged, key: string, path: string): Tagged {
  const value = json[key];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrong(path, `has no object \`${key}\``);
  }
  return value as Tagged;
}

function wrong(path: string, what: string): JsonFormError {
  return new JsonFormError(path, what);
}
