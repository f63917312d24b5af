/**
 * Runs one job, and decides what its end means: a result, a wait, another try, or a job that a person should look at.
 */
import type * as Bull from "bullmq";
import type { Answer, HostContext, OnDoubt, RunResult, Sandbox } from "../runtime/index.ts";
import { SandboxError } from "../runtime/index.ts";
import { isOfJournal } from "../runtime/journal/words.ts";
import { JobEnded } from "./active-jobs.ts";
import { runOptionsOf, sourceOf } from "./job-data.ts";
import type { AskedWait, JobData, KeptOutcome } from "./job.ts";
import { JobJournal } from "./job-journal.ts";
import { cancelledOutcome, keepOutcome } from "./outcome.ts";
import { promote } from "./moves.ts";
import { aloneRow, forgivenRow, lossesOf, type Losses } from "./losses.ts";
import type { Job, JobQueue } from "./store.ts";
import type { Turns } from "./turns.ts";
import { isSameWait, readTold, type Told } from "./told.ts";
import { packed, readableText, textOf } from "./values.ts";

export interface JobWork {
  readonly bull: typeof Bull;
  readonly queue: JobQueue;
  readonly job: Job;
  readonly token: string | undefined;
  readonly sandbox: Sandbox;
  readonly signal: AbortSignal;
  readonly context: HostContext;
  readonly onDoubt: OnDoubt | undefined;
  readonly turns: Turns;
  readonly maxLost: number;
  readonly lockMs: number;
}

/** Throws what the engine understands: `DelayedError` for a wait, `WaitingError` for a job given back, `UnrecoverableError` for one that is parked. */
export async function processJob(work: JobWork): Promise<KeptOutcome> {
  const { bull, job, token, signal } = work;
  const data = job.data as JobData;
  if (data.cancelled !== undefined) return cancelledOutcome(textOf(data.cancelled));
  const journal = new JobJournal(work.queue, job.id!, job.attemptsStarted <= 1, (row) => job.log(row));
  await journal.read();
  const { cancelled } = journal.told;
  if (cancelled !== undefined) return cancelledOutcome(cancelled);
  const losses = lossesOf(job.stalledCounter, journal.others, work.maxLost);
  if (losses.verdict === "is given up") throw new bull.UnrecoverableError(givenUp(losses, work));
  const isAlone = losses.verdict === "runs alone";
  const leave = await work.turns.enter(isAlone, signal);
  const result = await runInTurn(work, data, journal, isAlone).finally(leave);
  switch (result.status) {
    case "ok":
    case "timeout":
    case "memory":
      return keepOutcome(result);
    case "suspended":
      await suspend(work, result.waits, journal);
      throw new bull.DelayedError();
    case "aborted": {
      const { reason } = signal as { readonly reason: unknown };
      if (reason instanceof JobEnded && reason.how === "cancelled") return cancelledOutcome(reason.message);
      await job.moveToWait(token);
      throw new bull.WaitingError();
    }
    case "error":
      // A script may throw errors with these codes, too; what it throws is its result.
      if (!isOfJournal(result.error)) return keepOutcome(result);
      switch (result.error.code) {
        case "ERR_JOURNAL_IN_DOUBT":
        case "ERR_JOURNAL_MISMATCH":
          throw new bull.UnrecoverableError(readable(result.error));
        case "ERR_JOURNAL_FAILED":
          throw new Error(readable(result.error));
        default:
          return keepOutcome(result);
      }
    case "crashed":
      throw new Error(readable(result.error));
  }
}

function givenUp({ times }: Losses, { lockMs, maxLost }: JobWork): string {
  const often = times === 1 ? "once" : `${times} times`;
  const last = maxLost === 1 ? "" : ", the last time while it ran alone";
  return `Its worker was lost ${often}${last}: it has died, or its event loop stood still for ${lockMs} ms.`;
}

/** As the store keeps why a job was tried again, or is not any more. */
function readable({ code, message }: { readonly code?: unknown; readonly message: string }): string {
  return readableText(`${String(code)}: ${message}`);
}

/** Mistakes that another try would only repeat. */
const lasting: ReadonlySet<unknown> = new Set([
  "ERR_SANDBOX_OPTION",
  "ERR_SCRIPT_INPUT",
  "ERR_JOURNAL_DAMAGED",
  "ERR_BINDING_NOT_CLONABLE",
  "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
]);

/** Others wait until it has settled. */
async function runInTurn(
  work: JobWork,
  data: JobData,
  journal: JobJournal,
  isAlone: boolean,
): Promise<RunResult> {
  const { job, signal } = work;
  if (isAlone && !signal.aborted) await job.log(aloneRow(job.stalledCounter));
  return run(work, data, journal);
}

async function run(work: JobWork, data: JobData, journal: JobJournal): Promise<RunResult> {
  const { sandbox, job, signal, context, onDoubt, bull } = work;
  try {
    return await sandbox.run(sourceOf(data), {
      ...runOptionsOf(data),
      runId: job.id!,
      signal,
      context,
      journal,
      ...(onDoubt === undefined ? {} : { onDoubt }),
      ...answerOf(journal),
    });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (!(error instanceof SandboxError) && !lasting.has(code)) throw error;
    if (lasting.has(code)) throw new bull.UnrecoverableError(readable(error as Error));
    throw error;
  }
}

/** Answers that the journal has not taken yet: a worker may have died right after. */
function answerOf(journal: JobJournal): { readonly answer?: readonly Answer[] } {
  const { answers } = journal.told;
  if (answers.length === 0) return {};
  const calls = journal.history?.calls ?? [];
  const open = answers.filter(({ call, answered }) => {
    const known = calls[call];
    return known !== undefined && known.answers.length === answered && known.waits > answered;
  });
  return { answer: open.map(({ answered: _, ...answer }) => answer) };
}

/** Lays a job aside until somebody answers. Nothing of it is held: the engine keeps it as one whose time is far away. */
async function suspend(
  { job, queue, token }: JobWork,
  waits: Extract<RunResult, { readonly status: "suspended" }>["waits"],
  journal: JobJournal,
): Promise<void> {
  const calls = journal.history?.calls ?? [];
  const asked = waits.map((wait): AskedWait => ({
    ...wait,
    answered: calls[wait.call]?.answers.length ?? 0,
  }));
  const isTold = ({ answers, cancelled }: Told): boolean =>
    cancelled !== undefined || answers.some((answer) => asked.some((wait) => isSameWait(answer, wait)));
  const data = job.data as JobData;
  // It has come to rest: a worker that is lost in a month has nothing to do with one that was lost today.
  if (job.stalledCounter > 0) await job.log(forgivenRow(job.stalledCounter));
  // One of several waits may have been answered while the script went on with another.
  const toldFrom = isTold(journal.told) ? (data.toldFrom ?? 0) : journal.rows;
  await job.updateData({ ...data, waits: packed(asked, "waits"), toldFrom });
  await job.moveToDelayed(Date.now() + lookAgainMs, token);
  // Whoever has answered or cancelled before this moment has found a job at work, and left it to us.
  const { logs } = await queue.getJobLogs(job.id!, toldFrom, -1, true);
  if (isTold(readTold(logs))) await promote(job);
  else await job.changeDelay(farMs).catch(() => {});
}

/** A worker that dies before it has looked leaves a job that begins anew by itself, and waits again. */
const lookAgainMs = 60_000;

/** Ten years. */
const farMs = 10 * 365 * 24 * 60 * 60 * 1000;
