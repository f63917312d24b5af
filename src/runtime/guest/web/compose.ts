/**
 * Composes the units of the web globals as texts, in plain ASCII and without comments. Each is an expression; its value is a
 * function of ours.
 */
import { remembered } from "../../../model/remembered.ts";
import { preludeName } from "../prelude/compose.ts";
import { sourceOf, stripped } from "../prelude/source.ts";
import type { WebUnit } from "../prelude/web.ts";
import { idnaLibraryText, urlLibraryText } from "./library.ts";
import { webParts } from "./parts.ts";
import { startWeb } from "./start.ts";

const texts: Readonly<Record<WebUnit, () => string>> = {
  web: () => {
    const parts = Object.entries(webParts).map(([name, part]) => `${name}: ${sourceOf(part)}`);
    return `"use strict";
(function () {
const parts = { ${parts.join(",\n")} };
const startWeb = ${sourceOf(startWeb)};
return function (p, load, tools) { return startWeb(parts, p, load, tools); };
})()`;
  },
  url: urlLibraryText,
  idna: idnaLibraryText,
};

const composed = new Map<string, string>();

/** The text of a unit, under the name of the prelude: none of its frames are shown. */
export function composeWebUnit(unit: WebUnit): string {
  return remembered(composed, unit, () => `${stripped(texts[unit]())}\n//# sourceURL=${preludeName}\n`);
}
