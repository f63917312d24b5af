/**
 * Revive: the receiving half of the marshal. A parcel's error records become real errors of the receiving realm, wherever they
 * are and however often; everything else is already what it shall be.
 *
 * Keeps out: trust. With `strict` the parcel may have been made by an attacker, and whatever `makeClone` would not have made is
 * reported. Self-contained: part of the prelude.
 */
import type { ErrorRecord, Parcel } from "../../seam.ts";
import type { CloneRealm } from "./clone.ts";
import type { Primordials } from "./primordials.ts";

export interface Revive {
  /** Returns the value with its errors; with `strict` throws `malformed` on what no honest sender sends. */
  revive(parcel: Parcel, strict: boolean): unknown;
  readonly malformed: object;
}

export interface ReviveRealm extends Pick<CloneRealm, "classify"> {
  /** Makes an error without its cause, errors and data, which are added here because they may be cyclic. */
  makeError(record: ErrorRecord): Error;
}

export function makeRevive(p: Primordials, realm: ReviveRealm): Revive {
  const malformed = p.freeze({ __proto__: null });
  /** More than the sender's own limit, so that only a forged parcel meets it. */
  const maxDepth = 1100;

  function revive(parcel: Parcel, strict: boolean): unknown {
    const records = p.safeMap<object, Error | null>();
    const seen = p.safeMap<object, true>();
    const listed = parcel.errors;
    if (listed !== undefined) {
      if (!p.isArray(listed)) throw malformed;
      for (let i = 0; i < listed.length; i++) {
        const record = listed[i] as unknown;
        if (typeof record !== "object" || record === null) throw malformed;
        records.set(record, null);
      }
    }

    function resolve(value: unknown, depth: number): unknown {
      if (typeof value !== "object" || value === null) {
        if (strict && (typeof value === "function" || typeof value === "symbol")) throw malformed;
        return value;
      }
      const known = records.get(value);
      if (known !== undefined) return known ?? resolveError(value as ErrorRecord, depth);
      if (seen.has(value)) return value;
      if (depth > maxDepth) throw malformed;
      seen.set(value, true);
      const kind = realm.classify(value);
      if (typeof kind === "object") throw malformed;
      switch (kind) {
        case "plain":
        case "array":
          resolveMembers(value, depth);
          break;
        case "map":
          resolveMap(value, depth);
          break;
        case "set":
          resolveSet(value, depth);
          break;
        case "error":
          if (strict) throw malformed;
          break;
        case "view":
          if (strict && p.views[p.typedArrayTag(value) ?? "DataView"] === undefined) throw malformed;
          break;
        default:
          break;
      }
      return value;
    }

    function resolveMembers(value: object, depth: number): void {
      const keys = p.keys(value);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as string;
        if (strict && key === "__proto__") throw malformed;
        const before = (value as { [key: string]: unknown })[key];
        if (typeof before !== "object" || before === null) continue;
        const after = resolve(before, depth + 1);
        // The property is the object's own, so that no setter of a prototype can be met.
        if (after !== before) (value as { [key: string]: unknown })[key] = after;
      }
    }

    // Rebuilt only when something changed, in the same order.
    function resolveMap(map: object, depth: number): void {
      const entries = p.list<unknown>();
      let changed = false;
      const iterator = p.mapEntries(map);
      for (let step = p.mapNext(iterator); step.done !== true; step = p.mapNext(iterator)) {
        const entry = step.value as readonly [unknown, unknown];
        const key = resolve(entry[0], depth + 1);
        const value = resolve(entry[1], depth + 1);
        changed ||= key !== entry[0] || value !== entry[1];
        const at = entries.length;
        entries[at] = key;
        entries[at + 1] = value;
      }
      if (!changed) return;
      p.mapClear(map);
      for (let i = 0; i < entries.length; i += 2) p.mapSet(map, entries[i], entries[i + 1]);
    }

    function resolveSet(set: object, depth: number): void {
      const members = p.list<unknown>();
      let changed = false;
      const iterator = p.setValues(set);
      for (let step = p.setNext(iterator); step.done !== true; step = p.setNext(iterator)) {
        const member = resolve(step.value, depth + 1);
        changed ||= member !== step.value;
        members[members.length] = member;
      }
      if (!changed) return;
      p.setClear(set);
      for (let i = 0; i < members.length; i++) p.setAdd(set, members[i]);
    }

    function resolveError(record: ErrorRecord, depth: number): Error {
      if (depth > maxDepth) throw malformed;
      const error = realm.makeError(record);
      records.set(record, error);
      if (p.hasOwn(record, "cause")) hide(error, "cause", resolve(record.cause, depth + 1));
      if (p.hasOwn(record, "errors")) hide(error, "errors", resolve(record.errors, depth + 1));
      if (p.hasOwn(record, "data") && typeof record.data === "object" && record.data !== null) {
        const data = record.data;
        const keys = p.keys(data);
        for (let i = 0; i < keys.length; i++) {
          const key = keys[i] as string;
          if (key === "__proto__") {
            if (strict) throw malformed;
            continue;
          }
          show(error, key, resolve(data[key], depth + 1));
        }
      }
      return error;
    }

    const hasErrors = listed !== undefined && listed.length > 0;
    return hasErrors || strict ? resolve(parcel.value, 0) : parcel.value;
  }

  // As the built-in classes do it: own, writable, not enumerable.
  function hide(target: object, key: string, value: unknown): void {
    p.defineProperty(target, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable: false,
      configurable: true,
    } as PropertyDescriptor);
  }
  function show(target: object, key: string, value: unknown): void {
    p.defineProperty(target, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    } as PropertyDescriptor);
  }

  return { revive, malformed };
}
