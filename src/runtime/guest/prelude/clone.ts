/**
 * Clone: the sending half of the marshal, and the closed list of what may cross. Structured clone written in JavaScript, so that
 * a payload is counted, refused by path and copied to its exact range before it costs the other side anything, and so that
 * what is sent is the copy that was checked (an accessor or a proxy may answer differently the second time).
 *
 * Keeps out: who the values belong to. `classify` answers that for a realm. Self-contained: part of the prelude.
 */
import type { ErrorRecord } from "../../seam.ts";
import type { CloneState, makeCharge, Refusal } from "./charge.ts";
import type { makeCloneBytes } from "./clone-bytes.ts";
import type { makeCloneError } from "./clone-error.ts";
import type { CloneRealm, Kind } from "./kind.ts";
import type { Measure } from "./measure.ts";
import type { AnyView, Primordials } from "./primordials.ts";

/** `refusal` is there always, because an absent key would be looked up on a prototype the guest can write to. */
export interface Cloned {
  readonly refusal: Refusal | undefined;
  readonly value: unknown;
  readonly errors: ErrorRecord[] | undefined;
  /** What the copy was counted with. */
  readonly bytes: number;
}

export interface Clone {
  /** The copy, or the reason why there is none; throws only what an accessor of the value threw. */
  clone(value: unknown, maxBytes: number): Cloned;
}

/** What the clone is made of beside its own walk. */
export interface CloneParts {
  readonly makeCharge: typeof makeCharge;
  readonly makeCloneBytes: typeof makeCloneBytes;
  readonly makeCloneError: typeof makeCloneError;
}

