/**
 * Opens a journal for one run: reads what it has, cuts an entry that is not whole, holds it to the run that is asked for, and writes down that the
 * run begins or goes on.
 */
import { encode } from "../crossing/host-codec.ts";
import { bytesOf } from "../crossing/message-bytes.ts";
import { crypto } from "../crypto.ts";
import { option, SandboxError } from "../errors.ts";
import type { RunError } from "../result.ts";
import type { Entry, KeptAnswer, RunHead } from "./entry.ts";
import { isWaiting, readHistory, type History } from "./history.ts";
import type { Journal } from "./journal.ts";
import { inTime } from "./late-store.ts";
import { DamagedJournal, readLog } from "./log.ts";
import { faultOf, type Answer } from "./options.ts";
import { safe } from "./safe.ts";
import { otherThan, type OtherPart } from "./words.ts";
import { JournalWriter } from "./writer.ts";

/** A journal as it was found. */
export interface FoundJournal {
  readonly history: History | null;
  /** Writes behind what was found. */
  readonly writer: JournalWriter;
}

/** The version of journals that are begun. */
const newest = 2;

/** What this run is; the seed is chosen by who begins it. */
export type RunIdentity = Omit<RunHead, "version" | "seed">;

/** Throws a `SandboxError`: `ERR_JOURNAL_DAMAGED`, or `ERR_JOURNAL_FAILED` when it cannot be read; what its store is asked takes `ms` at most. */
export async function findJournal(journal: Journal, ms: number): Promise<FoundJournal> {
  try {
    const bytes = await inTime(journal.read(), ms);
    const { entries, length, last } = readLog(bytes);
    if (length < bytes.length) await inTime(journal.truncate(length), ms);
    const history = readHistory(entries);
    return { history, writer: new JournalWriter(journal, last, history?.head.version ?? newest, length) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof DamagedJournal) {
      throw new SandboxError("ERR_JOURNAL_DAMAGED", `The journal cannot be used: ${why}.`, { cause: error });
    }
    throw new SandboxError("ERR_JOURNAL_FAILED", `The journal could not be read: ${why}`, { cause: error });
  }
}

/** Why the journal is of another run; `null` when it is of this one. */
export function otherRun({ history }: FoundJournal, run: RunIdentity): RunError | null {
  if (history === null) return null;
  for (const name of Object.keys(parts) as (keyof typeof parts)[]) {
    const [recorded, now] = [history.head[name], run[name]];
    if (recorded === now) continue;
    return otherThan(parts[name], { is: recorded, names: history.head.names }, { is: now, names: run.names });
  }
  return null;
}

/** The first that differs is said, and nobody can have another script in the same text. */
const parts = {
  script: "script",
  contract: "contract",
  globals: "globals",
  kind: "kind",
  timeZone: "time zone",
  locale: "locale",
} as const satisfies { readonly [name in keyof RunIdentity]?: OtherPart };

export interface BegunRun {
  readonly writer: JournalWriter;
  readonly history: History;
}

/**
 * Writes that the run begins, or that it goes on with these answers. Throws a `SandboxError` for answers to what nobody has asked, and
 * when that cannot be written within `ms`.
 */
export async function beginRun(
  found: FoundJournal,
  run: RunIdentity,
  given: readonly Answer[],
  ms: number,
): Promise<BegunRun> {
  const { writer } = found;
  const write = async (entry: Entry): Promise<void> => {
    if (writer.write(entry) === undefined) return;
    const failure = await safe(writer, ms);
    if (failure !== null) throw cannotWrite(failure.error);
  };
  if (found.history === null) {
    if (given.length > 0) throw option("answer: the journal is empty, so nothing has been asked.");
    const head: RunHead = { version: newest, ...run, seed: randomDigits() };
    await write(["run", head]);
    return { writer, history: readHistory([["run", head]])! };
  }
  const answers = given.map((answer) => addressed(answer, found.history!));
  // A second would be taken for the answer to what the function asks next.
  const twice = answers.find(([call], at) => answers.findIndex(([other]) => other === call) < at);
  if (twice) throw option(`answer: call ${twice[0]} is answered twice.`);
  await write(["resume", randomDigits()]);
  let history = found.history;
  for (const [number, answer] of answers) {
    await write(["answer", number, answer]);
    history = answered(history, number, answer);
  }
  return { writer, history };
}

/** 32 hexadecimal digits, of which 122 bits are chance: Node has a store of them, where bytes take a call of their own. */
function randomDigits(): string {
  return crypto().randomUUID().replaceAll("-", "");
}

function answered(history: History, number: number, answer: KeptAnswer): History {
  const calls = history.calls.map((call, at) =>
    at === number ? { ...call, answers: [...call.answers, answer] } : call,
  );
  return { ...history, calls };
}

function addressed(answer: Answer, { calls }: History): readonly [number: number, answer: KeptAnswer] {
  const waiting = calls.flatMap((call, at) => (isWaiting(call) ? [at] : []));
  const { call = waiting.length === 1 ? waiting[0]! : -1, approved, reason, value } = answer;
  if (!waiting.includes(call)) {
    const choices = waiting.length === 0 ? "no call waits" : `these wait: ${waiting.join(", ")}`;
    throw option(
      `answer: ${answer.call === undefined ? "it does not say which call it is for" : `call ${call} does not wait`}; ${choices}.`,
    );
  }
  const why = faultOf(answer, calls[call]!.reason === null ? "approval" : "suspend");
  if (why !== null) throw option(`answer: call ${call} ${why}.`);
  const encoded = encode(value, Infinity);
  if (!encoded.ok) throw option(`answer: its value${encoded.refusal.path}: ${encoded.refusal.reason}.`);
  return [
    call,
    {
      ...(approved === undefined ? {} : { approved }),
      ...(reason === undefined ? {} : { reason }),
      value: bytesOf(encoded.message),
    },
  ];
}

function cannotWrite(error: unknown): SandboxError {
  const why = error instanceof Error ? error.message : String(error);
  return new SandboxError("ERR_JOURNAL_FAILED", `The journal could not be written: ${why}`, { cause: error });
}
