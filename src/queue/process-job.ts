/**
 * Runs one job, and decides what its end means: a result, a wait, another try, or a job that a person should look at.
 */
import type * as Bull from "bullmq";
import type { HostContext, OnDoubt, RunResult, Sandbox } from "../runtime/index.ts";
import { SandboxError } from "../runtime/index.ts";
import { isOfJournal } from "../runtime/journal/words.ts";
import { JobEnded } from "./active-jobs.ts";
import type { AskedWait, GivenAnswer, JobData, KeptOutcome } from "./job.ts";
import { JobJournal } from "./job-journal.ts";
import { cancelledOutcome, keepOutcome } from "./outcome.ts";
import { isSameWait, promote } from "./queue.ts";
import type { Job, JobQueue } from "./store.ts";
import { packed, unpacked } from "./values.ts";

export interface JobWork {
  readonly bull: typeof Bull;
  readonly queue: JobQueue;
  readonly job: Job;
  readonly token: string | undefined;
  readonly sandbox: Sandbox;
  readonly signal: AbortSignal;
  readonly context: HostContext;
  readonly onDoubt: OnDoubt | undefined;
}

/** Throws what the engine understands: `DelayedError` for a wait, `WaitingError` for a job given back, `UnrecoverableError` for one that is parked. */
export async function processJob(work: JobWork): Promise<KeptOutcome> {
  const { bull, job, token, signal } = work;
  const data = job.data as JobData;
  if (data.cancelled !== undefined) return cancelledOutcome(data.cancelled);
  const journal = new JobJournal(work.queue, job.id!, job.attemptsStarted <= 1, (row) => job.log(row));
  const result = await run(work, data, journal);
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
          throw new bull.UnrecoverableError(`${result.error.code}: ${result.error.message}`);
        case "ERR_JOURNAL_FAILED":
          throw new Error(result.error.message);
        default:
          return keepOutcome(result);
      }
    case "crashed":
      throw new Error(`${result.error.code}: ${result.error.message}`);
  }
}

/** Mistakes that another try would only repeat. */
const lasting: ReadonlySet<unknown> = new Set([
  "ERR_SANDBOX_OPTION",
  "ERR_JOURNAL_DAMAGED",
  "ERR_BINDING_NOT_CLONABLE",
  "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
]);

async function run(work: JobWork, data: JobData, journal: JobJournal): Promise<RunResult> {
  const { sandbox, job, signal, context, onDoubt, bull } = work;
  const { filename, kind, limits } = data;
  try {
    return await sandbox.run(data.source, {
      runId: job.id!,
      signal,
      context,
      journal,
      ...(onDoubt === undefined ? {} : { onDoubt }),
      ...(data.input === undefined ? {} : { input: unpacked(data.input) }),
      ...(filename === undefined ? {} : { filename }),
      ...(kind === undefined ? {} : { kind }),
      ...(limits === undefined ? {} : { limits }),
      ...(await answerOf(data, journal)),
    });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (!(error instanceof SandboxError) && !lasting.has(code)) throw error;
    if (lasting.has(code)) throw new bull.UnrecoverableError(`${String(code)}: ${(error as Error).message}`);
    throw error;
  }
}

/** Answers that the journal has not taken yet: a worker may have died right after. */
async function answerOf(
  data: JobData,
  journal: JobJournal,
): Promise<{ readonly answer?: readonly GivenAnswer[] }> {
  if (data.answers === undefined) return {};
  await journal.read();
  const calls = journal.history?.calls ?? [];
  const given = unpacked(data.answers) as GivenAnswer[];
  const open = given.filter((one, at) => {
    const { call, answered } = one;
    // Two who answered at once: the first.
    if (given.findIndex((other) => isSameWait(one, other)) < at) return false;
    const known = calls[call];
    return known !== undefined && known.answers.length === answered && known.waits > answered;
  });
  return { answer: open.map(({ answered: _, ...answer }) => answer as GivenAnswer) };
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
  // As it is now: meanwhile it may have been cancelled, or one of several waits answered while the script went on with another.
  const fresh = ((await queue.getJob(job.id!)) as Job | undefined)?.data ?? job.data;
  const { answers, ...data } = fresh as JobData;
  const given = answers === undefined ? [] : (unpacked(answers) as GivenAnswer[]);
  const early = given.filter((answer) => asked.some((wait) => isSameWait(answer, wait)));
  await job.updateData({
    ...data,
    waits: packed(asked, "waits"),
    ...(early.length === 0 ? {} : { answers: packed(early, "answer") }),
  });
  await job.moveToDelayed(Date.now() + farMs, token);
  // Somebody may have answered, or cancelled, between the two.
  const now = (await queue.getJob(job.id!)) as Job | undefined;
  const told = now?.data as JobData | undefined;
  if (now !== undefined && (told?.answers !== undefined || told?.cancelled !== undefined)) await promote(now);
}

/** Ten years. */
const farMs = 10 * 365 * 24 * 60 * 60 * 1000;
