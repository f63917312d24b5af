/**
 * Lists the functions the unit `web` is composed of. Each must be self-contained, as those of the prelude are.
 */
import { makeBase64 } from "./base64.ts";
import { makeStructuredClone } from "./clone.ts";
import { makeDecoders } from "./decoders.ts";
import { makeExceptions } from "./dom-exception.ts";
import { makeLetters } from "./letters.ts";
import { makeQueueMicrotask } from "./microtask.ts";
import { makeSearchParams } from "./search-params.ts";
import { makeTextDecoder } from "./text-decoder.ts";
import { makeTextEncoder } from "./text-encoder.ts";
import { makeUrl } from "./url.ts";
import { makeUtf8 } from "./utf8.ts";
import { makeWebIdl } from "./web-idl.ts";

export const webParts = {
  makeWebIdl,
  makeExceptions,
  makeLetters,
  makeUtf8,
  makeTextEncoder,
  makeDecoders,
  makeTextDecoder,
  makeBase64,
  makeQueueMicrotask,
  makeStructuredClone,
  makeSearchParams,
  makeUrl,
};

export type WebParts = typeof webParts;
