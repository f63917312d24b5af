/**
 * Encodes a value as words and a text. One walk does everything that must be done on the sender's side: it reads each
 * accessor once, copies bytes to their exact range, counts what the payload costs, knows the path for a refusal, and keeps
 * what is shared shared. Nothing is refused at a cost beyond the limit, and what was counted is what is sent.
 *
 * Here are primitives and plain objects; everything else has a file beside this one. Keeps out: who the values belong to. A realm answers
 * that. Self-contained: part of the prelude.
 */
import type { BytesPart } from "./encode-bytes.ts";
import type { RarePart } from "./encode-rare.ts";
import type { Notes, Plan, Walk } from "./encode-walk.ts";
import type { encodeMakers } from "./makers.ts";
import type { Primordials } from "./primordials.ts";
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
  /** What a plan has found out about the value; until the next call. */
  readonly notes: Notes;
}

/**
 * Encodes a value that may cost at most `maxCost`: all of it, or what a plan writes of it. Throws only what an accessor of the value threw.
 */
export type Encode = (value: unknown, maxCost: number, plan?: Plan) => Encoded;

export interface EncodeParts extends Pick<Walk, "format" | "realm" | "measure" | "copiesBuffers"> {
  readonly refuse: WordRefusal;
  readonly makers: typeof encodeMakers;
}

