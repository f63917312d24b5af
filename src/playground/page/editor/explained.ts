/** What is said of a name, as an element: its type, then its documentation. */
import type { Explanation } from "../../protocol.ts";
import { h } from "../dom.ts";
import { markdown } from "../markdown.ts";

export function explained({ code, text }: Explanation): HTMLElement {
  return h("div", { class: "explained" }, h("pre", {}, code), text === "" ? null : markdown(text));
}
