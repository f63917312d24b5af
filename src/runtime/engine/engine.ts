/**
 * Declares what a run needs of whatever runs its script, in words that any engine can keep. `isolated-vm.ts` keeps them
 * today, and `chosen.ts` says which engine a process has. What a run is (its clock, its calls, how it ends) is the guest's
 * business and not known here.
 */

/** What a process has one of. */
export interface Engine {
  /** Loads what isolates are made by, so that a missing one is told now. Throws a `SandboxError` (code `ERR_ENGINE_MISSING`). */
  load(): void;
  /** Says where the engine is loaded from, before it is: the absolute path of its entry. */
  loadFrom(entry: string): void;
  /** Creates an isolate with an empty context. Its code may use so little of the thread's stack that host functions have the rest. */
  createIsolate(memoryMb: number): Isolate;
}

/** Of an entry: nothing when code inside has run, or a promise where it runs on a thread of its own. */
export type Entered = void | Promise<void>;

declare const made: unique symbol;
interface Made<What extends string> {
  readonly [made]: What;
}
/** A function inside, for this side to enter. A guest that got hold of one would own this process. */
export type Entry = Made<"entry">;
/** A function of this side, as an argument of an entry. */
export type Callback = Made<"callback">;
/** A function inside, as an argument of an entry. */
export type Inside = Made<"inside">;

/** One heap with one context, for one run. */
export interface Isolate {
  /**
   * For how long code inside has been at work, in nanoseconds: no less than the processor time it has used, because what it waits for a processor counts too. Host
   * functions do not. Throws when the isolate is gone.
   */
  readonly busyTime: bigint;
  /** Whether its code runs on the thread that enters it. */
  readonly isOnThisThread: boolean;
  /** True when it was disposed, by us or because its memory was used up. */
  readonly isGone: boolean;

  /**
   * Runs code of ours, the text of a function, and calls that with copies of `args`. Returns what finds the functions of its result
   * by their names. The code is compiled once in a process, and taken from V8's cache afterwards.
   */
  start(code: OwnCode, args: readonly (string | Callback)[]): (name: string) => Entry;
  /** A function of `call`, which gets copies of its arguments and whose result is copied. What it throws goes inside. */
  callback(call: (...args: never[]) => unknown): Callback;
  /**
   * The exports of a module without imports, as an object inside: to read one from here takes as long as a call.
   *
   * @param timeLeft - Milliseconds its evaluation may take, 0 for any; asked when it is compiled, because that takes time too.
   * @throws `RefusedCode` for what is no JavaScript, `RangeError` when it is nested too deeply.
   */
  compile(module: ModuleText, timeLeft: () => number): Inside;
  /**
   * Calls a function inside, with copies of `args`. It must throw `undefined` at its end when guest code ran in it, so that a look finds what
   * was rejected. Throws only what `whyEnded` knows, or what a function of ours has thrown.
   *
   * @param timeout - Milliseconds; 0 for code that is ours alone. Calls of the host do not count, so a loop of them must be ended by
   * whoever answers.
   * @returns A promise when the isolate has an inspector: entries made meanwhile wait for each other.
   */
  enter(entry: Entry, args: readonly unknown[], timeout?: number): Entered;

  /** Compiles and calls once what is nothing, before any code of a script: the first time takes longer. `entry` ends with a throw. */
  warmUp(entry: Entry, args: readonly unknown[]): void;

  /** The limit that an error of `start`, `compile`, `enter` or a look speaks of: the timeout of an entry, or the memory; `null` for every other error. */
  whyEnded(error: unknown): "time" | "memory" | null;

  /**
   * Asks for the heap, and for a rejected promise that nobody handles. Reads properties of a script's value, under no time limit: an accessor may never
   * return. Who looks must be killable or look from another thread. Throws when the isolate is gone.
   */
  look(): Look;
  /** Looks from another thread, so that this one goes on, and may dispose the isolate. */
  lookLater(): Promise<Look>;

  /** Frees the isolate and stops what runs in it. Twice is fine. */
  dispose(): void;
}

/** Code of ours, the same for every isolate. */
export interface OwnCode {
  readonly name: string;
  readonly text: string;
  /**
   * Does once what every run does: V8 compiles a function when it is first called, so the cache then holds what runs need and nothing else. `stage` is an
   * isolate that no guest code has seen, and is thrown away.
   */
  rehearse(stage: Isolate): void;
}

export interface ModuleText {
  readonly code: string;
  readonly filename: string;
  /** Column of the first line's first character; negative when something of ours stands before what was written. */
  readonly columnOffset: number;
}

/** A module the engine cannot compile. `message` is the engine's reason alone; `place` is `line:column`. */
export class RefusedCode extends Error {
  readonly place: string;
  constructor(reason: string, place: string) {
    super(reason);
    this.place = place;
  }
}

export interface Look {
  readonly heapBytes: number;
  readonly rejection: Rejection | null;
}

/** What a promise that nobody handles was rejected with. */
export type Rejection =
  | { readonly kind: "error"; readonly name: string; readonly message: string; readonly stack: string }
  | { readonly kind: "primitive"; readonly value: unknown }
  /** An object that is no error: nothing of it is known. */
  | { readonly kind: "object" };
