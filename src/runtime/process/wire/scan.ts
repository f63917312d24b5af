/**
 * Scan: looks through bytes in V8's encoding before anyone lets V8 read them. V8 checks lengths, but a lying worker may still ask for more than
 * its bytes: buffers that reserve gigabytes, expressions that compile for minutes. And what is no lie may be made to be slow: a
 * hundred thousand names nobody has seen, keys that all fall into one bucket.
 *
 * So every token is counted with what it costs the supervisor to read it, check it and send it back, and what our own frames never
 * hold is refused. Nesting is kept on a list, not on the stack.
 */
import { regexpCost } from "../../marshal/regexp-cost.ts";
import { Crowd, hashBigint, hashNumber } from "./crowd.ts";
import { MalformedFrame } from "./malformed.ts";
import { forgetNames, isNewName } from "./names.ts";
import { token } from "./token.ts";

/**
 * What things cost, in bytes: one is about 12 nanoseconds of a slow core, which makes four megabytes, the default limit of a payload,
 * fifty milliseconds. Measured on messages of nothing else; large texts and buffers are cheap for their size and not counted here.
 */
const cost = {
  simple: 12,
  object: 72,
  collection: 80,
  /** A buffer, and each view of it. */
  bytes: 110,
  /** The place of a key in a collection, beside the key. */
  entry: 30,
  bigint: 50,
  /** A property's name, when the message has it for the first time; the letters are counted beside it. */
  newName: 160,
  /** Every place of an array with holes: they are looked at one by one when it is sent back. */
  slot: 8,
  /** A name that is a number, which makes the object a table. */
  index: 150,
} as const;

/** For the objects around a value: parcel, list of errors, the end of a run with an error and its causes. */
const wrapperBytes = 16 * 1024;

/** The one that Node writes since its version 18. */
const oldestVersion = 15;

/** As in the marshal, which has refused more on the sending side. */
const maxRegexpCost = 4096;

/** What is open: whose members follow, and which of them are keys. */
type Open = "object" | "dense" | "sparse" | "map" | "set";

interface Level {
  readonly of: Open;
  /** Elements that come before the properties of a dense array. */
  elements: number;
  isKey: boolean;
  crowd: Crowd | null;
}

/**
 * Says whether the value is worth reading: `false` when that would cost more than a payload of `maxBytes` may. Throws `MalformedFrame` when the
 * bytes hold what no frame of ours holds.
 */
