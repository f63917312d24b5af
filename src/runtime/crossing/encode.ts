/**
 * Encode: a value becomes words and a text. One walk does everything that must be done on the sender's side: it reads each accessor once,
 * copies bytes to their exact range, counts what the payload costs, knows the path for a refusal, and keeps what is shared shared.
 * Nothing is refused at a cost beyond the limit, and what was counted is what is sent.
 *
 * Keeps out: who the values belong to. A realm answers that. Self-contained: part of the prelude.
 */
import type { Format } from "./format.ts";
import type { Kind, Realm } from "./kind.ts";
import type { Measure } from "./measure.ts";
import type { AnyView, Primordials } from "./primordials.ts";
import type { Refusal, WordRefusal } from "./refusal.ts";

/** `refusal` is there always, because an absent key would be looked up on a prototype the guest can write to. */
export interface Encoded {
  readonly refusal: Refusal | undefined;
  /** The first `count` of these are the value's; they are overwritten by the next call. */
  readonly words: Int32Array<ArrayBuffer>;
  readonly count: number;
  readonly text: string;
  /** The bytes of all buffers, in pieces; large pieces are buffers of the value itself. Absent when there are none. */
  readonly bytes: readonly ArrayBuffer[] | undefined;
  /** What the payload counts, as long as its text is Latin-1. */
  readonly cost: number;
}

/** Encodes a value that may cost at most `maxCost`. Throws only what an accessor of the value threw. */
export type Encode = (value: unknown, maxCost: number) => Encoded;

export interface EncodeParts {
  readonly format: Format;
  readonly realm: Realm;
  readonly measure: Measure;
  readonly refuse: WordRefusal;
  /** Whether large buffers are copied here: not where they leave at once and nothing can change their length. */
  readonly copiesBuffers: boolean;
}

