/**
 * Makes `TextDecoder`: bytes to text, for the encodings of `decoders.ts`. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { Decoder, Decoders, Encoding } from "./decoders.ts";
import type { Letters } from "./letters.ts";
import type { WebIdl } from "./web-idl.ts";

export function makeTextDecoder(p: Primordials, idl: WebIdl, decoders: Decoders, letters: Letters): object {
  const none = new p.Uint8Array(0);

  class TextDecoder {
    readonly #encoding: Encoding;
    readonly #fatal: boolean;
    readonly #ignoreBOM: boolean;
    /** Open between the pieces of one text. */
    #decoder: Decoder | undefined;
    /** A mark of byte order can still come. */
    #atStart = true;

    constructor(label: unknown = "utf-8", init: unknown = undefined) {
      const name = `${label as string}`;
      const options = idl.options(init, "TextDecoder");
      // In the order of their names, as the standard reads them; each may be an accessor.
      const fatal = options === undefined ? false : !!options["fatal"];
      const ignoreBOM = options === undefined ? false : !!options["ignoreBOM"];
      const encoding = decoders.encodingOf(name);
      if (encoding === undefined)
        throw new (p.errors["RangeError"] ?? p.Error)(
          `TextDecoder: the encoding "${p.stringSlice(name, 0, 40)}" is not offered; there are utf-8, utf-16le, utf-16be and windows-1252 (latin1)`,
        );
      this.#encoding = encoding;
      this.#fatal = fatal;
      this.#ignoreBOM = ignoreBOM;
    }
    get encoding(): string {
      if (!(#encoding in this)) throw idl.illegal();
      return this.#encoding;
    }
    get fatal(): boolean {
      if (!(#encoding in this)) throw idl.illegal();
      return this.#fatal;
    }
    get ignoreBOM(): boolean {
      if (!(#encoding in this)) throw idl.illegal();
      return this.#ignoreBOM;
    }
    decode(input: unknown = undefined, options: unknown = undefined): string {
      if (!(#encoding in this)) throw idl.illegal();
      const bytes = input === undefined ? none : idl.bytes(input, "TextDecoder.decode");
      const given = idl.options(options, "TextDecoder.decode");
      const stream = given === undefined ? false : !!given["stream"];
      this.#decoder ??= decoders.open(this.#encoding, this.#fatal, letters);
      const isWhole =
        this.#decoder.push(bytes, p.typedArrayByteLength(bytes)) && (stream || this.#decoder.end());
      const text = letters.take();
      const hasMark = this.#atStart && !this.#ignoreBOM && this.#encoding !== "windows-1252";
      const isMarked = hasMark && text !== "" && p.charCodeAt(text, 0) === 0xfeff;
      if (text !== "") this.#atStart = false;
      if (!stream || !isWhole) {
        this.#decoder = undefined;
        this.#atStart = true;
      }
      if (!isWhole) throw new p.TypeError(`TextDecoder.decode: the bytes are not valid ${this.#encoding}`);
      return isMarked ? p.stringSlice(text, 1) : text;
    }
  }
  return idl.publish(TextDecoder, "TextDecoder", {});
}
