/**
 * Clone: the sending half of the marshal, and the closed list of what may cross. Structured clone written in JavaScript, so that
 * a payload is counted, refused by path and copied to its exact range before it costs the other side anything, and so that
 * what is sent is the copy that was checked (an accessor or a proxy may answer differently the second time).
 *
 * Keeps out: who the values belong to. `classify` answers that for a realm. Self-contained: part of the prelude.
 */
import type { ErrorRecord } from "../../seam.ts";
import type { AnyView, Primordials, SafeMap } from "./primordials.ts";

/** What an object is, by what it holds inside rather than by what it looks like. */
export type Kind =
  | "plain"
  | "array"
  | "date"
  | "map"
  | "set"
  | "regexp"
  | "error"
  | "buffer"
  | "view"
  | "number"
  | "string"
  | "boolean"
  | "bigint"
  | Refused;

/** An object that cannot cross, and why, in words that finish "cannot cross". */
export interface Refused {
  readonly refused: string;
}

/** Why a value was not cloned. */
export interface Refusal {
  readonly code: "ERR_BINDING_NOT_CLONABLE" | "ERR_SANDBOX_PAYLOAD_TOO_LARGE";
  /** The first step from the root: the index of an argument, the name of an export. Absent at the root itself. */
  readonly head: string | number | undefined;
  /** The rest of the way, as an author would write it: `.rows[0].onClick`; empty at the head itself. */
  readonly path: string;
  /** A clause: `a function cannot cross`. */
  readonly reason: string;
}

/** `refusal` is there always, because an absent key would be looked up on a prototype the guest can write to. */
export interface Cloned {
  readonly refusal: Refusal | undefined;
  readonly value: unknown;
  readonly errors: ErrorRecord[] | undefined;
  /** What the copy was counted with. */
  readonly bytes: number;
}

/** How an error is read before its parts are cloned; absent parts do not cross. */
export interface ErrorView {
  readonly class: string;
  readonly name: string | undefined;
  readonly message: string;
  readonly code: string | undefined;
  readonly cause: unknown;
  readonly hasCause: boolean;
  readonly errors: unknown;
  readonly hasErrors: boolean;
  /** Keys of own data properties to send. */
  readonly keys: readonly string[];
}

export interface Clone {
  /** The copy, or the reason why there is none; throws only what an accessor of the value threw. */
  clone(value: unknown, maxBytes: number): Cloned;
  /** The bytes a string is counted with. */
  textBytes(text: string): number;
  /** What it costs to make a regular expression of this source; a payload may have `maxRegexpCost` of them together. */
  regexpCost(source: string): number;
}

export interface CloneRealm {
  classify(value: object): Kind;
  readError(error: object): ErrorView;
  /**
   * Whether bytes are copied here. Not where the message leaves at once and a buffer can neither change its length nor be
   * detached, as in the guest: the engine copies them anyway.
   */
  readonly copiesBuffers: boolean;
}

