/**
 * Makes `TextEncoder`: text to UTF-8. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { Utf8 } from "./utf8.ts";
import type { WebIdl } from "./web-idl.ts";

export function makeTextEncoder(p: Primordials, idl: WebIdl, utf8: Utf8): object {
  class TextEncoder {
    // What tells an encoder from an object that only looks like one.
    readonly #own = true;

    get encoding(): string {
      if (!(#own in this)) throw idl.illegal();
      return "utf-8";
    }
    encode(input: unknown = ""): Uint8Array<ArrayBuffer> {
      if (!(#own in this)) throw idl.illegal();
      return utf8.encode(`${input as string}`);
    }
    encodeInto(...args: unknown[]): { read: number; written: number } {
      if (!(#own in this)) throw idl.illegal();
      idl.need(args, 2, "TextEncoder.encodeInto");
      const text = `${args[0] as string}`;
      const target = args[1];
      if (!p.isView(target) || p.typedArrayTag(target) !== "Uint8Array")
        throw new p.TypeError("TextEncoder.encodeInto: expected a Uint8Array");
      // Its own bytes, whatever class the script has made of it.
      return utf8.into(text, idl.bytes(target, "TextEncoder.encodeInto"), p.typedArrayByteLength(target));
    }
  }
  return idl.publish(TextEncoder, "TextEncoder", { encodeInto: 2 });
}
