/**
 * Declares the seam: the only words the guest side and the host side of a run exchange. The guest side (isolate, prelude,
 * script) never knows which process it is in: in-process the host side is a function call away, in a worker every method of
 * `HostPort` is a frame on a pipe. Values travel encoded (`crossing/`): nobody between the two ends looks into them.
 */
import type { Primitive } from "./crossing/flat.ts";
import type { Message } from "./crossing/message.ts";
import type { Delivery } from "./crossing/transfer.ts";
import type { LimitsOf } from "./limits.ts";

export type { Primitive };

/** The arguments of a call: few primitives as they are, everything else as the message of a list. */
export type Arguments = readonly Primitive[] | Message;

/** The answer to one call. */
export type Reply =
  /** `bytes`: what the payload was measured to be. */
  | { readonly kind: "value"; readonly value: Primitive | Message; readonly bytes?: number }
  /** The message of an Error. `refused`: nobody has seen the call. */
  | { readonly kind: "error"; readonly error: Message; readonly refused?: boolean }
  /** Only from `callSync` of a `maybe` leaf: the answer follows through `GuestRun.settle` under the same id. */
  | { readonly kind: "pending" }
  /** Only in a run with a journal: no answer comes in this process. `reason` is what `suspend` was told, `null` for an approval. */
  | { readonly kind: "wait"; readonly reason: Message | null };

/** What the guest side may ask of the host side. No method ever throws or returns a promise. */
export interface HostPort {
  /**
   * Blocks until the leaf has answered, and returns the reply as the isolate takes it. `id` is unique in the run and chosen by the
   * guest side; the host side must treat it as hostile.
   */
  callSync(id: number, leaf: number, args: Arguments): Delivery;
  /** Sends and returns at once; the answer follows through `GuestRun.settle`, possibly before this returns. */
  callAsync(id: number, leaf: number, args: Arguments): void;
  console(level: ConsoleLevel, text: string): void;
  /** The script has seen these times, of a run with a journal: a time, how often, the next time, how often. Told before what it does next. */
  saw?(looks: readonly number[]): void;
  /** The next piece of what a journal has of calls, as often as `GuestReplay` says that there are more. */
  recorded?(): RecordedPiece;
  /** Calls were answered from these pieces: the leaf of each, and the digest of its arguments, one behind the other. Told before the script makes a call that is not, and before its end. */
  replayed?(leaves: readonly number[], digests: string): void;
  /**
   * Finds and loads modules that the script imports; asked while it is linked, before any of its code runs. The answers come at once from a port that may
   * block. Absent for a port whose scripts have no modules.
   */
  load?(requests: readonly ModuleRequest[]): ModuleAnswers | Promise<ModuleAnswers>;
}

/** A module that is named by another: by the script, which is 0, or by the module with this number in the order the host sent them, from 1. */
export interface ModuleRequest {
  readonly specifier: string;
  readonly referrer: number;
}

/** `index`: the module's number, which has been sent before or is sent along. */
export type ModuleAnswer =
  | { readonly kind: "module"; readonly index: number }
  | { readonly kind: "failed"; readonly code: string; readonly message: string };

export interface SentModule {
  readonly filename: string;
  readonly source: string;
  readonly language: GuestScript["language"];
}

/** One answer for each request, and the modules nobody has sent yet, whose numbers go on from the last. */
export interface ModuleAnswers {
  readonly answers: readonly ModuleAnswer[];
  readonly modules: readonly SentModule[];
}

export const consoleLevels = ["log", "info", "warn", "error", "debug"] as const;

export type ConsoleLevel = (typeof consoleLevels)[number];

/** What the guest side must know about a leaf. `index` in the table is the leaf's id on the wire. */
export interface GuestLeaf {
  readonly path: readonly string[];
  readonly mode: "sync" | "async" | "maybe";
  /** Bytes of one call's arguments: the smaller of the run's limit and the leaf's `@maxPayload`. */
  readonly maxPayloadBytes: number;
  /** The leaf's `length` in the script: the number of its required parameters. */
  readonly length?: number;
}

/** A leaf that the script's profile does not have: it is there to say so, and never reaches the host side. */
export interface GuestExcluded {
  readonly path: readonly string[];
  readonly mode: GuestLeaf["mode"];
  readonly message: string;
}

/** Everything the guest side needs to prepare an isolate before a script is known. */
export interface GuestSetup {
  readonly leaves: readonly GuestLeaf[];
  /** All namespaces, parents first, the empty ones too. */
  readonly namespaces: readonly (readonly string[])[];
  readonly excluded?: readonly GuestExcluded[];
  readonly limits: GuestLimits;
}

export type GuestLimits = LimitsOf<"guest">;

/**
 * What becomes of work a script leaves behind. `error`: the run fails. `wait`: the run goes on until no call is in flight. `warn`: a line on the
 * console.
 */
export type OnDetached = "error" | "wait" | "warn";

