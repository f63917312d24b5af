/**
 * Appends entries to a journal, each behind the last, and remembers what the script has seen of the time until there is an entry it stands before: what
 * nobody outside has learnt of may be seen anew.
 */
import type { NewEntry } from "./entry.ts";
import type { Journal } from "./journal.ts";
import type { Hash } from "./log.ts";
import { follow } from "./memory.ts";
import { Records } from "./records.ts";

/** Entries that a run which begins anew from what is before them makes again. */
const lazy: ReadonlySet<NewEntry[0]> = new Set(["run", "load", "said", "saw", "end"]);

/** About what a number takes of what the script has seen: half of them are times, the others small. */
const lookBytes = 8;

/** Bytes that wait at most, for a journal that asks for them. */
const mostWaiting = 64 * 1024;

export class JournalWriter {
  readonly #journal: Journal;
  readonly #records: Records;
  /** True for a journal that ends with this process, and asks when somebody looks at it. */
  readonly #asks: boolean;
  #looks: number[] = [];
  #appended: number;
  /** Of everything that was appended; absent when it is safe. */
  #safe: Promise<void> | undefined;
  #failure: { readonly error: unknown } | null = null;
  #failed: () => void = () => {};
  #isOver = false;
  /** Resolves when nothing can be written any more. */
  readonly #end: Promise<void>;
  /** Called once, with why nothing can be written any more. */
  onFailure: (error: unknown) => void = () => {};

  /** `version` and `length`: of the journal. */
  constructor(journal: Journal, last: Hash, version: 1 | 2, length: number) {
    this.#journal = journal;
    this.#appended = length;
    this.#asks = follow(journal, () => void this.#append(true));
    this.#records = new Records(last, this.#asks && version > 1);
    this.#end = new Promise((resolve) => (this.#failed = resolve));
  }

  saw(looks: readonly number[]): void {
    for (const look of looks) this.#looks.push(look);
  }

  /** Appends an entry. A promise when it is safe only later; failures go to `onFailure`, and then the promise never resolves. */
  write(entry: NewEntry): Promise<void> | undefined {
    // It would stand behind one that is not there, or beside those of the next run, and the whole journal would be damaged.
    if (this.#failure !== null || this.#isOver) return never();
    if (this.#looks.length > 0) {
      this.#records.add(["saw", this.#looks]);
      this.#looks = [];
    }
    this.#records.add(entry);
    if (this.#asks && this.#records.waiting < mostWaiting) return undefined;
    return this.#append(lazy.has(entry[0]));
  }

  /** Appends what waits. */
  #append(isLazy: boolean): Promise<void> | undefined {
    if (this.#records.waiting === 0) return undefined;
    try {
      const bytes = this.#records.seal();
      this.#appended += bytes.length;
      const appended = this.#journal.append(bytes, isLazy);
      if (appended === undefined) return undefined;
      const safe: Promise<void> = appended.then(
        () => {
          if (this.#safe === safe) this.#safe = undefined;
        },
        (error: unknown) => {
          this.#fail(error);
          return never();
        },
      );
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

  /** The run is over: what a host function or a module comes to after that is written no more, because another run may have the journal. */
  end(): void {
    this.#isOver = true;
  }

  /** How long the journal is, with what is not appended yet. */
  get bytes(): number {
    return this.#appended + this.#records.waiting + this.#looks.length * lookBytes;
  }

  /** True while an append may still reach the store. */
  get isWaiting(): boolean {
    return this.#safe !== undefined && this.#failure === null;
  }

  /** Resolves when everything that was written is safe, or will never be: then with why. */
  async settled(): Promise<{ readonly error: unknown } | null> {
    if (this.#asks) {
      void this.#append(true);
      follow(this.#journal, () => {});
    }
    let seen: Promise<void> | undefined;
    // Whoever waited for the last one may have written another.
    while (this.#failure === null && this.#safe !== seen) {
      seen = this.#safe;
      await Promise.race([seen, this.#end]);
    }
    return this.#failure;
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
