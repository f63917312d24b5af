/**
 * Supervises one run on one worker, from the script that goes in to the end that comes out. The only place where what a
 * worker sends meets what the host offers; everything a worker may say wrong ends this run and this worker, and nothing
 * else.
 */
import { overCpu, overMemory, overWall } from "../limit-words.ts";
import { Held, type HostRun, type RunEnd } from "../runner.ts";
import type { GuestLimits, GuestScript, Reply } from "../seam.ts";
import { type Death, endOfRun } from "./death.ts";
import { InFlight, noRoom } from "./in-flight.ts";
import { MalformedValue, type Message } from "../crossing/message.ts";
import { readRequests } from "./module-requests.ts";
import { readOutcome } from "./outcome.ts";
import { ownFrame } from "./wire/layout.ts";
import type { RunFrame } from "./wire/worker-frames.ts";
import { replyFrame, runFrame } from "./wire/supervisor-frames.ts";
import { MalformedFrame } from "./wire/malformed.ts";
import type { RunListener, WorkerProcess } from "./worker-process.ts";
import { clearTimeout, setTimeout } from "../time.ts";

export interface Supervised {
  /** `null`: the worker died before it saw the script; nothing has happened, another worker may try. */
  readonly end: RunEnd | null;
}

/** A worker that is ready says within a moment that it begins, on a loaded machine within seconds; this one is broken. */
const beginMs = 10_000;

/** Scripts that compute report their own timeout a little before the clock of the supervisor ends their process. */
const graceMs = 30;

export interface SuperviseOptions {
  /** Leaves a worker may call; none of the host's when it has the host functions itself. */
  readonly leaves: number;
  readonly limits: Pick<GuestLimits, "memoryMb" | "payloadBytes" | "wallMs" | "consoleBytes"> &
    Partial<Pick<GuestLimits, "cpuMs">>;
  /** True when the worker is the host side itself. */
  readonly placed: boolean;
  /** The script is about to start: its clock begins. */
  readonly began?: (() => void) | undefined;
  /** Milliseconds a worker may take to begin. */
  readonly beginMs?: number;
}