export function scan(bytes: Buffer, at: number, maxBytes: number): boolean {
  let end = at;
  let left = maxBytes + wrapperBytes;
  let regexps = 0;
  let level: Level | null = null;
  const levels: Level[] = [];
  forgetNames();

  function byte(): number {
    const value = bytes[end++];
    if (value === undefined) throw new MalformedFrame("a value that is cut short");
    return value;
  }
  function varint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const part = byte();
      value += (part & 127) * shift;
      if (part < 128) return value;
      if (shift > 2 ** 40) throw new MalformedFrame("a number that does not end");
    }
  }
  function skip(count: number): void {
    end += count;
    if (end > bytes.length) throw new MalformedFrame("a value that is cut short");
  }
  /** Skips one text, tag included, and says where its letters begin. */
  function text(): { readonly start: number; readonly isWide: boolean } {
    let tag = byte();
    while (tag === token.padding) tag = byte();
    if (tag !== token.oneByte && tag !== token.twoByte && tag !== token.utf8) {
      throw new MalformedFrame("a text that is none");
    }
    const length = varint();
    const start = end;
    skip(length);
    return { start, isWide: tag === token.twoByte };
  }

  /** A value begins; true when it is the key of what is open. */
  function begins(price: number): boolean {
    left -= price;
    if (level === null) return false;
    if (level.elements > 0) {
      level.elements--;
      return false;
    }
    const { isKey } = level;
    if (isKey && (level.of === "map" || level.of === "set")) left -= cost.entry;
    if (level.of !== "set") level.isKey = !isKey;
    return isKey;
  }
  function open(of: Open, elements: number): void {
    if (level !== null) levels.push(level);
    level = { of, elements, isKey: true, crowd: null };
  }
  function close(): void {
    if (level === null) throw new MalformedFrame("an end of nothing");
    if (level.crowd !== null && !level.crowd.isEven()) left = -1;
    level = levels.pop() ?? null;
  }
  function number(value: number, isKey: boolean): void {
    if (!isKey || level === null) return;
    if (level.of === "object") left -= cost.index;
    // V8 writes an array that was ever without an element this way; the place is paid for.
    else if (level.of === "sparse") left += cost.slot;
    else if (level.of === "map" || level.of === "set") keyed(level, hashNumber(value));
  }
  function bigint(start: number): void {
    if (level === null) return;
    keyed(level, hashBigint(bytes.readUInt32LE(start + 4), bytes.readUInt32LE(start)));
  }
  function keyed(collection: Level, hash: number): void {
    collection.crowd ??= new Crowd();
    if (!collection.crowd.admits(hash)) left = -1;
  }
  function name(start: number): void {
    if (level === null || level.of === "map" || level.of === "set") return;
    left -= end - start + (isNewName(bytes, start, end) ? cost.newName : 0);
  }

  // Without a version, or with an old one, V8 reads other formats, which nobody writes any more.
  if (byte() !== token.version || byte() < oldestVersion)
    throw new MalformedFrame("a value of no known version");
  while (end < bytes.length && left >= 0) {
    const tag = byte();
    switch (tag) {
      case token.padding:
        left--;
        break;
      case token.undefined:
      case token.null:
      case token.true:
      case token.false:
      case token.hole:
        begins(cost.simple);
        break;
      case token.int32: {
        const isKey = begins(cost.simple);
        const zigzag = varint();
        number((zigzag >>> 1) ^ -(zigzag & 1), isKey);
        break;
      }
      case token.uint32: {
        const isKey = begins(cost.simple);
        number(varint(), isKey);
        break;
      }
      case token.double: {
        const isKey = begins(cost.simple);
        skip(8);
        if (isKey) number(bytes.readDoubleLE(end - 8), isKey);
        break;
      }
      case token.bigint: {
        const isKey = begins(cost.bigint);
        const length = varint() >>> 1;
        const start = end;
        skip(length);
        if (isKey && length >= 8) bigint(start);
        break;
      }
      case token.oneByte:
      case token.twoByte:
      case token.utf8: {
        const isKey = begins(cost.simple);
        const length = varint();
        const start = end;
        skip(length);
        if (isKey) name(start);
        break;
      }
      case token.reference:
        begins(cost.simple);
        varint();
        break;
      case token.beginObject:
        begins(cost.object);
        open("object", 0);
        break;
      case token.beginMap:
      case token.beginSet:
        begins(cost.collection);
        open(tag === token.beginMap ? "map" : "set", 0);
        break;
      case token.beginDense:
        begins(cost.object);
        open("dense", varint());
        break;
      case token.beginSparse:
        begins(cost.object);
        open("sparse", 0);
        left -= cost.slot * varint();
        break;
      case token.endObject:
      case token.endMap:
      case token.endSet:
        varint();
        close();
        break;
      case token.endDense:
      case token.endSparse:
        varint();
        varint();
        close();
        break;
      case token.trueObject:
      case token.falseObject:
        begins(cost.object);
        break;
      case token.date:
      case token.numberObject:
        begins(cost.object);
        skip(8);
        break;
      case token.bigintObject:
        begins(cost.object + cost.bigint);
        skip(varint() >>> 1);
        break;
      case token.stringObject:
        begins(cost.object);
        text();
        break;
      case token.regexp: {
        begins(cost.object);
        const { start, isWide } = text();
        regexps += regexpCost(bytes.toString(isWide ? "utf16le" : "latin1", start, end));
        if (regexps > maxRegexpCost)
          throw new MalformedFrame("more regular expressions than its limit allows");
        varint();
        break;
      }
      case token.buffer:
        begins(cost.bytes);
        skip(varint());
        break;
      case token.view:
        // No value of its own: it takes the place of the buffer before it.
        left -= cost.bytes;
        for (let part = 0; part < 4; part++) varint();
        break;
      default:
        throw new MalformedFrame("a value of a kind that is never sent");
    }
  }
  return left >= 0;
}
