/** A list of any length of which only the visible rows exist. Rows have one height, so that a place is a multiplication. */
import { h } from "./dom.ts";

export interface VirtualList {
  readonly element: HTMLElement;
  /** There are so many rows now; what was rendered is rendered anew when `isOther`. */
  resize(count: number, isOther?: boolean): void;
  scrollTo(index: number): void;
  scrollToEnd(): void;
  isAtEnd(): boolean;
}

export interface VirtualListOptions {
  readonly rowHeight: number;
  readonly render: (index: number) => HTMLElement;
  readonly attrs: Readonly<Record<string, string>>;
}

/** Rows beyond the edges, so that a turn of the wheel finds them there. */
const beyond = 8;

export function virtualList({ rowHeight, render, attrs }: VirtualListOptions): VirtualList {
  const content = h("div", { class: "virtual-content", attrs: { role: "presentation" } });
  const element = h("div", { class: "virtual", attrs }, content);
  const shown = new Map<number, HTMLElement>();
  let count = 0;
  let frame = 0;

  function draw(): void {
    frame = 0;
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - beyond);
    const last = Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + beyond);
    for (const [index, row] of shown) {
      if (index >= first && index < last) continue;
      row.remove();
      shown.delete(index);
    }
    for (let index = first; index < last; index++) {
      if (shown.has(index)) continue;
      const row = render(index);
      row.style.top = `${index * rowHeight}px`;
      row.classList.add("virtual-row");
      shown.set(index, row);
      content.append(row);
    }
  }
  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  element.addEventListener("scroll", later, { passive: true });
  new ResizeObserver(later).observe(element);

  return {
    element,
    resize(next, isOther = false) {
      if (isOther || next < count) {
        for (const row of shown.values()) row.remove();
        shown.clear();
      }
      count = next;
      content.style.height = `${count * rowHeight}px`;
      later();
    },
    scrollTo(index) {
      const top = index * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight)
        element.scrollTop = top + rowHeight - element.clientHeight;
      draw();
    },
    scrollToEnd: () => (element.scrollTop = element.scrollHeight),
    isAtEnd: () => element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight * 2,
  };
}
