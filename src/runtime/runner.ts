/**
 * Declares the runner: the part of a sandbox that owns isolates, seen from the part that owns host functions. One
 * implementation keeps isolates in this process, the other in worker processes; nothing else differs.
 */
import type { LimitsOf } from "./limits.ts";
import type { Message } from "./crossing/message.ts";
import type {
  Arguments,
  ConsoleLevel,
  GuestError,
  GuestOutcome,
  GuestScript,
  GuestUsage,
  ModuleAnswers,
  ModuleRequest,
  RecordedPiece,
  Reply,
} from "./seam.ts";

export interface Runner {
  /**
   * Runs one script in a fresh isolate. Resolves when the run has ended, whatever the guest did; rejects only when an invariant of
   * ours is broken. After it resolves `run` is never called again. `began` is called once, when the script is about to start: until then the
   * run waits for a worker, and its clock has not begun.
   */
  run(script: GuestScript, run: HostRun, began?: () => void): Promise<RunEnd>;
  /** Ends everything, running scripts included (they end as `aborted`). Twice is fine. */
  dispose(): Promise<void>;
  readonly stats: RunnerStats;
}

export interface RunnerStats {
  /** Workers that have a run, or runs in this process. */
  readonly busy: number;
  /** Workers that have none: ready, or getting ready. */
  readonly idle: number;
  /** Runs that wait for a worker. */
  readonly waiting: number;
}

/** The host side of one run. */
export interface HostRun {
  readonly id: string;
  /** Ends the run early: the caller's signal, or disposal of the sandbox. */
  readonly signal: AbortSignal;
  /** How many runs this one is inside of, each waiting for the next; absent for none. */
  readonly nesting?: number;
  /**
   * Answers one call. `id`, `leaf` and `args` come from the guest side and are hostile. A sync leaf is answered at once; a promise means
   * that the answer follows (`async`, or a `maybe` leaf that chose so). Never rejects, and throws nothing but `MalformedValue`, for
   * arguments that no isolate of ours has sent.
   */
  call(id: number, leaf: number, args: Arguments, said?: CallAnswer): Reply | Promise<Reply> | Held;
  saw?(looks: readonly number[]): void;
  /** As in `HostPort`. Throws `MalformedValue` when there is no piece any more. */
  recorded?(): RecordedPiece;
  /** As in `HostPort`; the guest side is hostile. Throws `MalformedValue` for calls that the journal does not answer. */
  replayed?(leaves: readonly number[], digests: string): void;
  /** More is in flight than there is room for. Ends a run with a journal, which would not be told the same again; absent for all others, whose call is refused. */
  overflow?(): void;
  console(level: ConsoleLevel, text: string): void;
  /** Finds and loads what modules name; absent for a run without modules. Rejects with nothing but `MalformedValue`, for what no script of ours asks. */
  load?(requests: readonly ModuleRequest[]): Promise<ModuleAnswers>;
  /** What a worker needs to be the host side itself (`placement: "worker"`). */
  readonly settings: HostSettings;
  /** Takes over what a worker counted that was the host side itself. */
  adopt(usage: HostUsage): void;
}

/** The answer of a call that blocks its script, when the call itself is made only later. Only for a runner that can wait meanwhile. */
export class Held {
  /** What the call would have been answered with at once. */
  readonly made: Promise<{ readonly answer: Reply | Promise<Reply> }>;

  constructor(made: Promise<{ readonly answer: Reply | Promise<Reply> }>) {
    this.made = made;
  }
}

/** What is known of a call when it is made, in a run with a journal. */
export interface CallAnswer {
  /** Whether a person has said yes; `undefined` when nobody was asked. */
  readonly approved?: boolean;
  /** Why not. */
  readonly reason?: string;
  /** What `suspend` returns, in its order. */
  readonly values: readonly unknown[];
  /** Its result, which is known: the function is not called. */
  readonly result?: { readonly value: unknown };
}

/** Plain data. */
export interface HostSettings {
  readonly limits: LimitsOf<"host">;
  readonly errors: "show" | "mask";
  readonly validateResults: "off" | "error";
  /** What the host gave this run. */
  readonly context?: Message;
}

export interface HostUsage {
  readonly calls: number;
  readonly argumentBytes: number;
  readonly resultBytes: number;
  readonly consoleBytes: number;
}

interface Ended<Kind> {
  readonly kind: Kind;
  readonly error: GuestError;
  readonly usage: GuestUsage;
}

/** A run that was ended from outside. */
export type StoppedRun = Ended<"timeout" | "memory" | "aborted" | "crashed">;

/** A run that got no worker in time, and never began. */
export type RefusedRun = Ended<"busy">;

export type RunEnd = GuestOutcome | StoppedRun | RefusedRun;
