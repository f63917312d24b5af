/**
 * Gives one run its journal: opens it, says how the run stands that it has, and puts the recording in front of the host
 * side. A run without a journal passes through untouched.
 */
import type { Registry } from "../model/registry.ts";
import { digestOf } from "./crossing/digest.ts";
import { decode, encode } from "./crossing/host-codec.ts";
import type { Message } from "./crossing/message.ts";
import { bytesOf, messageOf } from "./crossing/message-bytes.ts";
import { option, SandboxError } from "./errors.ts";
import { readGuestError } from "./guest-error.ts";
import type { OwnedHostRun } from "./host/host-run.ts";
import { beginRun, findJournal, otherRun, type FoundJournal, type RunIdentity } from "./journal/open.ts";
import type { History } from "./journal/history.ts";
import { valueOf } from "./journal/kept.ts";
import { answersOf, type JournalOptions } from "./journal/options.ts";
import type { Journal } from "./journal/journal.ts";
import { inTime, LateStore } from "./journal/late-store.ts";
import { Recording } from "./journal/recording.ts";
import { journalFailed } from "./journal/words.ts";
import type { ResolvedLimits } from "./limits.ts";
import { zoneName, type Regional } from "./host-regional.ts";
import type { RunResult, Wait } from "./result.ts";
import type { RunOptions } from "./run-options.ts";
import type { HostRun, RunEnd } from "./runner.ts";
import { noUsage, type GuestReplay, type GuestScript } from "./seam.ts";

/** What a run is made of, as far as its journal knows it. */
export interface JournaledRun {
  readonly found: FoundJournal;
  readonly options: JournalOptions;
  /** The run is over; `status` is how it has ended, when it has a result. Throws `ERR_JOURNAL_FAILED`. */
  close(status: RunResult["status"] | undefined): Promise<void>;
}

/** Journals of runs in progress: two that write one would make each call twice, and damage it. */
const inUse = new WeakSet<Journal>();

/** What the store of the journal is asked takes `wallMs` at most, each time. */
export async function openJournal(
  options: JournalOptions & { readonly journal: Journal },
  placement: "host" | "worker" | undefined,
  wallMs: number,
): Promise<JournaledRun> {
  const { journal } = options;
  if (placement === "worker") {
    throw option('journal: host functions of placement: "worker" are called where nothing is recorded.');
  }
  if (inUse.has(journal)) throw option("journal: another run is in progress that writes it.");
  inUse.add(journal);
  const release = async (): Promise<void> => {
    try {
      await journal.close?.();
    } finally {
      inUse.delete(journal);
    }
  };
  /** Until its store has answered, no other run may write there. */
  const releaseAfter = (answered: Promise<unknown>): void => void answered.then(release).catch(() => {});
  try {
    const found = await findJournal(journal, wallMs);
    const close: JournaledRun["close"] = async (status) => {
      found.writer.end();
      // The run was ended without it.
      if (found.writer.isWaiting) return releaseAfter(found.writer.settled());
      try {
        await inTime(release(), wallMs);
      } catch (error) {
        // Its own reason is the nearer one.
        if (error instanceof LateStore && (status === "aborted" || status === "timeout")) return;
        throw new SandboxError("ERR_JOURNAL_FAILED", journalFailed(error).message, { cause: error });
      }
    };
    return { found, options, close };
  } catch (error) {
    const { cause } = error as SandboxError;
    if (cause instanceof LateStore) releaseAfter(cause.answered);
    else await inTime(release(), wallMs).catch(() => {});
    throw error;
  }
}

/** The options of a run that goes on have the input it was begun with, when they have none. */
export function withRecordedInput<Options extends { readonly input?: unknown }>(
  run: JournaledRun | null,
  options: Options,
): Options {
  const kept = run?.found.history?.head.input;
  if (kept === undefined || "input" in options) return options;
  const decoded = decode(messageOf(kept), Infinity);
  return decoded.ok ? { ...options, input: decoded.value } : options;
}

/** How the run that is asked for is told from every other. */
export function identityOf(
  script: GuestScript,
  options: Pick<RunOptions, "input" | "kind" | "filename" | "runId">,
  registry: Registry,
  { timeZone, locale }: Regional,
): RunIdentity {
  const input = "input" in options ? encode(options.input, Infinity) : null;
  return {
    script: digestOf(`${script.language}\n${script.source}`),
    contract: registry.digest ?? "",
    globals: script.globals === null ? "" : digestOf(bytesOf(script.globals)),
    ...(input?.ok === true ? { input: bytesOf(input.message) } : {}),
    kind: options.kind ?? "",
    timeZone: zoneName(timeZone) ?? "",
    locale,
    ...namesOf(options, registry),
  };
}

/** Of what has been given a name. */
function namesOf(
  { filename, runId }: Pick<RunOptions, "filename" | "runId">,
  { profile }: Registry,
): Pick<RunIdentity, "names"> {
  if (filename === undefined && runId === undefined && profile === undefined) return {};
  return {
    names: {
      ...(filename !== undefined && { filename }),
      ...(runId !== undefined && { runId }),
      ...(profile !== undefined && { profile }),
    },
  };
}

/** A run that may begin, or one that has ended already: in its journal, or because the journal is of another. */
export type StartedJournal =
  | { readonly end: RunEnd }
  | { readonly end: null; readonly recording: Recording; readonly replay: GuestReplay };

export async function startJournal(
  { found, options }: JournaledRun,
  identity: RunIdentity,
  parts: {
    readonly host: OwnedHostRun;
    readonly registry: Registry;
    readonly canHold: boolean;
    readonly limits: Pick<ResolvedLimits, "wallMs" | "calls" | "journalBytes">;
  },
): Promise<StartedJournal> {
  const other = otherRun(found, identity);
  if (other) return { end: { kind: "error", error: other, usage: noUsage } };
  const ended = found.history?.end;
  if (ended) return { end: recordedEnd(ended.how, messageOf(ended.value)) };
  const { wallMs, calls, journalBytes } = parts.limits;
  const { writer, history } = await beginRun(found, identity, answersOf(options.answer), wallMs);
  const recording = new Recording({
    host: parts.host,
    leaves: parts.registry.leaves,
    writer,
    history,
    onDoubt: options.onDoubt,
    canHold: parts.canHold,
    wallMs,
    calls,
    journalBytes,
  });
  return { end: null, recording, replay: replayOf(history) };
}

function replayOf({ head, looks, calls, events }: History): GuestReplay {
  const { seed } = head;
  if (calls.length === 0) return { seed, looks };
  return { seed, looks, recorded: { calls: calls.length, answers: events.length - calls.length } };
}

function recordedEnd(how: "ok" | "error", value: Message): RunEnd {
  if (how === "ok") return { kind: "ok", exports: value, usage: noUsage };
  // Its form was looked at when the entry was read.
  return { kind: "error", error: readGuestError(valueOf(value))!, usage: noUsage };
}

/** What a run with a journal came to. */
export interface RecordedEnd {
  readonly end: RunEnd;
  readonly waits: readonly Wait[];
}

/** Runs what has begun. */
export async function runRecorded(
  started: StartedJournal,
  carryOut: (host: HostRun, replay: GuestReplay) => Promise<RunEnd>,
): Promise<RecordedEnd> {
  if (started.end !== null) return { end: started.end, waits: [] };
  const { recording, replay } = started;
  const end = await recording.conclude(await carryOut(recording, replay));
  return { end, waits: recording.waits };
}
