/** What a script prints, as it comes. Each line of a text is a row, so that ten thousand are as quick as ten. */
import { h, replace } from "../dom.ts";
import { plural } from "../format.ts";
import { virtualList } from "../virtual-list.ts";

interface Line {
  readonly level: string;
  readonly text: string;
  /** Of the first row of a text. */
  at: number | null;
}

export interface Console {
  clear(): void;
  /** The times of what was printed count from this moment. */
  startAt(ms: number): void;
  print(level: string, text: string, at: number): void;
  readonly lines: number;
}

export function createConsole(parent: Element, counter: Element): Console {
  let lines: Line[] = [];
  const list = virtualList({
    rowHeight: 22,
    attrs: { role: "group", tabindex: "0", "aria-label": "Lines of the console" },
    render(index) {
      const { level, text, at } = lines[index] ?? { level: "log", text: "", at: null };
      const time = h("span", { class: "console-time" }, at === null ? "" : `${Math.round(at)} ms`);
      const mark =
        level === "error" || level === "warn" ? h("span", { class: "sr-only" }, `${level}: `) : null;
      return h("div", { class: `console-row console-${level}` }, time, h("span", {}, mark, text));
    },
  });
  const empty = h("p", { class: "empty" }, "What the script prints appears here.");
  replace(parent, empty, list.element);
  let frame = 0;

  function update(): void {
    frame = 0;
    const wasAtEnd = list.isAtEnd();
    empty.hidden = lines.length > 0;
    list.element.hidden = lines.length === 0;
    counter.textContent = lines.length === 0 ? "" : plural(lines.length, "line");
    list.resize(lines.length);
    if (wasAtEnd) list.scrollToEnd();
  }
  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(update);
  };
  update();
  return {
    clear() {
      lines = [];
      list.resize(0, true);
      later();
    },
    startAt(ms) {
      for (const line of lines) if (line.at !== null) line.at = Math.max(0, line.at - ms);
      list.resize(0, true);
      later();
    },
    print(level, text, at) {
      text.split("\n").forEach((row, index) => lines.push({ level, text: row, at: index === 0 ? at : null }));
      later();
    },
    get lines() {
      return lines.length;
    },
  };
}
