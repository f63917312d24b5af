/** A value as a tree that is made as it is opened. A list shows a hundred at a time, a text its beginning. */
import type { Json } from "../../../model/json.ts";
import { button, h } from "../dom.ts";
import { whole } from "../format.ts";
import { describe, type Part } from "./value.ts";

const atOnce = 100;
const longText = 400;
const maxBytes = 1_024;

/** `name`: what it is called, with its dots; `null` for a value that has no name. */
export function tree(value: Json, name: string | null, isOpen = false): HTMLElement {
  const { kind, text, parts, base64, letters } = describe(value);
  const label =
    name === null ? null : h("span", { class: "tree-name" }, name, h("span", { class: "tree-colon" }, ": "));
  if (parts === undefined && base64 === undefined) {
    if (text.length > longText) return longLeaf(label, kind, text, letters ?? text.length);
    return h("div", { class: "tree-leaf" }, label, h("span", { class: `value-${kind}` }, text));
  }
  const summary = h("summary", {}, label, h("span", { class: `value-${kind}` }, text));
  const details = h("details", { class: "tree-node" }, summary);
  const fill = (): void => {
    if (details.childElementCount > 1) return;
    details.append(base64 === undefined ? children(parts?.() ?? []) : hex(base64));
  };
  details.addEventListener("toggle", () => {
    if (details.open) fill();
  });
  if (isOpen) {
    fill();
    details.open = true;
  }
  return details;
}

function children(parts: readonly Part[]): HTMLElement {
  const list = h("div", { class: "tree-children" });
  let next = 0;
  const more = button("", () => {
    const from = next;
    add();
    (list.children[from]?.querySelector("summary") ?? more).focus();
  });
  function add(): void {
    more.remove();
    for (const { name, value } of parts.slice(next, next + atOnce)) list.append(tree(value, name));
    next += atOnce;
    if (next >= parts.length) return;
    more.textContent = `Show ${whole(Math.min(atOnce, parts.length - next))} more of ${whole(parts.length)}`;
    list.append(more);
  }
  add();
  return list;
}

function longLeaf(label: HTMLElement | null, kind: string, text: string, letters: number): HTMLElement {
  const shown = h("span", { class: `value-${kind}` }, `${text.slice(0, longText)}…`);
  const details = h(
    "details",
    { class: "tree-node" },
    h("summary", {}, label, shown, h("span", { class: "muted" }, ` ${whole(letters)} letters`)),
  );
  details.addEventListener("toggle", () => {
    if (details.childElementCount > 1) return;
    // A line of four million letters would take the browser seconds to break.
    details.append(h("pre", { class: "tree-text", attrs: { tabindex: 0 } }, text));
  });
  return details;
}

/** `00000000  48 65 6c 6c 6f  Hello` */
function hex(base64: string): HTMLElement {
  const letters = atob(base64.slice(0, Math.ceil((maxBytes * 4) / 3 / 4) * 4));
  const lines: string[] = [];
  for (let at = 0; at < letters.length; at += 16) {
    const row = [...letters.slice(at, at + 16)];
    const codes = row.map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join(" ");
    const readable = row.map((letter) => (letter >= " " && letter <= "~" ? letter : "·")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${codes.padEnd(47)}  ${readable}`);
  }
  const isCut = base64.length > letters.length * 1.4;
  if (isCut) lines.push(`… only the first ${whole(letters.length)} bytes`);
  return h("pre", { class: "tree-text", attrs: { tabindex: 0 } }, lines.join("\n"));
}
