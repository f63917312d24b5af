/** What a script printed, as text for a model: the first lines and the last ones, when there are too many. */
import { counted } from "../model/counted.ts";
import type { ConsoleLevel } from "../runtime/index.ts";

export interface ConsoleLine {
  readonly level: ConsoleLevel;
  readonly text: string;
}

/** Keeps the lines of one run, and no more of them than can be shown. */
export class ConsoleLines {
  readonly #maxChars: number;
  readonly #first: ConsoleLine[] = [];
  readonly #last: ConsoleLine[] = [];
  #firstLeft: number;
  #lastChars = 0;
  #dropped = 0;

  constructor(maxChars: number) {
    this.#maxChars = maxChars;
    this.#firstLeft = maxChars / 2;
  }

  add({ level, text }: ConsoleLine): void {
    const line = { level, text: shortened(text, this.#maxChars / 4) };
    if (this.#dropped === 0 && this.#last.length === 0 && line.text.length <= this.#firstLeft) {
      this.#firstLeft -= line.text.length + 1;
      this.#first.push(line);
      return;
    }
    this.#last.push(line);
    this.#lastChars += line.text.length + 1;
    while (this.#lastChars > this.#maxChars / 2) {
      this.#lastChars -= (this.#last.shift()?.text.length ?? 0) + 1;
      this.#dropped++;
    }
  }

  /** The lines that are kept, in order. */
  lines(): readonly ConsoleLine[] {
    return [...this.#first, ...this.#last];
  }

  /** Empty when nothing was printed. */
  text(): string {
    const gap = this.#dropped === 0 ? [] : [`… ${counted(this.#dropped, "line is", "lines are")} left out …`];
    return [...this.#first.map(lineText), ...gap, ...this.#last.map(lineText)].join("\n");
  }
}

function lineText({ level, text }: ConsoleLine): string {
  return level === "log" || level === "info" ? text : `${level}: ${text}`;
}

/** The beginning of a text, and how much more of it there is. */
export function shortened(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const shown = text.slice(0, maxChars).replace(/[\uD800-\uDBFF]$/u, "");
  return `${shown}… (${counted(text.length - shown.length, "more character")})`;
}
