/**
 * Collects letters: a text that grows by one UTF-16 unit after the other. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";

export type Letters = ReturnType<typeof makeLetters>;

export function makeLetters(p: Primordials) {
  const room = 4096;
  const units = new p.Uint16Array(room);
  let count = 0;
  let text = "";

  function flush(): void {
    const u = units;
    let i = 0;
    // Many at once, but as arguments that are written down: a list of them would be read by way of a prototype.
    for (; i + 8 <= count; i += 8) {
      text += p.fromCharCode(
        u[i] as number,
        u[i + 1] as number,
        u[i + 2] as number,
        u[i + 3] as number,
        u[i + 4] as number,
        u[i + 5] as number,
        u[i + 6] as number,
        u[i + 7] as number,
      );
    }
    for (; i < count; i++) text += p.fromCharCode(u[i] as number);
    count = 0;
  }

  function add(unit: number): void {
    if (count === room) flush();
    units[count++] = unit;
  }

  return {
    add,
    /** Adds a code point, as a pair of units when it needs one. */
    addPoint(point: number): void {
      if (point < 0x10000) return add(point);
      add(0xd800 + ((point - 0x10000) >> 10));
      add(0xdc00 + ((point - 0x10000) & 0x3ff));
    },
    /** What was added; the next text begins. */
    take(): string {
      flush();
      const taken = text;
      text = "";
      return taken;
    },
  };
}
