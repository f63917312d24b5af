/** Makes elements. Text is text: nothing that comes from a script or a definition ever becomes markup. */

type Content = Node | string | null | readonly (Node | string | null)[];

interface Props {
  readonly class?: string;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  readonly attrs?: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * An element with its content; attributes that are `false` or `null` are left out.
 *
 * @example
 * h("button", { class: "quiet", on: { click: stop } }, "Stop")
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...content: Content[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (props.class !== undefined) element.className = props.class;
  for (const [name, value] of Object.entries(props.attrs ?? {})) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, listener] of Object.entries(props.on ?? {})) element.addEventListener(name, listener);
  element.append(...content.flat().filter((part) => part !== null));
  return element;
}

/** The element of the page with this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

export function replace(parent: Element, ...content: Content[]): void {
  parent.replaceChildren(...content.flat().filter((part) => part !== null));
}

export function button(label: string, click: () => void, kind = "quiet"): HTMLButtonElement {
  return h("button", { class: kind, attrs: { type: "button" }, on: { click } }, label);
}

/** A field with its label. */
export function labelled(label: string, field: HTMLElement): HTMLLabelElement {
  return h("label", { class: "field" }, h("span", {}, label), field);
}
