/**
 * Runs the life of a worker whose host functions are in the supervisor: read a run, run it, say how it ended, prepare the
 * next isolate; all of it blocking, on one thread, without an event loop.
 */
import type { Delivery } from "../../crossing/transfer.ts";
import type {
  CreateGuest,
  GuestOutcome,
  GuestScript,
  GuestSetup,
  HostPort,
  RecordedPiece,
} from "../../seam.ts";
import { tightenSetup } from "../../tighten.ts";
import { ownFrame, signalFrame } from "../wire/layout.ts";
import {
  callFrame,
  consoleFrame,
  endFrame,
  readyFrame,
  replayedFrame,
  sawFrame,
} from "../wire/worker-frames.ts";
import type { Pipe } from "./pipe.ts";
import { residentKib } from "./resident.ts";
import { isWorthRest, rest } from "./rest.ts";
import type { Watch } from "./watch.ts";

export interface LoopParts {
  readonly pipe: Pipe;
  readonly watch: Watch;
  readonly createGuest: CreateGuest;
  readonly setup: GuestSetup;
  readonly concurrency: number;
}

type Answer = readonly [id: number, answer: Delivery];

/** Never returns: the process ends when its pipe does, or when it is killed. */
export function blockingLoop({ pipe, watch, createGuest, setup, concurrency }: LoopParts): never {
  let run = 0;
  /** Calls sent and not yet answered. */
  let outstanding = 0;
  /** Answers that came while something else was waited for. They are settled later: a guest is never re-entered. */
  let early: Answer[] = [];

  /** Whether a piece of what is recorded was asked for, and the one that has come. */
  let asked = false;
  let piece: RecordedPiece | null = null;

  /** The next answer of this run; blocks, and `null` when another frame came. Late answers of an earlier run are passed over. */
  function readAnswer(buffered: boolean): Answer | null {
    for (;;) {
      const frame = buffered ? pipe.readBuffered() : pipe.readSoon();
      if (frame === null) return null;
      if ((frame.kind === "modules" || frame.kind === "piece") && frame.run !== run) continue;
      if (frame.kind === "piece") {
        piece = frame.piece;
        return null;
      }
      if (frame.kind !== "reply") throw new Error(`A worker got a ${frame.kind} frame during a run.`);
      if (frame.run !== run) continue;
      if (!frame.isPending) outstanding--;
      return [frame.id, frame.answer];
    }
  }

  /** Waits for an answer and takes along those that came with it. */
  function readAnswers(): Answer[] {
    const answers = early;
    early = [];
    for (
      let next = answers.length > 0 ? readAnswer(true) : readAnswer(false);
      next;
      next = readAnswer(true)
    ) {
      answers.push(next);
    }
    return answers;
  }

  const port: HostPort = {
    callSync(id, leaf, args) {
      outstanding++;
      pipe.ask(callFrame("callSync", run, id, leaf, args, pipe.isAwake));
      for (;;) {
        const answer = readAnswer(false);
        if (answer === null) continue;
        if (answer[0] === id) return answer[1];
        early.push(answer);
      }
    },
    callAsync(id, leaf, args) {
      // The host refuses calls beyond `concurrency` at once, so an answer comes soon; waiting for it here keeps a guest that calls
      // without ever awaiting from piling up answers in the supervisor.
      while (outstanding > concurrency) {
        const answer = readAnswer(false);
        if (answer) early.push(answer);
      }
      outstanding++;
      pipe.write(callFrame("callAsync", run, id, leaf, args, pipe.isAwake));
    },
    console(level, text) {
      pipe.write(consoleFrame(run, level, text));
    },
    saw(looks) {
      pipe.write(sawFrame(run, looks));
    },
    recorded() {
      if (!asked) pipe.write(signalFrame("recorded", run));
      while (piece === null) {
        const answer = readAnswer(false);
        if (answer) early.push(answer);
      }
      const next = piece;
      piece = null;
      // The supervisor makes the one that follows while this one is read.
      asked = !next.isLast;
      if (asked) pipe.write(signalFrame("recorded", run));
      return next;
    },
    replayed(leaves, digests) {
      pipe.write(replayedFrame(run, leaves, digests));
    },
    load(requests) {
      pipe.write(ownFrame("load", requests, run));
      for (;;) {
        const frame = pipe.read();
        if (frame.kind === "modules" && frame.run === run) return frame.answers;
        // Answers to a run that has ended.
        if (frame.kind === "setup" || frame.kind === "run")
          throw new Error(`A worker got a ${frame.kind} frame while it waited for modules.`);
      }
    },
  };

  /** `heldKib`: what this process held before the script came. */
  function runScript(script: GuestScript, prepared: ReturnType<CreateGuest>, heldKib: number): void {
    const limits = script.limits ?? setup.limits;
    let guest = prepared;
    if (script.limits) {
      guest.dispose();
      guest = createGuest(tightenSetup(setup, script.limits), port, "blocked");
    }
    let outcome: GuestOutcome | null = null;
    pipe.write(signalFrame("started", run));
    watch.begin(limits, script.limits || isLarge(script) ? residentKib() : heldKib);
    guest.start(script, (ended) => (outcome = ended));
    while (outcome === null) guest.settle(readAnswers());
    watch.end();
    pipe.write(endFrame(run, outcome));
    guest.dispose();
  }

  /** A run had a journal, and so may the next. */
  let mayReplay = false;
  /** What this process holds before the next script, and what it held when it last rested. */
  let heldKib = 0;
  let restedKib = 0;
  for (;;) {
    const guest = createGuest(setup, port, "blocked");
    heldKib = residentKib();
    watch.watches();
    pipe.write(readyFrame(heldKib));
    // Until the supervisor has a run for it there is nothing else to do.
    guest.warmUp(mayReplay);
    const script = nextScript();
    mayReplay ||= script.replay !== undefined;
    outstanding = 0;
    early = [];
    asked = false;
    piece = null;
    runScript(script, guest, heldKib);
  }

  function nextScript(): GuestScript {
    for (;;) {
      const frame = pipe.read();
      if (frame.kind === "rest") {
        restIfWorth();
        continue;
      }
      // Answers to a run that has ended.
      if (frame.kind === "reply" || frame.kind === "modules" || frame.kind === "piece") continue;
      if (frame.kind !== "run") throw new Error(`A worker got a ${frame.kind} frame between runs.`);
      run = frame.run;
      return frame.script;
    }
  }

  function restIfWorth(): void {
    if (!isWorthRest(residentKib(), restedKib)) return;
    watch.rest(rest);
    // A script may not use what has been handed back.
    restedKib = heldKib = residentKib();
  }
}

/** Letters, or words: more of them show in what the process holds. */
const manyLetters = 64 * 1024;

function isLarge({ source, globals }: GuestScript): boolean {
  if (globals === null) return source.length > manyLetters;
  return (
    source.length + globals.text.length + globals.to - globals.from > manyLetters || globals.bytes.length > 0
  );
}