export function makeClone(p: Primordials, realm: CloneRealm, measure: Measure, parts: CloneParts): Clone {
  const { textBytes, regexpCost, maxRegexpCost } = measure;
  const charging = parts.makeCharge(p);
  const { charge, overdrawn, notClonable, refuseProto } = charging;
  const { copyBuffer, copyView } = parts.makeCloneBytes(p, charging, realm.copiesBuffers);
  const copyError = parts.makeCloneError(p, { charging, measure, readError: realm.readError, copy });
  /** Deeper data overflows recursive code, ours on the guest's small stack first; no honest payload is near it. */
  const maxDepth = 500;
  /** 8 KiB. Turning a bigint into text takes quadratic time: 16 MB block a host for 25 seconds. */
  const hugeBigint = 1n << 65536n;
  const largeBigint = 1n << 4096n;
  const smallBigint = 1n << 64n;

  function copy(state: CloneState, value: unknown, depth: number): unknown {
    switch (typeof value) {
      case "undefined":
      case "boolean":
      case "number":
        charge(state, depth, 8);
        return value;
      case "string":
        charge(state, depth, 8 + textBytes(value));
        return value;
      case "bigint": {
        const size = value < 0n ? -value : value;
        if (size >= hugeBigint) notClonable(state, depth, "a bigint of more than 65536 bits");
        charge(state, depth, size < smallBigint ? 16 : size < largeBigint ? 528 : 8208);
        return value;
      }
      case "function":
        return notClonable(state, depth, "a function");
      case "symbol":
        return notClonable(state, depth, "a symbol");
      default:
        if (value === null) {
          charge(state, depth, 8);
          return null;
        }
        return copyObject(state, value as object, depth);
    }
  }

  function copyObject(state: CloneState, value: object, depth: number): unknown {
    const known = state.seen.get(value);
    if (known !== undefined) {
      charge(state, depth, 8);
      return known;
    }
    if (depth > maxDepth) notClonable(state, 6, `data nested deeper than ${maxDepth} levels`);
    charge(state, depth, 16);
    const kind = realm.classify(value);
    if (typeof kind === "object") return notClonable(state, depth, kind.refused);
    switch (kind) {
      case "plain": {
        // Spread reads every accessor once and makes own data properties, so that writing to them below can meet no setter.
        const out = { ...(value as { [key: string]: unknown }) };
        state.seen.set(value, out);
        copyMembers(state, out, depth);
        return out;
      }
      case "array":
        return copyArray(state, value as unknown[], depth);
      case "map":
        return copyMap(state, value, depth);
      case "set":
        return copySet(state, value, depth);
      case "error":
        return copyError(state, value, depth);
      case "view":
        return copyView(state, value as AnyView, depth);
      case "buffer":
        return copyBuffer(state, value as ArrayBuffer, depth);
      default: {
        const out = copyLeafObject(state, value, kind, depth);
        state.seen.set(value, out);
        return out;
      }
    }
  }

  function copyLeafObject(state: CloneState, value: object, kind: Kind, depth: number): object {
    switch (kind) {
      case "date":
        return new p.Date(p.dateValue(value));
      case "regexp": {
        const source = p.regexpSource(value);
        charge(state, depth, textBytes(source));
        state.regexpCost += regexpCost(source);
        if (state.regexpCost > maxRegexpCost)
          notClonable(
            state,
            depth,
            "more than 4096 characters of regular expressions (`\\p{…}` counts more)",
          );
        let flags = "";
        for (let i = 0; i < 8; i++) {
          const has = p.regexpFlags[i];
          if (has !== undefined && has(value)) flags += "dgimsuvy"[i];
        }
        return new p.RegExp(source, flags);
      }
      case "number":
        return p.toObject(p.numberValue(value));
      case "boolean":
        return p.toObject(p.booleanValue(value));
      case "string": {
        const text = p.stringValue(value);
        charge(state, depth, textBytes(text));
        return p.toObject(text);
      }
      default:
        return p.toObject(copy(state, p.bigintValue(value), depth));
    }
  }

  /** Replaces what must be copied in an object that already is a copy. */
  function copyMembers(state: CloneState, out: { [key: string]: unknown }, depth: number): void {
    const keys = p.keys(out);
    const count = keys.length;
    for (let i = 0; i < count; i++) {
      const key = keys[i] as string;
      const member = out[key];
      switch (typeof member) {
        case "number":
        case "boolean":
        case "undefined":
          state.left -= 8 + textBytes(key);
          break;
        case "string":
          state.left -= 8 + textBytes(key) + textBytes(member);
          break;
        default: {
          state.keys[depth] = key;
          state.left -= textBytes(key);
          // Straight to the object: a frame less on the way down.
          const copied =
            typeof member === "object" && member !== null
              ? copyObject(state, member, depth + 1)
              : copy(state, member, depth + 1);
          if (copied !== member) out[key] = copied;
        }
      }
      if (key === "__proto__") refuseProto(state, key, depth);
      if (state.left < 0) overdrawn(state, key, depth);
    }
  }

  function copyArray(state: CloneState, value: readonly unknown[], depth: number): unknown {
    // Every slot costs, holes too: `a.length = 2 ** 32 - 1` is a few bytes here and a frozen loop over there.
    const claimed: unknown = value.length;
    if (typeof claimed === "number" && claimed > 0) charge(state, depth, claimed);
    // Reads every index once, into a true array that asks nobody for its class.
    const out = p.arrayCopy(value);
    // A proxy may tell everyone who asks another length; only the copy's is true.
    const { length } = out;
    if (length !== claimed) charge(state, depth, length);
    state.seen.set(value, out);
    let present = 0;
    for (let i = 0; i < length; i++) {
      const member = out[i];
      switch (typeof member) {
        case "number":
        case "boolean":
          state.left -= 8;
          break;
        case "string":
          state.left -= 8 + textBytes(member);
          break;
        case "undefined":
          if (!p.hasOwn(value, i)) {
            delete out[i];
            continue;
          }
          state.left -= 8;
          break;
        default: {
          state.keys[depth] = i;
          const copied =
            typeof member === "object" && member !== null
              ? copyObject(state, member, depth + 1)
              : copy(state, member, depth + 1);
          if (copied !== member) out[i] = copied;
        }
      }
      present++;
      if (state.left < 0) overdrawn(state, i, depth);
    }
    const keys = p.keys(value);
    if (keys.length > present) copyExtras(state, value, keys, present, out, depth);
    // An index among them, which only a proxy or an accessor can bring in, makes the array longer.
    if (out.length !== length) charge(state, depth, out.length - length);
    return out;
  }

  /** Named properties of an array, as the result of a match has them. They come after all indices. */
  function copyExtras(
    state: CloneState,
    value: object,
    keys: readonly string[],
    from: number,
    out: object,
    depth: number,
  ): void {
    for (let i = from; i < keys.length; i++) {
      const key = keys[i] as string;
      if (key === "__proto__") refuseProto(state, key, depth);
      if (p.hasOwn(out, key)) continue;
      state.keys[depth] = key;
      charge(state, depth, textBytes(key));
      define(out, key, copy(state, (value as { [key: string]: unknown })[key], depth + 1));
    }
  }

  function define(target: object, key: string, value: unknown): void {
    p.defineProperty(target, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    } as PropertyDescriptor);
  }

  // Entries are listed first: an accessor inside a value may change the map while it is being copied.
  function copyMap(state: CloneState, value: object, depth: number): unknown {
    const size = p.mapSize(value);
    charge(state, depth, size * 16);
    const out = new p.Map();
    state.seen.set(value, out);
    const entries = p.list<unknown>();
    const iterator = p.mapEntries(value);
    for (let step = p.mapNext(iterator); step.done !== true; step = p.mapNext(iterator)) {
      const entry = step.value as readonly [unknown, unknown];
      const at = entries.length;
      entries[at] = entry[0];
      entries[at + 1] = entry[1];
    }
    for (let i = 0; i < entries.length; i += 2) {
      state.keys[depth] = `<key ${i / 2}>`;
      const key = copy(state, entries[i], depth + 1);
      state.keys[depth] = `<value ${i / 2}>`;
      p.mapSet(out, key, copy(state, entries[i + 1], depth + 1));
    }
    return out;
  }

  function copySet(state: CloneState, value: object, depth: number): unknown {
    charge(state, depth, p.setSize(value) * 8);
    const out = new p.Set();
    state.seen.set(value, out);
    const members = p.list<unknown>();
    const iterator = p.setValues(value);
    for (let step = p.setNext(iterator); step.done !== true; step = p.setNext(iterator)) {
      members[members.length] = step.value;
    }
    for (let i = 0; i < members.length; i++) {
      state.keys[depth] = `<member ${i}>`;
      p.setAdd(out, copy(state, members[i], depth + 1));
    }
    return out;
  }

  return {
    clone(value, maxBytes) {
      const state = charging.start(maxBytes);
      try {
        const out = copy(state, value, 0);
        return { refusal: undefined, value: out, errors: state.errors, bytes: maxBytes - state.left };
      } catch (error) {
        if (error !== charging.stop || state.refusal === undefined) throw error;
        return { refusal: state.refusal, value: undefined, errors: undefined, bytes: 0 };
      }
    },
  };
}
