/**
 * Makes the console that a script prints with. Text is made inside the guest, where it is paid for, and stops at the run's
 * limit with one note. Limits are bytes of UTF-8, as the host counts them, and one for the end of each line. Self-contained:
 * part of the prelude.
 */
import type { ConsoleLevel } from "../../seam.ts";
import type { MoreConsole } from "./console-more.ts";
import type { Inspect } from "./inspect.ts";
import type { Primordials } from "../../crossing/primordials.ts";

/** Prints one line, or several, under the groups that are open. */
export type Print = (level: ConsoleLevel, args: readonly unknown[]) => void;

/** `methods`: the five levels, and what `makeMore` makes when a script first touches one of them. */
export function installConsole(
  p: Primordials,
  inspect: Inspect,
  write: (level: ConsoleLevel, text: string) => void,
  maxBytes: number,
  methods: readonly string[],
  makeMore: (print: Print, group: (by: 1 | -1) => void) => MoreConsole,
): void {
  const levels = 5;
  let left = maxBytes;
  let stopped = false;
  let indent = "";

  function group(by: 1 | -1): void {
    if (by === 1 && indent.length < 40) indent += "  ";
    if (by === -1) indent = p.stringSlice(indent, 2);
  }

  function indented(text: string): string {
    let out = indent;
    let done = 0;
    for (let at = p.stringIndexOf(text, "\n"); at >= 0; at = p.stringIndexOf(text, "\n", done)) {
      out += `${p.stringSlice(text, done, at + 1)}${indent}`;
      done = at + 1;
    }
    return out + p.stringSlice(text, done);
  }

  /** The longest beginning of `text` that is at most `max` bytes; takes the bytes off what is left. */
  function fit(text: string, max: number): string {
    let bytes = 0;
    let i = 0;
    while (i < text.length) {
      const code = p.charCodeAt(text, i);
      const isPair = code >= 0xd800 && code <= 0xdbff && isLow(text, i + 1);
      const size = code < 0x80 ? 1 : code < 0x800 ? 2 : isPair ? 4 : 3;
      if (bytes + size > max) break;
      bytes += size;
      i += isPair ? 2 : 1;
    }
    left -= bytes;
    return i === text.length ? text : p.stringSlice(text, 0, i);
  }

  function isLow(text: string, at: number): boolean {
    const code = at < text.length ? p.charCodeAt(text, at) : 0;
    return code >= 0xdc00 && code <= 0xdfff;
  }

  function print(level: ConsoleLevel, args: readonly unknown[]): void {
    if (stopped) return;
    const made = inspect.format(args, left);
    const text = indent === "" ? made : indented(made);
    const fitting = fit(text, left);
    left -= 1;
    stopped ||= left < 0 || fitting.length < text.length;
    try {
      write(level, stopped ? `${fitting}\n[the console ends here: its limit is ${maxBytes} bytes]` : fitting);
    } catch {
      stopped = true;
    }
  }

  // An arrow function: it has no `prototype` and cannot be constructed, and neither can what is bound to it.
  const say = (level: ConsoleLevel, ...args: unknown[]): void => print(level, args);

  let more: MoreConsole | undefined;
  function touch(name: string): unknown {
    more ??= makeMore(print, group);
    return put(name, p.native(more[name] as object, name));
  }
  /** In place of the accessor: from then on it is a method like the others. */
  function put(name: string, value: unknown): unknown {
    p.define(console, name, value, true);
    return value;
  }

  const console = { __proto__: null as never };
  for (let i = 0; i < methods.length; i++) {
    const name = methods[i] as string;
    if (i < levels) put(name, p.native(say, name, name));
    else
      p.defineProperty(console, name, {
        __proto__: null,
        get: p.withFirst(touch, name),
        set: p.withFirst(put, name),
        enumerable: true,
        configurable: true,
      } as PropertyDescriptor);
  }
  // Filled before it has a prototype: V8 would make a hidden class for each of its names.
  p.define(p.globalObject, "console", p.setPrototypeOf(console, p.objectPrototype), false);
}
