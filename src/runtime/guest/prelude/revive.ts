/**
 * Revive: the receiving half of the marshal. A parcel's error records become real errors of the receiving realm, wherever they
 * are and however often; everything else is already what it shall be.
 *
 * `check` does the same for a parcel that an attacker may have made: it counts, and stops at whatever `makeClone` would not have
 * made. Self-contained: part of the prelude.
 */
import type { ErrorRecord, Parcel } from "../../seam.ts";
import type { CloneRealm } from "./kind.ts";
import type { Primordials, SafeMap } from "./primordials.ts";

export interface Revive {
  /** The value of a parcel of our own making. */
  revive(parcel: Parcel): unknown;
  /** The value of a hostile parcel and the bytes it was counted with; throws `malformed` or `tooLarge`. */
  check(parcel: Parcel, maxBytes: number): { readonly value: unknown; readonly bytes: number };
  readonly malformed: object;
  readonly tooLarge: object;
}

export interface ReviveRealm extends Pick<CloneRealm, "classify"> {
  /** Makes an error without its cause, errors and data, which are added here because they may be cyclic. */
  makeError(record: ErrorRecord): Error;
  /** The bytes a string is counted with. */
  textBytes(text: string): number;
}

export function makeRevive(p: Primordials, realm: ReviveRealm): Revive {
  const malformed = p.freeze({ __proto__: null });
  const tooLarge = p.freeze({ __proto__: null });
  /** More than the sender's own limit, so that only a forged parcel meets it. */
  const maxDepth = 600;

  interface State {
    readonly strict: boolean;
    left: number;
    readonly records: SafeMap<object, Error | null>;
    readonly seen: SafeMap<object, true>;
  }

  function open(parcel: Parcel, strict: boolean, maxBytes: number): State {
    const state: State = { strict, left: maxBytes, records: p.safeMap(), seen: p.safeMap() };
    const listed: unknown = p.hasOwn(parcel, "errors") ? parcel.errors : undefined;
    if (listed === undefined) return state;
    if (!p.isArray(listed)) throw malformed;
    for (let i = 0; i < listed.length; i++) {
      const record = listed[i] as unknown;
      if (typeof record !== "object" || record === null) throw malformed;
      charge(state, 16);
      state.records.set(record, null);
    }
    return state;
  }

  function charge(state: State, bytes: number): void {
    if (!state.strict) return;
    state.left -= bytes;
    if (state.left < 0) throw tooLarge;
  }

  function resolve(state: State, value: unknown, depth: number): unknown {
    if (typeof value !== "object" || value === null) {
      if (state.strict) checkPrimitive(state, value);
      return value;
    }
    const known = state.records.get(value);
    if (known !== undefined) return known ?? resolveError(state, value as ErrorRecord, depth);
    if (state.seen.has(value)) {
      charge(state, 8);
      return value;
    }
    if (depth > maxDepth) throw malformed;
    state.seen.set(value, true);
    charge(state, 16);
    const kind = realm.classify(value);
    if (typeof kind === "object") throw malformed;
    switch (kind) {
      case "array":
        charge(state, (value as unknown[]).length);
        resolveMembers(state, value, depth);
        break;
      case "plain":
        resolveMembers(state, value, depth);
        break;
      case "map":
        resolveMap(state, value, depth);
        break;
      case "set":
        resolveSet(state, value, depth);
        break;
      default:
        if (state.strict) checkLeafObject(state, value, kind);
    }
    return value;
  }

  function checkPrimitive(state: State, value: unknown): void {
    switch (typeof value) {
      case "string":
        return charge(state, 8 + realm.textBytes(value));
      case "bigint": {
        const size = value < 0n ? -value : value;
        if (size >= 1n << 65536n) throw malformed;
        return charge(state, size < 1n << 64n ? 16 : size < 1n << 4096n ? 528 : 8208);
      }
      case "function":
      case "symbol":
        throw malformed;
      default:
        return charge(state, 8);
    }
  }

  function checkLeafObject(state: State, value: object, kind: string): void {
    switch (kind) {
      case "error":
        // Errors cross as records.
        throw malformed;
      case "view":
        if (p.views[p.typedArrayTag(value) ?? "DataView"] === undefined) throw malformed;
        return charge(state, (value as ArrayBufferView).byteLength);
      case "buffer":
        return charge(state, p.bufferByteLength(value));
      case "string":
        return charge(state, realm.textBytes(p.stringValue(value)));
      case "bigint":
        return checkPrimitive(state, p.bigintValue(value));
      case "regexp":
        return charge(state, realm.textBytes(p.regexpSource(value)));
      default:
        return undefined;
    }
  }

  function isDigit(letter: string | undefined): boolean {
    return letter !== undefined && letter >= "0" && letter <= "9";
  }

  function resolveMembers(state: State, value: object, depth: number): void {
    const keys = p.keys(value);
    const isList = p.isArray(value);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (state.strict) {
        if (key === "__proto__") throw malformed;
        // The places of an array are paid for with its length, as where it was copied.
        if (!isList || !isDigit(key[0])) charge(state, realm.textBytes(key));
      }
      const before = (value as { [key: string]: unknown })[key];
      const after = resolve(state, before, depth + 1);
      // The property is the object's own, so that no setter of a prototype can be met.
      if (after !== before && before === before) (value as { [key: string]: unknown })[key] = after;
    }
  }

  // Rebuilt only when something changed, in the same order.
  function resolveMap(state: State, map: object, depth: number): void {
    charge(state, p.mapSize(map) * 16);
    const entries = p.list<unknown>();
    let changed = false;
    const iterator = p.mapEntries(map);
    for (let step = p.mapNext(iterator); step.done !== true; step = p.mapNext(iterator)) {
      const entry = step.value as readonly [unknown, unknown];
      const at = entries.length;
      entries[at] = resolve(state, entry[0], depth + 1);
      entries[at + 1] = resolve(state, entry[1], depth + 1);
      changed ||= isNew(entries[at], entry[0]) || isNew(entries[at + 1], entry[1]);
    }
    if (!changed) return;
    p.mapClear(map);
    for (let i = 0; i < entries.length; i += 2) p.mapSet(map, entries[i], entries[i + 1]);
  }

  function resolveSet(state: State, set: object, depth: number): void {
    charge(state, p.setSize(set) * 8);
    const members = p.list<unknown>();
    let changed = false;
    const iterator = p.setValues(set);
    for (let step = p.setNext(iterator); step.done !== true; step = p.setNext(iterator)) {
      const member = resolve(state, step.value, depth + 1);
      changed ||= isNew(member, step.value);
      members[members.length] = member;
    }
    if (!changed) return;
    p.setClear(set);
    for (let i = 0; i < members.length; i++) p.setAdd(set, members[i]);
  }

  /** NaN is never equal to itself, and is never replaced either. */
  function isNew(after: unknown, before: unknown): boolean {
    return after !== before && before === before;
  }

  function resolveError(state: State, record: ErrorRecord, depth: number): Error {
    if (depth > maxDepth) throw malformed;
    if (state.strict) checkRecord(state, record);
    const error = realm.makeError(record);
    state.records.set(record, error);
    if (p.hasOwn(record, "cause")) define(error, "cause", resolve(state, record.cause, depth + 1), false);
    if (p.hasOwn(record, "errors")) define(error, "errors", resolve(state, record.errors, depth + 1), false);
    const data: unknown = p.hasOwn(record, "data") ? record.data : undefined;
    if (typeof data !== "object" || data === null) return error;
    const keys = p.keys(data);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (state.strict && (key === "__proto__" || key === "stack")) throw malformed;
      charge(state, realm.textBytes(key));
      define(error, key, resolve(state, (data as { [key: string]: unknown })[key], depth + 1), true);
    }
    return error;
  }

  function checkRecord(state: State, record: ErrorRecord): void {
    const {
      class: className,
      name,
      message,
      code,
    } = record as unknown as { readonly [key: string]: unknown };
    if (typeof className !== "string" || typeof message !== "string") throw malformed;
    if (name !== undefined && typeof name !== "string") throw malformed;
    if (code !== undefined && typeof code !== "string") throw malformed;
    charge(state, 48 + realm.textBytes(message) + realm.textBytes(name ?? "") + realm.textBytes(code ?? ""));
  }

  function define(target: object, key: string, value: unknown, enumerable: boolean): void {
    p.defineProperty(target, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable,
      configurable: true,
    } as PropertyDescriptor);
  }

  return {
    malformed,
    tooLarge,
    revive(parcel) {
      // Own keys only: what is absent would be looked up on a prototype the guest can write to.
      if (!p.hasOwn(parcel, "errors")) return parcel.value;
      return resolve(open(parcel, false, 0), parcel.value, 0);
    },
    check(parcel, maxBytes) {
      const state = open(parcel, true, maxBytes);
      const value = resolve(state, parcel.value, 0);
      return { value, bytes: maxBytes - state.left };
    },
  };
}