export function makeClone(p: Primordials, realm: CloneRealm): Clone {
  /** Deeper data overflows recursive code, ours on the guest's small stack first; no honest payload is near it. */
  const maxDepth = 500;
  /** 8 KiB. Turning a bigint into text takes quadratic time: 16 MB block a host for 25 seconds. */
  const hugeBigint = 1n << 65536n;
  const largeBigint = 1n << 4096n;
  const smallBigint = 1n << 64n;
  /** V8 compiles the sets of an expression when it is made, so for the receiver a few kilobytes can be seconds. */
  const maxRegexpCost = 4096;
  const stop = p.freeze({ __proto__: null });
  const wide = /[^\x00-\xff]/;
  const plainKey = /^[A-Za-z_$][\w$]*$/;

  interface State {
    left: number;
    regexpCost: number;
    errors: ErrorRecord[] | undefined;
    readonly seen: SafeMap<object, unknown>;
    readonly keys: (string | number)[];
    refusal: Refusal | undefined;
  }

  // V8 sends strings of Latin-1 letters with one byte a letter and all others with two. Short strings are not looked at: what
  // could be gained by it is less than the 8 bytes every value is counted with.
  function textBytes(text: string): number {
    const { length } = text;
    return length > 24 && p.regexpExec(wide, text) !== null ? length * 2 : length;
  }

  // Letters; a property of letters is a table of some hundred ranges, one of sequences (`RGI_Emoji`) of some thousand texts.
  function regexpCost(source: string): number {
    let cost = source.length;
    for (let i = 0; i < source.length && cost <= maxRegexpCost; i++) {
      if (source[i] !== "\\") continue;
      i++;
      if (source[i] !== "p" && source[i] !== "P") continue;
      cost += (source[i + 2] === "R" && source[i + 3] === "G") || source[i + 2] === "B" ? 2000 : 64;
    }
    return cost;
  }

  function refuse(state: State, depth: number, code: Refusal["code"], reason: string): never {
    let path = "";
    for (let i = 1; i < depth; i++) {
      const key = state.keys[i] as string | number;
      if (typeof key === "number") path += `[${key}]`;
      else if (p.regexpExec(plainKey, key) !== null) path += `.${key}`;
      else if (key[0] === "<") path += key;
      else path += `[${p.jsonStringify(key.length > 40 ? p.stringSlice(key, 0, 40) : key)}]`;
      // A path is for reading; the middle of a very deep one is not.
      if (path.length > 300) {
        path = `${p.stringSlice(path, 0, 300)}…`;
        break;
      }
    }
    state.refusal = { code, head: depth > 0 ? state.keys[0] : undefined, path, reason };
    throw stop;
  }

  function charge(state: State, depth: number, bytes: number): void {
    state.left -= bytes;
    if (state.left < 0) tooLarge(state, depth);
  }

  function overdrawn(state: State, key: string | number, depth: number): never {
    state.keys[depth] = key;
    return tooLarge(state, depth + 1);
  }

  function tooLarge(state: State, depth: number): never {
    // Which argument it was is worth saying; where in it the limit was met is chance.
    return refuse(
      state,
      depth > 0 ? 1 : 0,
      "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
      "the payload is larger than the limit",
    );
  }

  function notClonable(state: State, depth: number, what: string): never {
    return refuse(state, depth, "ERR_BINDING_NOT_CLONABLE", `${what} cannot cross`);
  }

  function copy(state: State, value: unknown, depth: number): unknown {
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

  function copyObject(state: State, value: object, depth: number): unknown {
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

  function copyLeafObject(state: State, value: object, kind: Kind, depth: number): object {
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
  function copyMembers(state: State, out: { [key: string]: unknown }, depth: number): void {
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

  function refuseProto(state: State, key: string, depth: number): never {
    state.keys[depth] = key;
    return notClonable(state, depth + 1, "an own property of this name");
  }

  function copyArray(state: State, value: readonly unknown[], depth: number): unknown {
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
    state: State,
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
  function copyMap(state: State, value: object, depth: number): unknown {
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

  function copySet(state: State, value: object, depth: number): unknown {
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

  function copyBuffer(state: State, value: ArrayBuffer, depth: number): ArrayBuffer {
    const known = state.seen.get(value);
    if (known !== undefined) return known as ArrayBuffer;
    if (p.bufferDetached(value) === true) notClonable(state, depth, "a detached ArrayBuffer");
    const bytes = p.bufferByteLength(value);
    charge(state, depth, bytes);
    let out = value;
    if (realm.copiesBuffers) {
      out = new p.ArrayBuffer(bytes);
      p.typedArraySet(new p.Uint8Array(out), new p.Uint8Array(value));
    }
    state.seen.set(value, out);
    return out;
  }

  // A view of its whole buffer keeps sharing it. A view of a part takes that part and nothing else: beside it may lie
  // the secrets of other requests (`Buffer` cuts small buffers out of a shared pool).
  function copyView(state: State, value: AnyView, depth: number): unknown {
    const tag = p.typedArrayTag(value);
    const isTyped = tag !== undefined;
    const View = p.views[tag ?? "DataView"];
    if (View === undefined) return notClonable(state, depth, `a ${tag} (copy it into a Float32Array first)`);
    const buffer = isTyped ? p.typedArrayBuffer(value) : p.dataViewBuffer(value);
    if (p.sharedArrayBufferPrototype !== null && isShared(buffer))
      return notClonable(state, depth, "a view of a SharedArrayBuffer");
    if (p.bufferDetached(buffer) === true)
      return notClonable(state, depth, "a view of a detached ArrayBuffer");
    const offset = isTyped ? p.typedArrayOffset(value) : p.dataViewOffset(value);
    const bytes = isTyped ? p.typedArrayByteLength(value) : p.dataViewByteLength(value);
    let out: AnyView;
    if (offset === 0 && bytes === p.bufferByteLength(buffer)) {
      const whole = copyBuffer(state, buffer, depth);
      out = whole === buffer && p.getPrototypeOf(value) === View.prototype ? value : new View(whole);
    } else {
      charge(state, depth, bytes);
      const exact = new p.Uint8Array(bytes);
      p.typedArraySet(exact, new p.Uint8Array(buffer, offset, bytes));
      out = new View(p.typedArrayBuffer(exact));
    }
    state.seen.set(value, out);
    return out;
  }

  function isShared(buffer: object): boolean {
    try {
      p.bufferByteLength(buffer);
      return false;
    } catch {
      return true;
    }
  }

  function copyError(state: State, value: object, depth: number): unknown {
    const view = realm.readError(value);
    const record = new p.Bare() as { -readonly [K in keyof ErrorRecord]: ErrorRecord[K] };
    state.seen.set(value, record);
    const errors = (state.errors ??= p.list<ErrorRecord>());
    errors[errors.length] = record;
    charge(state, depth, 64 + textBytes(view.message));
    record.class = view.class;
    record.message = view.message;
    if (view.name !== undefined && view.name !== view.class) {
      charge(state, depth, textBytes(view.name));
      record.name = view.name;
    }
    if (view.code !== undefined) {
      charge(state, depth, textBytes(view.code));
      record.code = view.code;
    }
    if (view.hasCause) {
      state.keys[depth] = "cause";
      record.cause = copy(state, view.cause, depth + 1);
    }
    if (view.hasErrors) {
      state.keys[depth] = "errors";
      record.errors = copy(state, view.errors, depth + 1);
    }
    if (view.keys.length > 0) {
      const data = new p.Bare();
      for (let i = 0; i < view.keys.length; i++) {
        const key = view.keys[i] as string;
        if (key === "__proto__") refuseProto(state, key, depth);
        state.keys[depth] = key;
        charge(state, depth, textBytes(key));
        data[key] = copy(state, (value as { [key: string]: unknown })[key], depth + 1);
      }
      record.data = data;
    }
    return record;
  }

  return {
    textBytes,
    regexpCost,
    clone(value, maxBytes) {
      const state: State = {
        left: maxBytes,
        regexpCost: 0,
        errors: undefined,
        seen: p.safeMap(),
        keys: p.list(),
        refusal: undefined,
      };
      try {
        const out = copy(state, value, 0);
        return { refusal: undefined, value: out, errors: state.errors, bytes: maxBytes - state.left };
      } catch (error) {
        if (error !== stop || state.refusal === undefined) throw error;
        return { refusal: state.refusal, value: undefined, errors: undefined, bytes: 0 };
      }
    },
  };
}