export function supervise(
  worker: WorkerProcess,
  number: number,
  script: GuestScript,
  host: HostRun,
  how: SuperviseOptions,
): Promise<Supervised> {
  return new Promise((resolve) => {
    // It may have been killed (a disposal) between being handed out and getting here.
    if (!worker.alive) return resolve({ end: null });
    const inFlight = new InFlight(how.limits.memoryMb, how.limits.payloadBytes);
    const { channel } = worker;
    let started = false;
    let over = false;
    let loading = false;
    let consoleLeft = 2 * how.limits.consoleBytes + 2048;

    let looksLeft = how.limits.wallMs + 10_000;

    const finish = (end: RunEnd | null): void => {
      over = true;
      clearTimeout(clock);
      host.signal.removeEventListener("abort", abort);
      worker.attach(null);
      // Host functions may still settle; nobody waits for them any more.
      inFlight.clear();
      resolve({ end });
    };
    const kill = (death: Death): void => worker.kill(death);
    const abort = (): void => kill({ kind: "aborted", detail: "" });
    // Getting a turn on a processor is not the script's doing: its own clock begins when the worker says so.
    let clock = setTimeout(
      () => kill({ kind: "crashed", detail: "It did not begin the script in time." }),
      how.beginMs ?? beginMs,
    );
    const begin = (): void => {
      if (started) throw new MalformedFrame("a script that begins twice");
      started = true;
      how.began?.();
      clearTimeout(clock);
      clock = setTimeout(
        () => kill({ kind: "timeout", detail: "", limit: "wallMs" }),
        how.limits.wallMs + graceMs,
      );
    };

    const listener: RunListener = {
      frame(frame) {
        // The number is ours; an old one is the late word of an earlier run, a new one is a lie.
        if (frame.run < number) return;
        if (frame.run > number) throw new MalformedFrame("a frame of a run that is not");
        receive(frame);
      },
      // A worker that crashed before it saw the script says nothing about the run: another worker tries. A limit that was passed, or an
      // abort, ends the run even then.
      died: (death) => finish(started || death.kind !== "crashed" ? inWords(death, how.limits) : null),
    };

    const receive = (frame: RunFrame): void => {
      // Under no clock nothing is said and nothing is asked for.
      if (frame.kind !== "started" && !started) throw new MalformedFrame("a frame before its script began");
      switch (frame.kind) {
        case "started":
          return begin();
        case "console":
          // The guest side counts a byte for the end of each line too, and cuts its console at the limit: going on for ever is no script's doing.
          consoleLeft -= frame.text.length + 1;
          if (consoleLeft < 0) throw new MalformedFrame("more console than its limit");
          return host.console(frame.level, frame.text);
        case "saw":
          // One at most for each moment of the run, and no word of none.
          looksLeft -= frame.looks.length / 2 || Infinity;
          if (looksLeft < 0 || !host.saw)
            throw new MalformedFrame("more looks at the clock than there are moments");
          return host.saw(frame.looks);
        case "end": {
          const end = readOutcome(frame.end);
          if (how.placed) host.adopt(frame.end.hostUsage);
          return finish(end);
        }
        case "recorded":
          if (!host.recorded) throw new MalformedFrame("a question of a journal that is not");
          return channel.send(ownFrame("piece", host.recorded(), number));
        case "replayed":
          if (!host.replayed) throw new MalformedFrame("calls of a journal that is not");
          return host.replayed(frame.leaves, frame.digests);
        case "load":
          return load(frame.requests);
        case "callSync":
        case "callAsync":
          return call(frame);
        default:
          frame satisfies never;
      }
    };

    const call = (frame: RunFrame & { kind: "callSync" | "callAsync" }): void => {
      const { id, bytes } = frame;
      if (frame.leaf >= how.leaves) throw new MalformedFrame("a call of a leaf that is not");
      channel.isAwake = frame.isAwake;
      if (inFlight.has(id)) throw new MalformedFrame("two calls of one id");
      const fits = inFlight.fits(bytes);
      if (!fits && host.overflow) return host.overflow();
      const answer = fits ? host.call(id, frame.leaf, frame.args) : noRoom;
      if (!(answer instanceof Held)) return respond(frame.kind, id, bytes, answer);
      // The worker waits for its answer, as long as it takes.
      inFlight.enter(id, bytes);
      void answer.made.then((made) => {
        if (inFlight.leave(id)) respond(frame.kind, id, bytes, made.answer);
      });
    };

    const respond = (
      kind: "callSync" | "callAsync",
      id: number,
      bytes: number,
      answer: Reply | Promise<Reply>,
    ): void => {
      if (answer instanceof Promise) {
        inFlight.enter(id, bytes);
        if (kind === "callSync") channel.send(replyFrame(number, id, { kind: "pending" }));
        void answer.then((reply) => {
          if (inFlight.leave(id)) answerLater(id, reply);
        });
      } else if (kind === "callSync") channel.answer(replyFrame(number, id, answer));
      else answerLater(id, answer);
    };

    const load = (message: Message): void => {
      // A worker waits for one answer before it asks again, and is only asked to by a script that may import.
      if (loading || !host.load) throw new MalformedFrame("a load nobody waits for");
      loading = true;
      host.load(readRequests(message)).then(
        (answers) => {
          loading = false;
          if (!over) channel.send(ownFrame("modules", answers, number));
        },
        (error: unknown) => {
          const detail =
            error instanceof MalformedValue ? `It sent ${error.message}.` : "Its modules could not be sent.";
          kill({ kind: "crashed", detail });
        },
      );
    };

    const answerLater = (id: number, reply: Reply): void => {
      const bytes = (reply.kind === "value" && reply.bytes) || 0;
      const fits = inFlight.fits(bytes);
      if (!fits && host.overflow) return host.overflow();
      const fitting = fits ? reply : noRoom;
      const release = inFlight.hold(fitting === reply ? bytes : 0);
      channel.post(() => {
        release();
        return replyFrame(number, id, fitting);
      });
    };

    worker.attach(listener);
    worker.runs++;
    host.signal.addEventListener("abort", abort);
    if (host.signal.aborted) return abort();
    // The id is made when it is read.
    const told = how.placed ? { script, host: { id: host.id, settings: host.settings } } : { script };
    channel.send(runFrame(number, told));
  });
}

/** A limit that ended the process is told as one that the isolate noticed itself. */
function inWords(death: Death, { wallMs, cpuMs, memoryMb }: SuperviseOptions["limits"]): RunEnd {
  const end = endOfRun(death);
  if (end.kind !== "timeout" && end.kind !== "memory") return end;
  // Seen from outside, a process that waited for answers without sleeping has used time that no limit counts.
  const usedUp = death.limit === undefined && cpuMs !== undefined && end.usage.cpuMs >= cpuMs;
  const message = end.kind === "memory" ? overMemory(memoryMb) : usedUp ? overCpu(cpuMs) : overWall(wallMs);
  return { ...end, error: { ...end.error, message } };
}
