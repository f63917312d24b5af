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
  #failure: { readonly error: unknown } | null = null;
  #failed: () => void = () => {};
  /** Resolves when nothing can be written any more. */
  readonly #end: Promise<void>;
  /** Called once, with why nothing can be written any more. */
  onFailure: (error: unknown) => void = () => {};

  constructor(journal: Journal, last: Hash) {
    this.#journal = journal;
    this.#last = last;
    this.#end = new Promise((resolve) => (this.#failed = resolve));
  }

  saw(looks: readonly number[]): void {
    for (const look of looks) this.#looks.push(look);
  }

  /** Appends an entry. A promise when it is safe only later; failures go to `onFailure`, and then the promise never resolves. */
  write(entry: Entry): Promise<void> | undefined {
    // It would stand behind one that is not there, and the whole journal would be damaged.
    if (this.#failure !== null) return never();
    const bytes = this.#looks.length === 0 ? this.#made(entry) : this.#withLooks(entry);
    try {
      const appended = this.#journal.append(bytes, lazy.has(entry[0]));
      if (appended === undefined) return undefined;
      const safe = appended.then(undefined, (error: unknown) => {
        this.#fail(error);
        return never();
      });
      this.#safe = safe;
      return safe;
    } catch (error) {
      this.#fail(error);
      return never();
    }
  }

  #fail(error: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = { error };
    this.onFailure(error);
    this.#failed();
  }

  /** Resolves when everything that was written is safe, or will never be: then with why. */
  async settled(): Promise<{ readonly error: unknown } | null> {
    let seen: Promise<void> | undefined;
    // Whoever waited for the last one may have written another.
    while (this.#failure === null && this.#safe !== seen) {
      seen = this.#safe;
      await Promise.race([seen, this.#end]);
    }
    return this.#failure;
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

function never(): Promise<never> {
  return new Promise(() => {});
}
