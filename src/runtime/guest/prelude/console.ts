/**
 * Console: the five levels of a small console. Text is made inside the guest, where it is paid for, and stops at the run's
 * limit with one note. Self-contained: part of the prelude.
 */
import type { ConsoleLevel } from "../../seam.ts";
import type { Inspect } from "./inspect.ts";
import type { Primordials } from "./primordials.ts";

export function installConsole(
  p: Primordials,
  inspect: Inspect,
  write: (level: ConsoleLevel, text: string) => void,
  maxBytes: number,
): void {
  let left = maxBytes;
  let stopped = false;

  function print(level: ConsoleLevel, args: readonly unknown[]): void {
    if (stopped) return;
    const text = inspect.format(args, left);
    // A line costs its letters and its end, so that empty lines run out too.
    left -= text.length + 1;
    stopped ||= left <= 0;
    try {
      write(level, stopped ? `${text}\n[the console ends here: its limit is ${maxBytes} bytes]` : text);
    } catch {
      stopped = true;
    }
  }

  // Methods: they have no `prototype` and cannot be constructed.
  const console = {
    log(...args: unknown[]): void {
      print("log", args);
    },
    info(...args: unknown[]): void {
      print("info", args);
    },
    warn(...args: unknown[]): void {
      print("warn", args);
    },
    error(...args: unknown[]): void {
      print("error", args);
    },
    debug(...args: unknown[]): void {
      print("debug", args);
    },
  };
  p.defineProperty(p.globalObject, "console", {
    __proto__: null,
    value: console,
    writable: true,
    enumerable: false,
    configurable: true,
  } as PropertyDescriptor);
}
