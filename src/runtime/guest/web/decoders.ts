/**
 * Decodes bytes to text, in pieces if need be. They read as the Encoding Standard says, to the byte: how many U+FFFD a
 * broken sequence becomes is part of it. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { Letters } from "./letters.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** One text: it keeps what of a letter has come so far. */
export interface Decoder {
  /** Adds the letters of `length` bytes. False when a broken sequence ends it, which is only so when it is `fatal`. */
  push(bytes: Uint8Array<ArrayBuffer>, length: number): boolean;
  /** The text is over: what is left of a letter is broken. */
  end(): boolean;
}

export type Decoders = ReturnType<typeof makeDecoders>;

export function makeDecoders(p: Primordials) {
  const labels = p.safeMap<string, Encoding>();
  const know = (encoding: Encoding, names: readonly string[]): void => {
    for (let i = 0; i < names.length; i++) labels.set(names[i] as string, encoding);
  };
  know("utf-8", ["unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "utf-8", "utf8", "x-unicode20utf8"]);
  know("utf-16be", ["unicodefffe", "utf-16be"]);
  know("utf-16le", ["csunicode", "iso-10646-ucs-2", "ucs-2", "unicode", "unicodefeff", "utf-16", "utf-16le"]);
  know("windows-1252", [
    "ansi_x3.4-1968",
    "ascii",
    "cp1252",
    "cp819",
    "csisolatin1",
    "ibm819",
    "iso-8859-1",
    "iso-ir-100",
    "iso8859-1",
    "iso88591",
    "iso_8859-1",
    "iso_8859-1:1987",
    "l1",
    "latin1",
    "us-ascii",
    "windows-1252",
    "x-cp1252",
  ]);
  /** What the bytes from 0x80 to 0x9f mean; all others mean themselves. */
  const windows1252: readonly number[] = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161,
    0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
  ];

  /** The encoding a label means, `undefined` for one that is not offered. */
  function encodingOf(label: string): Encoding | undefined {
    const isSpace = (at: number): boolean => {
      const code = p.charCodeAt(label, at);
      return code === 0x20 || code === 0x9 || code === 0xa || code === 0xc || code === 0xd;
    };
    let from = 0;
    let to = label.length;
    while (from < to && isSpace(from)) from++;
    while (to > from && isSpace(to - 1)) to--;
    // Longer than any label: not worth a copy.
    if (to - from > 40) return undefined;
    let name = "";
    for (let i = from; i < to; i++) {
      const code = p.charCodeAt(label, i);
      name += p.fromCharCode(code >= 0x41 && code <= 0x5a ? code + 0x20 : code);
    }
    return labels.get(name);
  }

  function openUtf8(fatal: boolean, letters: Letters): Decoder {
    let point = 0;
    let needed = 0;
    let seen = 0;
    let lower = 0x80;
    let upper = 0xbf;

    function broken(): boolean {
      point = needed = seen = 0;
      lower = 0x80;
      upper = 0xbf;
      if (!fatal) letters.add(0xfffd);
      return !fatal;
    }

    function begin(byte: number): boolean {
      if (byte >= 0xc2 && byte <= 0xdf) {
        needed = 1;
        point = byte & 0x1f;
      } else if (byte >= 0xe0 && byte <= 0xef) {
        if (byte === 0xe0) lower = 0xa0;
        if (byte === 0xed) upper = 0x9f;
        needed = 2;
        point = byte & 0xf;
      } else if (byte >= 0xf0 && byte <= 0xf4) {
        if (byte === 0xf0) lower = 0x90;
        if (byte === 0xf4) upper = 0x8f;
        needed = 3;
        point = byte & 0x7;
      } else return broken();
      return true;
    }

    return {
      push(bytes, length) {
        for (let i = 0; i < length; i++) {
          const byte = bytes[i] as number;
          if (needed === 0) {
            if (byte < 0x80) letters.add(byte);
            else if (!begin(byte)) return false;
            continue;
          }
          if (byte < lower || byte > upper) {
            if (!broken()) return false;
            // It may begin a letter of its own.
            i--;
            continue;
          }
          lower = 0x80;
          upper = 0xbf;
          point = (point << 6) | (byte & 0x3f);
          if (++seen < needed) continue;
          letters.addPoint(point);
          point = needed = seen = 0;
        }
        return true;
      },
      end: () => needed === 0 || broken(),
    };
  }

  function openUtf16(isBigEndian: boolean, fatal: boolean, letters: Letters): Decoder {
    let first = -1;
    let lead = -1;

    function broken(): boolean {
      if (!fatal) letters.add(0xfffd);
      return !fatal;
    }

    function unit(code: number): boolean {
      if (lead >= 0) {
        const high = lead;
        lead = -1;
        if (code >= 0xdc00 && code <= 0xdfff) {
          letters.add(high);
          letters.add(code);
          return true;
        }
        if (!broken()) return false;
      }
      if (code >= 0xd800 && code <= 0xdbff) lead = code;
      else if (code >= 0xdc00 && code <= 0xdfff) return broken();
      else letters.add(code);
      return true;
    }

    return {
      push(bytes, length) {
        for (let i = 0; i < length; i++) {
          const byte = bytes[i] as number;
          if (first < 0) {
            first = byte;
            continue;
          }
          const code = isBigEndian ? (first << 8) | byte : (byte << 8) | first;
          first = -1;
          if (!unit(code)) return false;
        }
        return true;
      },
      end() {
        const isOpen = first >= 0 || lead >= 0;
        first = lead = -1;
        return !isOpen || broken();
      },
    };
  }

  function openWindows1252(letters: Letters): Decoder {
    return {
      push(bytes, length) {
        for (let i = 0; i < length; i++) {
          const byte = bytes[i] as number;
          letters.add(byte >= 0x80 && byte <= 0x9f ? (windows1252[byte - 0x80] as number) : byte);
        }
        return true;
      },
      end: () => true,
    };
  }

  return {
    encodingOf,
    open(encoding: Encoding, fatal: boolean, letters: Letters): Decoder {
      if (encoding === "utf-8") return openUtf8(fatal, letters);
      if (encoding === "windows-1252") return openWindows1252(letters);
      return openUtf16(encoding === "utf-16be", fatal, letters);
    },
  };
}
