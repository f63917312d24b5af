/**
 * Holds one child process from fork to exit, as the supervisor sees it. Hands frames to whoever holds the current run and
 * knows why the process ended; decides nothing about runs.
 */
import { MalformedValue } from "../crossing/message.ts";
import { noUsage, type GuestUsage } from "../seam.ts";
import { Channel } from "./channel.ts";
import { type Death, diagnose } from "./death.ts";
import { type Launched, unstarted } from "./launch.ts";
import { ownFrame, signalFrame } from "./wire/layout.ts";
import { maxFrameBytes, maxLineBytes, type WorkerSetup } from "./wire/setup.ts";
import { killAtExit } from "./lifeline.ts";
import { limitProcess } from "./os-limits.ts";
import { nothingUsed, readProcessUsage, usageSince, type ProcessUsage } from "./process-usage.ts";
import { lineOf } from "./wire/last-words.ts";
import { readWorkerFrame, type RunFrame } from "./wire/worker-frames.ts";
import { MalformedFrame } from "./wire/malformed.ts";
import { sharedBytes } from "./wire/shared-memory.ts";
import { clearTimeout, setImmediate, setTimeout, type Timeout } from "../time.ts";

/** Frames of a run, and the end of the process when it comes first. */
export interface RunListener {
  frame(frame: RunFrame): void;
  died(death: Death): void;
}

/** What the pool learns. */
export interface WorkerListener {
  /** An isolate is prepared: the worker can take a run. */
  ready(worker: WorkerProcess): void;
  /** The process is gone, or as good as: it gets no run any more. Exactly once. */
  gone(worker: WorkerProcess, death: Death): void;
}

/** Of a worker's stderr the end is kept: V8 says there why it gave up. */
const stderrBytes = 16 * 1024;

/** Between two looks at stderr: a worker that writes for ever waits for its pipe, and the host has other things to do. */
const stderrPauseMs = 10;

/**
 * Milliseconds after the end of a process in which its last words are read. Who was started by it (by a host function in a worker) may have its stderr, and keep that open for
 * as long as it likes.
 */
const lastWordsMs = 1_000;

const ownProgram: Death = {
  kind: "crashed",
  detail:
    "`process.execPath`, with which workers are started, is this program itself and not Node: give `execPath`, the path of a Node executable.",
  lasting: "ERR_ENGINE_HOST",
};

/**
 * A worker says that it is one as soon as its program is loaded: a tenth of a second, and many seconds where it gets a hundredth of a processor. A program that
 * was started in its place and is none never says so, and would go on, as servers do.
 */
const bornMs = 30_000;

const notReady: Death = { kind: "crashed", detail: "It did not get ready in time." };

function notBorn(program: string): Death {
  return {
    kind: "crashed",
    detail:
      `Workers are started with ${program}, and what was started has not said within ${bornMs / 1_000} s that it is a worker. Is that program Node? ` +
      "If not, give `execPath`, the path of a Node executable.",
    lasting: "ERR_ENGINE_HOST",
  };
}

/** A worker that needs longer to prepare an isolate is broken; on a loaded machine it may take seconds. */
const startMs = 60_000;

/** And one that has already done it once. */
const againMs = 10_000;

/**
 * A worker that has had nothing to do for so long hands back memory, which may take it 50 ms: a run that comes in between waits for so long. Scripts that follow one another
 * closely leave it no time for that.
 */
const idleMs = 500;

export class WorkerProcess {
  /** For the frames of the run that is attached. */
  readonly channel: Channel;
  readonly #launched: Launched;
  readonly #listener: WorkerListener;
  readonly #exited: Promise<void>;
  #starting: Timeout;
  /** Until it is told to rest. */
  #idle: Timeout | undefined;
  readonly #memoryMb: number;
  readonly #maxLineBytes: number;
  #run: RunListener | null = null;
  #stderr = "";
  #death: Death | null = null;
  #born = false;
  #everPrepared = false;
  #prepared = false;
  /** Memory the process held before its first run, and holds now between runs. */
  #firstResidentKib = 0;
  #residentKib = 0;
  /** What the run had used when its worker closed its pipe, dead and not yet buried. */
  #usedLast: GuestUsage = noUsage;
  /** What it used for that is no run's doing. */
  #hasRested = false;
  /** What the process had used when it got ready for its next run. */
  #usedBefore: ProcessUsage = nothingUsed;
  runs = 0;

