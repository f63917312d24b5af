/**
 * Scan: looks through bytes in V8's encoding before anyone lets V8 read them. V8 checks lengths, but a lying worker may still ask for more than
 * its bytes: buffers that reserve gigabytes, expressions that compile for minutes, millions of objects from three bytes each. Here
 * every token is counted as the marshal counts it, and what our own frames never hold is refused.
 *
 * Knows tokens, not structure: an encoding is a flat sequence of them, so that nesting costs no stack.
 */
import { regexpCost } from "../../marshal/regexp-cost.ts";
import { MalformedFrame } from "./malformed.ts";

/** Bytes an object is counted with, at least. A view is counted once and is two objects: itself and its buffer. */
const objectBytes = 16;

/** For the objects around a value: parcel, list of errors, outcome. */
const wrapperBytes = 1024;

/** As in the marshal, which has refused more on the sending side. */
const maxRegexpCost = 4096;

/** Throws `MalformedFrame` when the bytes hold what no frame of ours holds, or more objects than `maxBytes` allows. */
export function scan(bytes: Buffer, at: number, maxBytes: number): void {
  let end = at;
  let left = 2 * maxBytes + wrapperBytes;
  let regexps = 0;

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
  function object(): void {
    left -= objectBytes;
    if (left < 0) throw new MalformedFrame("more objects than its limit allows");
  }
  function text(): string {
    let encoding = byte();
    while (encoding === token.padding) encoding = byte();
    const length = varint();
    const start = end;
    skip(length);
    return bytes.toString(encoding === token.twoByte ? "utf16le" : "latin1", start, end);
  }

  while (end < bytes.length) {
    switch (byte()) {
      case token.padding:
      case token.undefined:
      case token.null:
      case token.true:
      case token.false:
      case token.hole:
        break;
      case token.int32:
      case token.uint32:
      case token.reference:
      case token.endObject:
      case token.endMap:
      case token.endSet:
        varint();
        break;
      case token.endDense:
      case token.endSparse:
        varint();
        varint();
        break;
      case token.double:
        skip(8);
        break;
      case token.bigint:
        skip(varint() >>> 1);
        break;
      case token.oneByte:
      case token.twoByte:
      case token.utf8:
        skip(varint());
        break;
      case token.beginObject:
      case token.beginMap:
      case token.beginSet:
      case token.trueObject:
      case token.falseObject:
        object();
        break;
      case token.beginDense:
      case token.beginSparse:
        object();
        varint();
        break;
      case token.date:
      case token.numberObject:
        object();
        skip(8);
        break;
      case token.bigintObject:
        object();
        skip(varint() >>> 1);
        break;
      case token.stringObject:
        object();
        break;
      case token.regexp:
        object();
        regexps += regexpCost(text());
        if (regexps > maxRegexpCost)
          throw new MalformedFrame("more regular expressions than its limit allows");
        varint();
        break;
      case token.buffer:
        object();
        skip(varint());
        break;
      case token.view:
        object();
        for (let part = 0; part < 4; part++) varint();
        break;
      case token.version:
        varint();
        break;
      default:
        throw new MalformedFrame("a value of a kind that is never sent");
    }
  }
}

const code = (letter: string): number => letter.charCodeAt(0);

/** V8's tags, for all that the marshal lets through. */
const token = {
  version: 0xff,
  padding: 0,
  undefined: code("_"),
  null: code("0"),
  true: code("T"),
  false: code("F"),
  hole: code("-"),
  int32: code("I"),
  uint32: code("U"),
  double: code("N"),
  bigint: code("Z"),
  oneByte: code('"'),
  twoByte: code("c"),
  utf8: code("S"),
  reference: code("^"),
  beginObject: code("o"),
  endObject: code("{"),
  beginDense: code("A"),
  endDense: code("$"),
  beginSparse: code("a"),
  endSparse: code("@"),
  beginMap: code(";"),
  endMap: code(":"),
  beginSet: code("'"),
  endSet: code(","),
  date: code("D"),
  numberObject: code("n"),
  bigintObject: code("z"),
  stringObject: code("s"),
  trueObject: code("y"),
  falseObject: code("x"),
  regexp: code("R"),
  buffer: code("B"),
  view: code("V"),
} as const;
