/**
 * Keeps a journal in memory, and gives it as bytes: for tests, and for a host that stores the bytes of a suspended run itself.
 */
import type { Journal } from "./journal.ts";

export interface MemoryJournal extends Journal {
  /** All bytes so far. */
  readonly bytes: Uint8Array;
}

/**
 * A journal in memory, empty or with the bytes of an earlier one.
 *
 * @example
 * const journal = memoryJournal();
 * const result = await sandbox.run(source, { journal });
 * if (result.status === "suspended") await save(journal.bytes);
 */
export function memoryJournal(bytes: Uint8Array = new Uint8Array(0)): MemoryJournal {
  // Copies of typed arrays: `slice` of a `Buffer` is none.
  let pieces: Uint8Array[] = [new Uint8Array(bytes)];
  const whole = (): Uint8Array => {
    if (pieces.length !== 1) pieces = [Buffer.concat(pieces)];
    return pieces[0]!;
  };
  return {
    get bytes() {
      return new Uint8Array(whole());
    },
    read: () => whole(),
    append: (more) => void pieces.push(more),
    truncate: (length) => void (pieces = [new Uint8Array(whole().subarray(0, length))]),
  };
}