export function makeEncode(p: Primordials, parts: EncodeParts): Encode {
  const { format, realm, measure, refuse, copiesBuffers } = parts;
  const { tag, constant, rare, errorPart, price } = format;
  const { keys: keysOf, hasOwn } = p;
  const { classify, inside } = realm;
  const startWords = 1024;
  /** Few objects are found faster in a list than in a map. */
  const fewObjects = 32;
  const fewNames = 32;
  /** Shapes that are compared with the next object's: rows of a list have one or few. */
  const recentShapes = 8;
  /** Larger buffers are pieces of their own, smaller ones share one. */
  const largeBuffer = 16384;
  const pieceBytes = 65536;
  const stop = p.freeze({ __proto__: null });
  /** More would be no whole number any more. */
  const noLimit = 2147483647;
  const smallest = -134217728;
  const largest = 134217727;
  const hugeBigint = 1n << 65536n;
  const least64 = -(1n << 63n);
  const most64 = (1n << 63n) - 1n;

  const double = new p.Float64Array(1);
  const halves = new p.Int32Array(p.typedArrayBuffer(double));
  const bits64 = new p.BigInt64Array(p.typedArrayBuffer(double));

  interface Shape {
    readonly keys: readonly string[];
    readonly number: number;
    /** What an object of this shape costs, beside its values. */
    readonly cost: number;
  }

  let words = new p.Int32Array(startWords);
  // Beside the array: its own `length` is an accessor of a prototype, which the guest can replace.
  let capacity = startWords;
  let count = 0;
  let text = "";
  /** What the value may cost, and what is left of it. */
  let most = 0;
  let left = 0;
  /** The way to the value at hand; only steps that lead to objects, or to a refusal, are written down. */
  const steps = p.list<string | number>();
  let refusal: Refusal | undefined;

  const objects = p.list<object | undefined>();
  let objectCount = 0;
  let objectMap = p.safeMap<object, number>();
  const names = p.list<string>();
  let nameCount = 0;
  let nameMap = p.safeMap<string, number>();
  const shapes = p.list<Shape>();
  let shapeCount = 0;
  let longKeys = 0;
  let regexpCost = 0;

  let pieces: ArrayBuffer[] | undefined;
  /** The piece that small buffers are collected in, and how much of it is taken. */
  let piece = new p.Uint8Array(0);
  let pieceRoom = 0;
  let taken = 0;

  /** In use: an accessor of a value has called a binding with another. */
  let busy = false;
  let inner: Encode | undefined;

  function put(word: number): void {
    if (count === capacity) {
      capacity *= 2;
      const longer = new p.Int32Array(capacity);
      p.typedArraySet(longer, words, 0);
      words = longer;
    }
    words[count++] = word;
  }

  function charge(cost: number, depth: number): void {
    left -= cost;
    if (left < 0) overdrawn(depth);
  }

  // Which argument it was is worth saying; where in it the limit was met is chance.
  function overdrawn(depth: number): never {
    refusal = refuse(
      "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
      steps,
      depth > 0 ? 1 : 0,
      `the payload is larger than the limit of ${most} bytes`,
    );
    throw stop;
  }

  /** Letters count twice because some are wide; of several members it is not one that has too many. */
  function overdrawnByLetters(value: unknown): never {
    const keys = typeof value === "object" && value !== null ? keysOf(value) : p.list<string>();
    if (keys.length === 1) steps[0] = p.isArray(value) ? 0 : (keys[0] as string);
    overdrawn(keys.length === 1 ? 1 : 0);
  }

  function notClonable(what: string, depth: number): never {
    refusal = refuse("ERR_BINDING_NOT_CLONABLE", steps, depth, `${what} cannot cross`);
    throw stop;
  }

  function putNumber(value: number): void {
    if ((value | 0) === value && value >= smallest && value <= largest && (value !== 0 || 1 / value > 0)) {
      put(value << 4);
      return;
    }
    put(tag.double);
    putDouble(value);
  }

  function putDouble(value: number): void {
    double[0] = value;
    put(halves[0] as number);
    put(halves[1] as number);
  }

  function putText(value: string): void {
    put((value.length << 4) | tag.text);
    text += value;
  }

  function putBigint(value: bigint, depth: number): void {
    const size = value < 0n ? -value : value;
    if (size >= hugeBigint) notClonable("a bigint of more than 65536 bits", depth);
    if (value >= least64 && value <= most64) {
      charge(price.bigint, depth);
      put((rare.bigint64 << 4) | tag.rare);
      bits64[0] = value;
      put(halves[0] as number);
      put(halves[1] as number);
      return;
    }
    // Digits of 16 cost as much as there are of them; those of 10 their square.
    const digits = p.bigintToString(size, 16);
    charge(price.bigint + digits.length, depth);
    put(((value < 0n ? rare.negativeBigint : rare.bigint) << 4) | tag.rare);
    putText(digits);
  }

  function putValue(value: unknown, depth: number): void {
    switch (typeof value) {
      case "number":
        charge(price.value, depth);
        return putNumber(value);
      case "string":
        charge(price.value + value.length, depth);
        return putText(value);
      case "boolean":
        charge(price.value, depth);
        return put(((value ? constant.true : constant.false) << 4) | tag.constant);
      case "undefined":
        charge(price.value, depth);
        return put((constant.undefined << 4) | tag.constant);
      case "bigint":
        return putBigint(value, depth);
      case "function":
        return notClonable("a function", depth);
      case "symbol":
        return notClonable("a symbol", depth);
      default:
        if (value !== null) return putObject(value as object, depth);
        charge(price.value, depth);
        return put((constant.null << 4) | tag.constant);
    }
  }

  /** The number of an object that was here before, or -1; from now on it was. */
  function remember(value: object): number {
    if (objectCount <= fewObjects) {
      for (let i = 0; i < objectCount; i++) if (objects[i] === value) return i;
      if (objectCount < fewObjects) {
        objects[objectCount++] = value;
        return -1;
      }
      for (let i = 0; i < objectCount; i++) objectMap.set(objects[i] as object, i);
    }
    const known = objectMap.get(value);
    if (known !== undefined) return known;
    objectMap.set(value, objectCount++);
    return -1;
  }

  function putObject(value: object, depth: number): void {
    const known = remember(value);
    if (known >= 0) {
      charge(price.value, depth);
      return put((known << 4) | tag.again);
    }
    if (depth > format.maxDepth) notClonable(`data nested deeper than ${format.maxDepth} levels`, 6);
    const kind = classify(value);
    switch (kind) {
      case "plain": {
        const keys = keysOf(value);
        if (keys.length > 0) return putMembers(value, keys, depth);
        // A built-in that has lost its prototype has no properties either.
        const hidden = inside(value);
        return hidden === "plain" ? putMembers(value, keys, depth) : putKind(value, hidden, depth);
      }
      default:
        return putKind(value, kind, depth);
    }
  }

  function putKind(value: object, kind: Kind, depth: number): void {
    if (typeof kind === "object") return notClonable(kind.refused, depth);
    switch (kind) {
      case "plain":
        return putMembers(value, keysOf(value), depth);
      case "array":
        return putArray(value as readonly unknown[], depth);
      case "view":
        return putView(value as AnyView, depth);
      case "buffer":
        return putBuffer(value as ArrayBuffer, depth);
      case "map":
        return putMap(value, depth);
      case "set":
        return putSet(value, depth);
      case "error":
        return putError(value, depth);
      case "date":
        charge(price.date, depth);
        put((rare.date << 4) | tag.rare);
        return putDouble(p.dateValue(value));
      case "regexp":
        return putRegexp(value, depth);
      case "temporal":
        return putTemporal(value, depth);
      default:
        charge(price.object, depth);
        put((rare.boxed << 4) | tag.rare);
        if (kind === "number") return putValue(p.numberValue(value), depth);
        if (kind === "boolean") return putValue(p.booleanValue(value), depth);
        if (kind === "string") return putValue(p.stringValue(value), depth);
        return putValue(p.bigintValue(value), depth);
    }
  }

  // --- objects ---

  function isShape(shape: Shape, keys: readonly string[]): boolean {
    const known = shape.keys;
    if (known.length !== keys.length) return false;
    for (let i = 0; i < keys.length; i++) if (known[i] !== keys[i]) return false;
    return true;
  }

  function putShape(keys: readonly string[], depth: number): void {
    const recent = shapeCount < recentShapes ? shapeCount : recentShapes;
    for (let i = 1; i <= recent; i++) {
      const shape = shapes[(shapeCount - i) % recentShapes] as Shape;
      if (!isShape(shape, keys)) continue;
      charge(shape.cost, depth);
      return put((shape.number << 4) | tag.object);
    }
    put((keys.length << 4) | tag.shape);
    let cost: number = price.object;
    charge(cost, depth);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (key === "__proto__") {
        steps[depth] = key;
        notClonable("an own property of this name", depth + 1);
      }
      putName(key, depth);
      if (measure.arrayIndex(key) >= 0) cost += price.indexName;
    }
    shapes[shapeCount % recentShapes] = { keys, number: shapeCount, cost };
    shapeCount++;
  }

  function putName(name: string, depth: number): void {
    let number = -1;
    if (nameCount <= fewNames) {
      for (let i = 0; i < nameCount && number < 0; i++) if (names[i] === name) number = i;
    } else number = nameMap.get(name) ?? -1;
    if (number >= 0) {
      charge(price.value, depth);
      return put((number << 4) | tag.again);
    }
    charge(price.newName + name.length, depth);
    if (name.length > format.longestHashed) chargeLongKey(name, depth);
    if (nameCount === fewNames) for (let i = 0; i < nameCount; i++) nameMap.set(names[i] as string, i);
    if (nameCount < fewNames) names[nameCount] = name;
    else nameMap.set(name, nameCount);
    nameCount++;
    putText(name);
  }

  function chargeLongKey(key: string, depth: number): void {
    charge((longKeys++ * key.length) / 64, depth);
  }

  function putMembers(value: object, keys: readonly string[], depth: number): void {
    putShape(keys, depth);
    const { length } = keys;
    for (let i = 0; i < length; i++) {
      const key = keys[i] as string;
      const member = (value as { readonly [key: string]: unknown })[key];
      switch (typeof member) {
        case "number":
          left -= price.value;
          putNumber(member);
          break;
        case "string":
          left -= price.value + member.length;
          if (left >= 0) putText(member);
          break;
        case "undefined":
          left -= price.value;
          // An accessor before it may have taken it away.
          put(hasOwn(value, key) ? (constant.undefined << 4) | tag.constant : (1 << 4) | tag.missing);
          break;
        default:
          steps[depth] = key;
          putValue(member, depth + 1);
      }
      if (left < 0) {
        steps[depth] = key;
        overdrawn(depth + 1);
      }
    }
  }

  // --- arrays ---

  // Every place costs, holes too: `a.length = 2 ** 32 - 1` is a few bytes here and a frozen loop over there.
  function putArray(value: readonly unknown[], depth: number): void {
    const claimed: unknown = value.length;
    // Only a proxy can say anything else.
    const length = typeof claimed === "number" && claimed >= 0 && claimed <= 4294967295 ? claimed >>> 0 : 0;
    charge(price.object + length * price.value, depth);
    left += length * price.value;
    const keys = keysOf(value);
    const isDense = length === 0 || keys[length - 1] === `${length - 1}`;
    const hasMore = isDense ? keys.length > length : hasNames(keys, length);
    put((length << 4) | (hasMore ? tag.listed : tag.array));
    let at = 0;
    let key = 0;
    while (at < length) {
      const next = isDense ? at : indexAt(keys, key, at, length);
      if (next > at) {
        charge((next - at) * price.value, depth);
        put(((next - at) << 4) | tag.missing);
        at = next;
        continue;
      }
      putElement(value, at, depth);
      at++;
      key++;
    }
    if (hasMore) putNamed(value, keys, depth);
  }

  /** The first index from `key` on, at least `at` and below `length`; `length` when there is none. */
  function indexAt(keys: readonly string[], key: number, at: number, length: number): number {
    if (key >= keys.length) return length;
    const index = measure.arrayIndex(keys[key] as string);
    return index >= at && index < length ? index : length;
  }

  function hasNames(keys: readonly string[], length: number): boolean {
    // Names come after all indices.
    if (keys.length === 0) return false;
    const index = measure.arrayIndex(keys[keys.length - 1] as string);
    return index < 0 || index >= length;
  }

  function putElement(value: readonly unknown[], at: number, depth: number): void {
    const member = value[at];
    switch (typeof member) {
      case "number":
        left -= price.value;
        putNumber(member);
        break;
      case "string":
        left -= price.value + member.length;
        if (left >= 0) putText(member);
        break;
      case "undefined":
        left -= price.value;
        put(hasOwn(value, at) ? (constant.undefined << 4) | tag.constant : (1 << 4) | tag.missing);
        break;
      default:
        steps[depth] = at;
        putValue(member, depth + 1);
    }
    if (left < 0) {
      steps[depth] = at;
      overdrawn(depth + 1);
    }
  }

  /** Named properties of an array, as the result of a match has them. */
  function putNamed(value: object, keys: readonly string[], depth: number): void {
    const named = p.list<string>();
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (measure.arrayIndex(key) < 0) named[named.length] = key;
    }
    putMembers(value, named, depth);
  }

  // --- collections ---

  // Entries are listed first: an accessor inside a value may change the collection while it is being sent.
  function putMap(value: object, depth: number): void {
    const size = p.mapSize(value);
    charge(price.collection + size * (price.entry + 2 * price.value), depth);
    left += size * 2 * price.value;
    const entries = p.list<unknown>();
    const iterator = p.mapEntries(value);
    for (let step = p.mapNext(iterator); step.done !== true; step = p.mapNext(iterator)) {
      const entry = step.value as readonly [unknown, unknown];
      const at = entries.length;
      entries[at] = entry[0];
      entries[at + 1] = entry[1];
    }
    put(((entries.length / 2) << 4) | tag.map);
    for (let i = 0; i < entries.length; i += 2) {
      steps[depth] = `<key ${i / 2}>`;
      putKey(entries[i], depth + 1);
      steps[depth] = `<value ${i / 2}>`;
      putValue(entries[i + 1], depth + 1);
    }
  }

  function putSet(value: object, depth: number): void {
    const size = p.setSize(value);
    charge(price.collection + size * (price.entry + price.value), depth);
    left += size * price.value;
    const members = p.list<unknown>();
    const iterator = p.setValues(value);
    for (let step = p.setNext(iterator); step.done !== true; step = p.setNext(iterator)) {
      members[members.length] = step.value;
    }
    put((members.length << 4) | tag.set);
    for (let i = 0; i < members.length; i++) {
      steps[depth] = `<member ${i}>`;
      putKey(members[i], depth + 1);
    }
  }

  function putKey(key: unknown, depth: number): void {
    if (typeof key === "string" && key.length > format.longestHashed) chargeLongKey(key, depth);
    putValue(key, depth);
  }

  // --- bytes ---

  function putBuffer(value: ArrayBuffer, depth: number): void {
    if (p.bufferDetached(value) === true) notClonable("a detached ArrayBuffer", depth);
    const length = p.bufferByteLength(value);
    charge(price.buffer + length, depth);
    putBytes(length, value, 0);
  }

  function putBytes(length: number, from: ArrayBuffer, offset: number): void {
    put((length << 4) | tag.buffer);
    if (length === 0) return;
    if (length >= largeBuffer) {
      endPiece();
      addPiece(
        offset === 0 && length === p.bufferByteLength(from) && !copiesBuffers
          ? from
          : copyBytes(length, from, offset),
      );
      return;
    }
    if (taken + length > pieceRoom) {
      endPiece();
      pieceRoom = pieceRoom === 0 ? 1024 : pieceBytes;
      if (pieceRoom < length) pieceRoom = pieceBytes;
      piece = new p.Uint8Array(pieceRoom);
    }
    p.typedArraySet(piece, new p.Uint8Array(from, offset, length), taken);
    taken += length;
  }

  function copyBytes(length: number, from: ArrayBuffer, offset: number): ArrayBuffer {
    const copy = new p.Uint8Array(length);
    p.typedArraySet(copy, new p.Uint8Array(from, offset, length), 0);
    return p.typedArrayBuffer(copy);
  }

  /** What small buffers were collected in is a piece, of just their bytes. */
  function endPiece(): void {
    if (taken === 0) return;
    addPiece(copyBytes(taken, p.typedArrayBuffer(piece), 0));
    taken = 0;
  }

  function addPiece(buffer: ArrayBuffer): void {
    pieces ??= p.list<ArrayBuffer>();
    pieces[pieces.length] = buffer;
  }

  // A view of its whole buffer keeps sharing it. A view of a part takes that part and nothing else: beside it may lie
  // the secrets of other requests (`Buffer` cuts small buffers out of a shared pool).
  function putView(value: AnyView, depth: number): void {
    const name = p.typedArrayTag(value);
    const isTyped = name !== undefined;
    const number = isTyped ? viewNumber(name) : 0;
    if (number < 0) return notClonable(`a ${name}`, depth);
    const buffer = isTyped ? p.typedArrayBuffer(value) : p.dataViewBuffer(value);
    if (p.sharedArrayBufferPrototype !== null && isShared(buffer))
      notClonable("a view of a SharedArrayBuffer", depth);
    if (p.bufferDetached(buffer) === true) notClonable("a view of a detached ArrayBuffer", depth);
    const offset = isTyped ? p.typedArrayOffset(value) : p.dataViewOffset(value);
    const length = isTyped ? p.typedArrayByteLength(value) : p.dataViewByteLength(value);
    charge(price.view, depth);
    put((number << 4) | tag.view);
    put(isTyped ? p.typedArrayLength(value) : length);
    if (offset === 0 && length === p.bufferByteLength(buffer)) {
      const known = remember(buffer);
      if (known >= 0) return put((known << 4) | tag.again);
      return putBuffer(buffer, depth);
    }
    charge(price.buffer + length, depth);
    // A buffer of its own, which nothing else can mean; it takes a number all the same.
    remember(p.create(null) as object);
    putBytes(length, buffer, offset);
  }

  function viewNumber(name: string): number {
    for (let i = 1; i < format.views.length; i++) if (format.views[i] === name) return i;
    return -1;
  }

  function isShared(buffer: object): boolean {
    try {
      p.bufferByteLength(buffer);
      return false;
    } catch {
      return true;
    }
  }

  // --- the rest ---

  function putRegexp(value: object, depth: number): void {
    const source = p.regexpSource(value);
    charge(price.regexp + source.length, depth);
    regexpCost += measure.regexpCost(source);
    if (regexpCost > format.maxRegexpCost)
      notClonable("more than 4096 characters of regular expressions (`\\p{…}` counts more)", depth);
    let flags = 0;
    for (let i = 0; i < 8; i++) {
      const has = p.regexpFlags[i];
      if (has !== undefined && has(value)) flags |= 1 << i;
    }
    put((rare.regexp << 4) | tag.rare);
    put(flags);
    putText(source);
  }

  function putTemporal(value: object, depth: number): void {
    for (let i = 0; i < format.temporal.length; i++) {
      const iso = p.temporalText(format.temporal[i] as string, value);
      if (iso === undefined) continue;
      charge(price.temporal + iso.length, depth);
      put((rare.temporal << 4) | tag.rare);
      put(i);
      return putText(iso);
    }
    return notClonable("a value of Temporal that is none", depth);
  }

  function putError(value: object, depth: number): void {
    const view = realm.readError(value);
    charge(price.error, depth);
    let number = 0;
    for (let i = 0; i < format.errors.length; i++) if (format.errors[i] === view.class) number = i;
    const name = view.name === view.class ? undefined : view.name;
    const parts =
      (view.message === undefined ? 0 : errorPart.message) |
      (name === undefined ? 0 : errorPart.name) |
      (view.code === undefined ? 0 : errorPart.code) |
      (view.hasCause ? errorPart.cause : 0) |
      (view.hasErrors ? errorPart.errors : 0) |
      (view.keys.length > 0 ? errorPart.data : 0);
    put(((number | parts) << 4) | tag.error);
    if (view.message !== undefined) putErrorText(view.message, depth);
    if (name !== undefined) putErrorText(name, depth);
    if (view.code !== undefined) putErrorText(view.code, depth);
    if (view.hasCause) {
      steps[depth] = "cause";
      putValue(view.cause, depth + 1);
    }
    if (view.hasErrors) {
      steps[depth] = "errors";
      putValue(view.errors, depth + 1);
    }
    if (view.keys.length > 0) putMembers(view.data, view.keys, depth);
  }

  function putErrorText(value: string, depth: number): void {
    charge(value.length, depth);
    putText(value);
  }

  // --- from outside ---

  function reset(): void {
    count = 0;
    text = "";
    left = most;
    refusal = undefined;
    longKeys = 0;
    regexpCost = 0;
    nameCount = 0;
    objectCount = 0;
    shapeCount = 0;
    taken = 0;
  }

  /** Lets go of what the value was made of, and of memory that only a large one needed. */
  function release(): void {
    if (objectCount > fewObjects) objectMap = p.safeMap();
    for (let i = 0; i < objectCount && i < fewObjects; i++) objects[i] = undefined;
    if (nameCount > fewNames) nameMap = p.safeMap();
    text = "";
    pieces = undefined;
    if (capacity > 64 * startWords) {
      words = new p.Int32Array(startWords);
      capacity = startWords;
    }
  }

  return (value, maxCost) => {
    if (busy) return (inner ??= makeEncode(p, parts))(value, maxCost);
    busy = true;
    most = maxCost < noLimit ? maxCost : noLimit;
    reset();
    try {
      putValue(value, 0);
      // Letters beyond Latin-1 take two bytes. Only a text that could be too long is looked at.
      if (left < text.length && p.isWide(text)) overdrawnByLetters(value);
      endPiece();
      return { refusal: undefined, words, count, text, bytes: pieces, cost: most - left };
    } catch (error) {
      if (error !== stop || refusal === undefined) throw error;
      return { refusal, words, count: 0, text: "", bytes: undefined, cost: 0 };
    } finally {
      busy = false;
      release();
    }
  };
}
