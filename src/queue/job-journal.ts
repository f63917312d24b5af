/**
 * Keeps the journal of a run as the log of its job, a row for each append, in the store of the queue.
 *
 * Two workers may have one job: one has lost its lock, because its event loop was blocked, and does not know it yet. So a row counts only when it
 * follows from the rows before it, by the hash in its entries: of two that follow the same row, the first. Whoever has appended looks whether its row is
 * the next one; if it is not, that worker has lost the journal, and makes no further call.
 */
import { readHistory, type History } from "../runtime/journal/history.ts";
import { hashOf, noHash, readLog, type Hash } from "../runtime/journal/log.ts";
import type { Journal } from "../runtime/index.ts";
import type { Entry } from "../runtime/journal/entry.ts";
import { queueError } from "./errors.ts";
import type { JobQueue } from "./store.ts";
import { readTold, type Told } from "./told.ts";

/** A row as it is told from what others write into the log. */
const mark = "isobind:";

export class JobJournal implements Journal {
  readonly #queue: JobQueue;
  readonly #id: string;
  /** Nobody has had the job before: there is nothing to read. */
  readonly #isNew: boolean;
  /** Rows in the log, ours and others', as far as we know. */
  #rows = 0;
  readonly #others: string[] = [];
  #found: Promise<Uint8Array> | null = null;
  #last: Hash = noHash;
  #entries: Entry[] = [];
  #kept: Uint8Array[] = [];
  #sending: Promise<void> | null = null;
  #next: { readonly bytes: Uint8Array[]; readonly sent: Promise<void> } | null = null;

  /** Adds a row to the log, and gives how many it has then. */
  readonly #add: (row: string) => Promise<number>;

  constructor(queue: JobQueue, id: string, isNew: boolean, add: (row: string) => Promise<number>) {
    this.#add = add;
    this.#queue = queue;
    this.#id = id;
    this.#isNew = isNew;
  }

  read(): Promise<Uint8Array> {
    return (this.#found ??= this.#read());
  }

  async #read(): Promise<Uint8Array> {
    if (this.#isNew) return new Uint8Array(0);
    const { logs } = await this.#queue.getJobLogs(this.#id, 0, -1, true);
    this.#rows = logs.length;
    return Buffer.concat(logs.flatMap((row) => this.#accept(row) ?? []));
  }

  append(bytes: Uint8Array, isLazy: boolean): void | Promise<void> {
    if (isLazy) return void this.#kept.push(bytes);
    const pieces = [...this.#kept, bytes];
    this.#kept = [];
    // What comes while a row is on its way goes together in the next one.
    if (this.#next !== null) {
      this.#next.bytes.push(...pieces);
      return this.#next.sent;
    }
    if (this.#sending === null) return this.#send(pieces);
    const waiting: Uint8Array[] = pieces;
    const sent = this.#sending.then(() => {
      this.#next = null;
      return this.#send(waiting);
    });
    this.#next = { bytes: waiting, sent };
    return sent;
  }

  /** Rows are whole: nothing is ever cut short. */
  truncate(): void {
    throw new Error("A row of a queue's log was cut short.");
  }

  /** Rows of the log that have been read or written. */
  get rows(): number {
    return this.#rows;
  }

  /** Those of them that are not of the journal. */
  get others(): readonly string[] {
    return this.#others;
  }

  /** What is told in these. */
  get told(): Told {
    return readTold(this.#others);
  }

  /** What the run has come to, as far as it is safe. */
  get history(): History | null {
    return readHistory(this.#entries);
  }

  #send(pieces: readonly Uint8Array[]): Promise<void> {
    const row = mark + Buffer.concat(pieces).toString("base64");
    const sent = this.#write(row).finally(() => {
      if (this.#sending === sent) this.#sending = null;
    });
    this.#sending = sent;
    return sent;
  }

  async #write(row: string): Promise<void> {
    const rows = await this.#add(row);
    if (rows === this.#rows + 1) {
      this.#rows = rows;
      this.#accept(row);
      return;
    }
    // Somebody else has written, too: the first row that follows counts.
    const { logs } = await this.#queue.getJobLogs(this.#id, this.#rows, rows - 1, true);
    this.#rows = rows;
    let isOurs = false;
    for (const other of logs) {
      const accepted = this.#accept(other) !== null;
      // A client that was cut off sends a row again: it stands there twice, and counts once.
      if (other === row) isOurs ||= accepted;
      else if (accepted && other.startsWith(mark)) break;
    }
    if (!isOurs) throw queueError("ERR_QUEUE_LOST", "another worker goes on with this job");
  }

  /** The bytes of a row that follows from the last one; `null` for any other. */
  #accept(row: string): Buffer | null {
    if (!row.startsWith(mark)) return (this.#others.push(row), null);
    const bytes = Buffer.from(row.slice(mark.length), "base64");
    try {
      const { entries, length } = readLog(bytes, this.#last);
      if (length === 0 || length !== bytes.length) return null;
      this.#last = hashOf(bytes);
      this.#entries.push(...entries);
      return bytes;
    } catch {
      return null;
    }
  }
}
