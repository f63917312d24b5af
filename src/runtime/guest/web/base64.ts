/**
 * Makes `atob` and `btoa`. Texts are bytes here: one letter up to U+00FF for each. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { Exceptions } from "./dom-exception.ts";
import type { Letters } from "./letters.ts";
import type { WebIdl } from "./web-idl.ts";

export interface Base64 {
  atob(...args: unknown[]): string;
  btoa(...args: unknown[]): string;
}

export function makeBase64(
  p: Primordials,
  idl: WebIdl,
  letters: Letters,
  exception: Exceptions["make"],
): Base64 {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  /** The six bits a letter means: -1 for white space, -2 for what is none. */
  const meaning = new p.Int32Array(256);
  for (let i = 0; i < 256; i++) meaning[i] = -2;
  for (let i = 0; i < 64; i++) meaning[p.charCodeAt(alphabet, i)] = i;
  meaning[0x20] = meaning[0x9] = meaning[0xa] = meaning[0xc] = meaning[0xd] = -1;

  const base64: Base64 = {
    atob(...args) {
      idl.need(args, 1, "atob");
      const text = `${args[0] as string}`;
      const invalid = (): Error =>
        exception("InvalidCharacterError", "atob: the text is not valid Base64", base64.atob);
      let bits = 0;
      let count = 0;
      let padding = 0;
      for (let i = 0; i < text.length; i++) {
        const code = p.charCodeAt(text, i);
        const six = code < 256 ? (meaning[code] as number) : -2;
        if (six === -1) continue;
        if (code === 0x3d) {
          padding++;
          continue;
        }
        if (six < 0 || padding > 0) {
          letters.take();
          throw invalid();
        }
        bits = ((bits << 6) | six) & 0xffffff;
        count++;
        if (count % 4 !== 0) continue;
        letters.add(bits >> 16);
        letters.add((bits >> 8) & 0xff);
        letters.add(bits & 0xff);
      }
      const rest = count % 4;
      // Padding may be missing, but where there is some it fills up to four letters.
      const isPadded = padding === 0 || (rest > 1 && rest + padding === 4);
      if (rest === 2) letters.add((bits >> 4) & 0xff);
      if (rest === 3) {
        letters.add((bits >> 10) & 0xff);
        letters.add((bits >> 2) & 0xff);
      }
      const bytes = letters.take();
      if (rest === 1 || !isPadded) throw invalid();
      return bytes;
    },
    btoa(...args) {
      idl.need(args, 1, "btoa");
      const text = `${args[0] as string}`;
      const put = (six: number): void => letters.add(p.charCodeAt(alphabet, six & 63));
      for (let i = 0; i < text.length; i += 3) {
        const left = text.length - i;
        const a = p.charCodeAt(text, i);
        const b = left > 1 ? p.charCodeAt(text, i + 1) : 0;
        const c = left > 2 ? p.charCodeAt(text, i + 2) : 0;
        if ((a | b | c) > 0xff) {
          letters.take();
          throw exception(
            "InvalidCharacterError",
            "btoa: the text has letters beyond Latin-1; encode it with TextEncoder first",
            base64.btoa,
          );
        }
        put(a >> 2);
        put((a << 4) | (b >> 4));
        if (left > 1) put((b << 2) | (c >> 6));
        else letters.add(0x3d);
        if (left > 2) put(c);
        else letters.add(0x3d);
      }
      return letters.take();
    },
  };
  return base64;
}