export function makeEncode(p: Primordials, parts: EncodeParts): Encode {
  const { format, realm, measure, refuse, copiesBuffers, makers } = parts;
  const { tag, constant, price, maxDepth } = format;
  const { value: valuePrice } = price;
  const { text: textTag, constant: constantTag, double: doubleTag } = tag;
  const { keys: keysOf, hasOwn } = p;
  const { classify, inside } = realm;
  const startWords = 1024;
  const stop = p.freeze({ __proto__: null });
  /** More would take a number out of the small ones, with which V8 counts fastest. */
  const noLimit = 2147483647;
  const smallest = -134217728;
  const largest = 134217727;

  const double = new p.Float64Array(1);
  const halves = new p.Int32Array(p.typedArrayBuffer(double));

  let words = new p.Int32Array(startWords);
  // Beside the array: its own `length` is an accessor of a prototype, which the guest can replace.
  let capacity = startWords;
  let count = 0;
  let text = "";
  /** What the value may cost, and what is left of it. */
  let most = 0;
  let left = 0;
  const steps = p.list<string | number>();
  let refusal: Refusal | undefined;
  /** In use: an accessor of a value has called a binding with another. */
  let busy = false;
  let inner: Encode | undefined;

  const notes: Notes = { fits: true, drops: false, splits: false };
  const seen = makers.makeSeen(p, notes);
  const { remember } = seen;
  const walk: Walk = {
    p,
    format,
    realm,
    measure,
    copiesBuffers,
    steps,
    put,
    putText,
    putDouble,
    putValue,
    putObject,
    meets,
    putMembers,
    putMember,
    putArray: (value, depth, element, most, named) => putArray(value, depth, element, most, named),
    putRare: (value, kind, depth, key, entry) => rarePart().putRare(value, kind, depth, key, entry),
    putError: (view, depth, inside, plans) => rarePart().putError(view, depth, inside, plans),
    notes,
    remember,
    charge,
    afford,
    notClonable,
  };
  const names = makers.makeNames(walk);
  const { putShape } = names;
  const { putArray } = makers.makeArrays(walk);
  // Most values have none of these.
  let bytes: BytesPart | undefined;
  let rare: RarePart | undefined;
  const bytesPart = (): BytesPart => (bytes ??= makers.makeBytes(walk));

  function grow(): void {
    capacity *= 2;
    const longer = new p.Int32Array(capacity);
    p.typedArraySet(longer, words, 0);
    words = longer;
  }

  function put(word: number): void {
    if (count === capacity) grow();
    words[count++] = word;
  }

  function putText(value: string): void {
    put((value.length << 4) | tag.text);
    text += value;
  }

  function putDouble(value: number): void {
    double[0] = value;
    put(halves[0] as number);
    put(halves[1] as number);
  }

  function charge(cost: number, depth: number): void {
    left -= cost;
    if (left < 0) overdrawn(depth);
  }

  function afford(cost: number, depth: number): void {
    if (left < cost) overdrawn(depth);
  }

  // Which argument it was is worth saying; where in it the limit was met is chance.
  function overdrawn(depth: number): never {
    const reason = `the payload is larger than the limit of ${most} bytes`;
    refusal = refuse("ERR_SANDBOX_PAYLOAD_TOO_LARGE", steps, depth > 0 ? 1 : 0, reason);
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

  // Nothing is called here for what most values are, because most isolates end before the engine has made one function of them all.
  function putValue(value: unknown, depth: number, plan: Plan): void {
    let word = 0;
    switch (typeof value) {
      case "number":
        left -= valuePrice;
        if ((value | 0) !== value || value < smallest || value > largest || (value === 0 && 1 / value < 0)) {
          if (left < 0) overdrawn(depth);
          put(doubleTag);
          return putDouble(value);
        }
        word = value << 4;
        break;
      case "string":
        left -= valuePrice + value.length;
        word = (value.length << 4) | textTag;
        text += value;
        break;
      case "object":
        if (value !== null) return plan(value, depth, walk);
        left -= valuePrice;
        word = (constant.null << 4) | constantTag;
        break;
      case "boolean":
        left -= valuePrice;
        word = ((value ? constant.true : constant.false) << 4) | constantTag;
        break;
      case "undefined":
        left -= valuePrice;
        word = (constant.undefined << 4) | constantTag;
        break;
      case "bigint":
        return rarePart().putBigint(value, depth);
      default:
        return notClonable(`a ${typeof value}`, depth);
    }
    if (left < 0) overdrawn(depth);
    if (count === capacity) grow();
    words[count++] = word;
  }

  function rarePart(): RarePart {
    return (rare ??= makers.makeRare(walk, names, bytesPart));
  }

  function meets(value: object, plan: number, depth: number): boolean {
    const known = remember(value, plan);
    if (known >= 0) {
      charge(price.value, depth);
      put((known << 4) | tag.again);
      return true;
    }
    if (depth > maxDepth) notClonable(`data nested deeper than ${maxDepth} levels`, 6);
    return false;
  }

  function putObject(value: object, depth: number): void {
    if (meets(value, 0, depth)) return;
    let kind = classify(value);
    if (kind === "plain") {
      const keys = keysOf(value);
      // A built-in that has lost its prototype has no properties either.
      if (keys.length > 0 || (kind = inside(value)) === "plain") return putMembers(value, keys, depth);
    }
    if (kind === "array") return putArray(value as readonly unknown[], depth, putObject);
    rarePart().putRare(value, kind, depth, putObject, putObject);
  }

  function putMembers(value: object, keys: readonly string[], depth: number, plans?: readonly Plan[]): void {
    putShape(keys, depth);
    const { length } = keys;
    for (let i = 0; i < length; i++) {
      const key = keys[i] as string;
      const member = (value as { readonly [key: string]: unknown })[key];
      const plan = plans === undefined ? putObject : (plans[i] as Plan);
      if (member === undefined) putMember(member, value, key, depth, plan);
      else {
        steps[depth] = key;
        putValue(member, depth + 1, plan);
      }
    }
  }

  function putMember(member: unknown, owner: object, key: string | number, depth: number, plan: Plan): void {
    steps[depth] = key;
    // An accessor before it may have taken it away.
    if (member === undefined && !hasOwn(owner, key)) {
      charge(price.value, depth + 1);
      return put((1 << 4) | tag.missing);
    }
    putValue(member, depth + 1, plan);
  }

  /** Lets go of what the value was made of, and of memory that only a large one needed. */
  function release(): void {
    seen.release();
    names.release();
    if (bytes !== undefined) bytes.release();
    if (rare !== undefined) rare.release();
    text = "";
    if (capacity > 64 * startWords) {
      words = new p.Int32Array(startWords);
      capacity = startWords;
    }
  }

  return (value, maxCost, plan) => {
    if (busy) return (inner ??= makeEncode(p, parts))(value, maxCost, plan);
    busy = true;
    most = maxCost < noLimit ? maxCost : noLimit;
    left = most;
    count = 0;
    refusal = undefined;
    notes.fits = true;
    notes.drops = notes.splits = false;
    try {
      putValue(value, 0, plan ?? putObject);
      // Letters beyond Latin-1 take two bytes. Only a text that could be too long is looked at.
      if (left < text.length && p.isWide(text)) overdrawnByLetters(value);
      const pieces = bytes === undefined ? undefined : bytes.pieces();
      return { refusal: undefined, words, count, text, bytes: pieces, cost: most - left, notes };
    } catch (error) {
      if (error !== stop || refusal === undefined) throw error;
      return { refusal, words, count: 0, text: "", bytes: undefined, cost: 0, notes };
    } finally {
      busy = false;
      release();
    }
  };
}
