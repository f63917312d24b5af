/**
 * Keeps a journal in memory, and gives it as bytes: for tests, and for a host that stores the bytes of a suspended run itself.
 */
import type { Journal } from "./journal.ts";

export interface MemoryJournal extends Journal {
  /** All bytes so far. */
  readonly bytes: Uint8Array;
}

/** Journals that nobody has put another `append` before, and how they learn who is to be asked for what is not appended yet. */
const own = new WeakMap<Journal, { readonly append: Journal["append"]; follow(ask: () => void): void }>();

/**
 * Has a journal in memory ask, when somebody looks at it, for what has happened since the last append: nothing of it outlives this process, so that it need not be told of each
 * entry. False for every other journal, one that hands on to it included: that must be told at once.
 */
export function follow(journal: Journal, ask: () => void): boolean {
  const known = own.get(journal);
  if (known === undefined || journal.append !== known.append) return false;
  known.follow(ask);
  return true;
}

const nothing = new Uint8Array(0);

/**
 * A journal in memory, empty or with the bytes of an earlier one.
 *
 * @example
 * const journal = memoryJournal();
 * const result = await sandbox.run(source, { journal });
 * if (result.status === "suspended") await save(journal.bytes);
 */
export function memoryJournal(bytes: Uint8Array = nothing): MemoryJournal {
  // Copies of typed arrays: `slice` of a `Buffer` is none. Of no bytes, with which most begin, none is needed.
  let pieces: Uint8Array[] = [bytes.length === 0 ? nothing : new Uint8Array(bytes)];
  let ask = (): void => {};
  const whole = (): Uint8Array => {
    ask();
    if (pieces.length !== 1) pieces = [Buffer.concat(pieces)];
    return pieces[0]!;
  };
  const append = (more: Uint8Array): void => void pieces.push(more);
  const journal: MemoryJournal = {
    get bytes() {
      return new Uint8Array(whole());
    },
    read: () => whole(),
    append,
    truncate: (length) => void (pieces = [new Uint8Array(whole().subarray(0, length))]),
  };
  own.set(journal, { append, follow: (asked) => void (ask = asked) });
  return journal;
}
