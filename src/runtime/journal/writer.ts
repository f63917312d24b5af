/**
 * Appends entries to a journal, each behind the last, and remembers what the script has seen of the time until there is an entry it stands before: what
 * nobody outside has learnt of may be seen anew.
 */
import type { Entry } from "./entry.ts";
import type { Journal } from "./journal.ts";
import { hashOf, writeEntry, type Hash } from "./log.ts";

/** Entries that a run which begins anew from what is before them makes again. */
const lazy: ReadonlySet<Entry[0]> = new Set(["run", "load", "said", "saw", "end"]);

export class JournalWriter {
  readonly #journal: Journal;
  #last: Hash;
  #looks: number[] = [];
  /** Of everything that was appended. */
  #safe: Promise<void> | undefined;
  /** Called once, with why nothing can be written any more. */
  onFailure: (error: unknown) => void = () => {};

  constructor(journal: Journal, last: Hash) {
    this.#journal = journal;
    this.#last = last;
  }

  saw(looks: readonly number[]): void {
    for (const look of looks) this.#looks.push(look);
  }

  /** Appends an entry. A promise when it is safe only later; failures go to `onFailure`, and then the promise never resolves. */
  write(entry: Entry): Promise<void> | undefined {
    const bytes = this.#looks.length === 0 ? this.#made(entry) : this.#withLooks(entry);
    try {
      const appended = this.#journal.append(bytes, lazy.has(entry[0]));
      if (appended === undefined) return undefined;
      const safe = appended.then(undefined, (error: unknown) => {
        this.onFailure(error);
        return new Promise<void>(() => {});
      });
      this.#safe = safe;
      return safe;
    } catch (error) {
      this.onFailure(error);
      return new Promise(() => {});
    }
  }

  /** Everything that was written is safe. */
  get safe(): Promise<void> | undefined {
    return this.#safe;
  }

  #withLooks(entry: Entry): Buffer {
    const looks = this.#looks;
    this.#looks = [];
    return Buffer.concat([this.#made(["saw", looks]), this.#made(entry)]);
  }

  #made(entry: Entry): Buffer {
    const bytes = writeEntry(entry, this.#last);
    this.#last = hashOf(bytes);
    return bytes;
  }
}
