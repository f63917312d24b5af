/**
 * Makes a web global when it is asked for by name, with what it is made of. Self-contained: every part arrives as an
 * argument, and the text of this function is run in the guest.
 */
import type { WebGlobalName } from "../../../model/web-globals.ts";
import type { Primordials } from "../../crossing/primordials.ts";
import type { WebTools, WebUnit } from "../prelude/web.ts";
import type { StartIdna, StartUrlLibrary } from "./library.ts";
import type { WebParts } from "./parts.ts";

export function startWeb(
  parts: WebParts,
  p: Primordials,
  load: (unit: WebUnit) => unknown,
  { stacks, realm }: WebTools,
): (name: WebGlobalName) => unknown {
  // A class is the same whether a script asks for it or another one needs it.
  const { once } = p;
  const idl = parts.makeWebIdl(p);
  const letters = once(() => parts.makeLetters(p));
  const utf8 = once(() => parts.makeUtf8(p));
  const decoders = once(() => parts.makeDecoders(p));
  const exceptions = once(() => parts.makeExceptions(p, idl, stacks));
  const base64 = once(() => parts.makeBase64(p, idl, letters(), exceptions().make));
  const idna = once(() => (load("idna") as StartIdna)(p.jsonParse));
  const library = once(() =>
    (load("url") as StartUrlLibrary)(
      (text) => utf8().encode(text),
      (bytes) => {
        const decoder = decoders().open("utf-8", false, letters());
        decoder.push(bytes, p.typedArrayByteLength(bytes));
        decoder.end();
        return letters().take();
      },
      (domain, options) => idna()(domain, options),
    ),
  );
  const searchParams = once(() => {
    const made = parts.makeSearchParams(p, idl, library());
    refused(made.URLSearchParams, "a URLSearchParams (send its text)", made.textOf);
    return made;
  });

  /** An object that holds what only its class knows: as data it would be `{}`. */
  function refused(made: object, what: string, textOf?: (value: object) => string): object {
    realm().refuse((made as { prototype: object }).prototype, what, textOf);
    return made;
  }

  return (name) => {
    switch (name) {
      case "DOMException":
        return exceptions().DOMException;
      case "TextEncoder":
        return refused(parts.makeTextEncoder(p, idl, utf8()), "a TextEncoder");
      case "TextDecoder":
        return refused(parts.makeTextDecoder(p, idl, decoders(), letters()), "a TextDecoder");
      case "atob":
        return idl.method(base64().atob, 1);
      case "btoa":
        return idl.method(base64().btoa, 1);
      case "queueMicrotask":
        return idl.method(parts.makeQueueMicrotask(p, idl), 1);
      case "structuredClone":
        return idl.method(parts.makeStructuredClone(p, idl, realm(), exceptions()), 1);
      case "URLSearchParams":
        return searchParams().URLSearchParams;
      case "URL": {
        const { URL, textOf } = parts.makeUrl(p, idl, library(), searchParams());
        return refused(URL, "a URL (send its href)", textOf);
      }
    }
  };
}
