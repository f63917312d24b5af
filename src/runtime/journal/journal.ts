/**
 * Declares a journal: the place where the bytes of one run are kept, in order. Knows nothing of what they say: entries are
 * made and read by whoever records and replays the run.
 *
 * A store of your own (a table, a bucket) implements these few functions. It never looks into the bytes, and must give back
 * exactly those that were appended, in that order. Each may take as long as a whole run (`limits.wallMs`): then the run ends as
 * `ERR_JOURNAL_FAILED`, and no other uses the journal until the function has answered after all.
 */

export interface Journal {
  /** All bytes that were appended, in order; none for a run that has not begun. Called once, before the run. */
  read(): Uint8Array | Promise<Uint8Array>;
  /**
   * Adds one or more whole entries at the end. The bytes are nobody else's, and do not change. When it returns, or when its promise resolves, they and all earlier ones survive the
   * process. A call of a host function waits for that. Called again before an earlier promise has resolved. `isLazy`: nothing has happened
   * yet that could not happen anew, so a store to which each append is dear may keep these bytes back until the next that is not.
   */
  append(bytes: Uint8Array, isLazy: boolean): void | Promise<void>;
  /** Keeps the first `length` bytes: behind them is an entry that was cut short when its process ended. */
  truncate(length: number): void | Promise<void>;
  /** The run has ended, or waits: what was appended is now safe in any case, and nothing more comes from this run. */
  close?(): void | Promise<void>;
}

const methods = ["read", "append", "truncate"] as const;

export function isJournal(value: unknown): value is Journal {
  return (
    typeof value === "object" &&
    value !== null &&
    methods.every((name) => typeof (value as Partial<Journal>)[name] === "function")
  );
}