  constructor(launched: Launched, setup: WorkerSetup, listener: WorkerListener) {
    this.#listener = listener;
    this.#memoryMb = setup.guest.limits.memoryMb;
    this.#maxLineBytes = maxLineBytes(setup.guest);
    this.#launched = launched;
    const { child, fromWorker, stderr } = launched;
    this.channel = new Channel(launched, maxFrameBytes(setup.guest), {
      frame: (frame) => this.#receive(frame),
      malformed: (reason) => this.kill({ kind: "crashed", detail: `It sent ${reason}.` }),
    });
    fromWorker.once("end", () => (this.#usedLast = this.usage()));
    stderr.setEncoding("utf8");
    stderr.on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrBytes);
      if (lineOf("program", this.#stderr) !== null) this.kill(ownProgram);
      stderr.pause();
      // Referenced for its few milliseconds: the end of the process is only seen when all is read.
      setTimeout(() => stderr.resume(), stderrPauseMs);
    });
    stderr.on("error", () => {});
    const release = killAtExit(child);
    this.#exited = new Promise((resolve) => {
      child.once("error", (error) => {
        release();
        this.#end({ kind: "crashed", detail: unstarted(error.message) });
        resolve();
      });
      // `close`, not `exit`: the last words on stderr may come after the exit.
      let patience: Timeout | undefined;
      child.once("exit", () => {
        // What is here by then is read before.
        patience = setTimeout(() => setImmediate(() => stderr.destroy()), lastWordsMs).unref();
      });
      child.once("close", (code, signal) => {
        clearTimeout(patience);
        release();
        // A worker may say how its run ended, and end: its last frames are still here, waiting for their turn.
        void this.channel.heard.then(() => {
          this.#end({ usage: this.#usedLast, ...diagnose(code, signal, this.#stderr) });
          resolve();
        });
      });
    });
    this.#starting = this.#within(bornMs, notBorn(child.spawnfile));
    this.channel.send(ownFrame("setup", setup));
  }

  get pid(): number | undefined {
    return this.#launched.child.pid;
  }

  /** True while an isolate waits for its script. */
  get prepared(): boolean {
    return this.#prepared;
  }

  /** True once one was; a worker that dies before is a failure to start, not a crash. */
  get everPrepared(): boolean {
    return this.#everPrepared;
  }

  get alive(): boolean {
    return this.#death === null;
  }

  /** True when runs have left more behind in the process than `growthKib`. */
  bloated(growthKib: number): boolean {
    return this.#residentKib - this.#firstResidentKib > growthKib;
  }

  /** What the run in progress has used so far, seen from outside: processor time, and memory beside what the process held before. */
  usage(): GuestUsage {
    return this.pid === undefined ? noUsage : usageSince(this.#usedBefore, readProcessUsage(this.pid));
  }

  /** Hands the frames that follow to a run, or to nobody. */
  attach(run: RunListener | null): void {
    if (run) {
      this.#prepared = false;
      clearTimeout(this.#idle);
      if (this.#hasRested && this.pid !== undefined) this.#usedBefore = readProcessUsage(this.pid);
      this.#hasRested = false;
    }
    // From its end on the worker prepares the next isolate; one that never gets there would hold its place for ever.
    else if (this.#run && !this.#death) this.#starting = this.#within(againMs, notReady);
    this.#run = run;
    this.channel.running = run !== null;
    this.channel.forget();
  }

  /** Ends the process at once. What the first caller says is the reason. */
  kill(reason: Death): void {
    if (this.#death) return;
    // Before the process is gone, and only when somebody will hear of it.
    const usage = this.#run ? this.usage() : noUsage;
    this.#launched.child.kill("SIGKILL");
    this.#end({ ...reason, usage });
  }

  /** Resolves when the process is gone and its pipes are closed. */
  exited(): Promise<void> {
    return this.#exited;
  }

  #receive(bytes: Buffer): void {
    if (this.#death) return;
    try {
      const frame = readWorkerFrame(bytes, this.#maxLineBytes);
      if (frame.kind === "born") this.#isBorn();
      else if (frame.kind === "ready") this.#ready(frame.residentKib);
      else if (this.#run) this.#run.frame(frame);
      // An honest worker says nothing between two runs; one that does could go on for ever, under no clock.
      else throw new MalformedFrame("a frame without a run");
    } catch (error) {
      this.kill({ kind: "crashed", detail: whyNotTaken(error) });
    }
  }

  #isBorn(): void {
    if (this.#born) throw new MalformedFrame("a second birth");
    this.#born = true;
    clearTimeout(this.#starting);
    this.#starting = this.#within(startMs, notReady);
  }

  #ready(residentKib: number): void {
    // Ready in the middle of a run is a lie; taking it would give one worker two runs.
    if (this.#run) throw new MalformedFrame("ready during a run");
    if (this.#prepared) throw new MalformedFrame("ready twice");
    clearTimeout(this.#starting);
    if (!this.#everPrepared) {
      this.#firstResidentKib = residentKib;
      if (this.pid !== undefined)
        limitProcess(this.pid, this.#memoryMb, this.#launched.shared === null ? null : sharedBytes);
    }
    this.#residentKib = residentKib;
    if (this.pid !== undefined) this.#usedBefore = readProcessUsage(this.pid);
    this.#everPrepared = true;
    this.#prepared = true;
    // It may get a run at once, and then has no rest.
    this.#idle = setTimeout(() => {
      this.#hasRested = true;
      this.channel.send(signalFrame("rest"));
    }, idleMs).unref();
    this.#listener.ready(this);
  }

  #within(ms: number, reason: Death): Timeout {
    return setTimeout(() => this.kill(reason), ms).unref();
  }

  #end(death: Death): void {
    if (this.#death) return;
    this.#death = death;
    clearTimeout(this.#starting);
    clearTimeout(this.#idle);
    this.channel.close();
    const run = this.#run;
    this.#run = null;
    this.#listener.gone(this, death);
    run?.died(death);
  }
}

/** Whatever a worker sends ends its run at most: thrown from here, an error of this side would end the host. */
function whyNotTaken(error: unknown): string {
  const isWorkers = error instanceof MalformedFrame || error instanceof MalformedValue;
  if (isWorkers) return `It sent what is no message: ${error.message}.`;
  return `What it sent could not be taken, which is a defect of isobind: ${String(error)}.`;
}