export interface GuestScript {
  readonly source: string;
  readonly filename: string;
  /** `auto`: JavaScript if it parses as such, else types are stripped. */
  readonly language: "javascript" | "typescript" | "auto";
  /** Frozen global data: `globals` by name, and `input` under `input` when present; `null` when there is none. */
  readonly globals: Message | null;
  /** Default: `error`. */
  readonly onDetached?: OnDetached;
  /** Present when the script may import: `static`, or also by `import()`. */
  readonly imports?: "static" | "dynamic";
  /** Present when the run has a journal: its times and its chance are told and can be repeated, and it is told one answer at a time. */
  readonly replay?: GuestReplay;
  /**
   * Present when this run has tighter limits than its sandbox. Whoever owns the isolate then does not use the one it
   * prepared: it creates one from `tightenSetup(setup, limits)`, and its wall clock is `limits.wallMs`.
   */
  readonly limits?: GuestLimits;
}

export interface GuestReplay {
  /** What chance is made of: 32 hexadecimal digits. */
  readonly seed: string;
  /** What the script sees of the time at first: a time, how often, the next time, how often. After that it sees the clock. */
  readonly looks: readonly number[];
  /** How many calls, and how many answers to them that came while the script went on, `HostPort.recorded` has. Absent for a run that begins. */
  readonly recorded?: { readonly calls: number; readonly answers: number };
}

/** What a journal has of some calls and of their answers, in the order in which they happened. */
export interface RecordedPiece {
  /** Of a call: its leaf. Of an answer that came while the script went on: -1 less the number of its call, which counts from 0. */
  readonly events: readonly number[];
  /** For each call the first `tagLetters` of the digest of its arguments, one behind the other. */
  readonly tags: string;
  /** For each event: how it is told, one of `told`. */
  readonly how: readonly number[];
  /** For each event that is told as `value` or `error`: a primitive, or the bytes of a message. */
  readonly values: readonly (Primitive | Uint8Array<ArrayBuffer>)[];
  /** No piece follows. */
  readonly isLast: boolean;
}

/** How a recorded call is answered: at once with a value or an error, by an event that follows, or by the host side, because the journal does not know. */
export const told = { value: 0, error: 1, later: 2, host: 3 } as const;

/** Of a digest, enough to know a call of an honest script by; the host side compares all of it. */
export const tagLetters = 16;

/** Letters of a digest. */
export const digestLetters = 64;

/** How a script ended, seen from the guest side. */
export type GuestOutcome =
  | { readonly kind: "ok"; readonly exports: Message; readonly usage: GuestUsage }
  | { readonly kind: "error"; readonly error: GuestError; readonly usage: GuestUsage }
  /** `suspended`: all that could wake it are calls that wait. `crashed`: what its journal has cannot be read. */
  | {
      readonly kind: "timeout" | "memory" | "suspended" | "crashed";
      readonly error: GuestError;
      readonly usage: GuestUsage;
    };

/** An uncaught error of the script as text and data; `stack` shows the script's own frames only. */
export interface GuestError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack: string;
  readonly cause?: GuestError;
  /** The first errors of an `AggregateError`. */
  readonly errors?: readonly GuestError[];
}

/** An error of ours, as one of a script. `place`: `script.js:1:1`, where it is one of the script's text. */
export function ownError<Code extends string>(
  code: Code,
  message: string,
  name = "Error",
  place?: string,
): GuestError & { readonly code: Code } {
  return { name, message, code, stack: place === undefined ? "" : `${name}: ${message}\n    at ${place}` };
}

export interface GuestUsage {
  readonly cpuMs: number;
  readonly heapBytes: number;
  /** Calls in flight when the script ended, and one for a rejection nobody handled. Absent: none. */
  readonly detached?: number;
}

/** Of a run that was not begun, or of which nobody knows. */
export const noUsage: GuestUsage = { cpuMs: 0, heapBytes: 0 };

/** A prepared isolate: context, prelude and bindings are in place, no script has run. One script, then disposal. */
export interface Guest {
  /**
   * Does once, with nothing of a script, what every start does: the first time takes longer. For whoever has nothing else to do before the
   * script comes; another may leave it out. `mayReplay`: a run with a journal may come.
   */
  warmUp(mayReplay: boolean): void;
  /**
   * Runs the script up to its first wait and calls `done` exactly once when it has ended, possibly before `start`
   * returns. Between `start` and `done`, `settle` delivers answers.
   */
  start(script: GuestScript, done: (outcome: GuestOutcome) => void): void;
  /** Answers of asynchronous calls, in any number and order; unknown ids are ignored. */
  settle(answers: readonly (readonly [id: number, answer: Delivery])[]): void;
  /** What the run has used so far, for who ends it from outside. Its heap is not asked for: that would let waiting code run. */
  usage(): GuestUsage;
  /** Ends the run from outside (deadline, abort): `done` is not called any more. Twice is fine. */
  dispose(): void;
}

/**
 * Creates a prepared isolate that talks to `port`. `thread`: `blocked` for an owner without an event loop, who must be told the end before
 * `start` or `settle` returns, and who is killed when that takes too long or uses too much processor time. `free` (default): the end may come later.
 */
export type CreateGuest = (setup: GuestSetup, port: HostPort, thread?: "blocked" | "free") => Guest;
