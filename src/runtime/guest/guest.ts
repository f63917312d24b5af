/**
 * Runs one script in an isolate of its own, seen from outside: starts the script, delivers answers, and knows when the run
 * is over. Everything that must be safe against the script happens inside, in the prelude; everything that must be safe
 * against host functions happens behind the port. This file only carries, counts time, and decides how the run ended.
 */
import { collect, deliverMessage } from "../crossing/delivery.ts";
import { decode } from "../crossing/host-codec.ts";
import { keepMessage, type Message } from "../crossing/message.ts";
import type { Delivery } from "../crossing/transfer.ts";
import { engine } from "../engine/chosen.ts";
import {
  RefusedCode,
  type Entered,
  type Entry,
  type Inside,
  type Isolate,
  type Look,
  type ModuleText,
} from "../engine/engine.ts";
import type {
  ConsoleLevel,
  CreateGuest,
  Guest,
  GuestError,
  GuestOutcome,
  GuestReplay,
  GuestScript,
  GuestSetup,
  GuestUsage,
  HostPort,
  OnDetached,
} from "../seam.ts";
import { overCpu, overWall } from "../limit-words.ts";
import { clearTimeout, setImmediate, setTimeout } from "../time.ts";
import { Calls, type Answer } from "./calls.ts";
import { Clock, OutOfTime } from "./clock.ts";
import { detachedCalls, maxNamed, unhandledRejection, type DetachedCall } from "./detached.ts";
import {
  neverEnds,
  outOfMemory,
  refusedByEngine,
  suspended,
  timedOut,
  unpublished,
  type Ending,
} from "./ending.ts";
import { explained, type Known } from "./explained.ts";
import { askHost, type Within } from "./modules/ask-host.ts";
import type { Graph } from "./modules/graph.ts";
import { link } from "./modules/link.ts";
import { originalOf, type Original } from "./modules/original.ts";
import { RecordedCalls } from "./replay/recorded-calls.ts";
import { replayText } from "./replay/text.ts";
import { Looks } from "./replay/looks.ts";
import type { WebUnit } from "./prelude/web.ts";
import { prelude } from "./prelude-script.ts";
import { startPrelude, type PreludeEntries } from "./start-prelude.ts";
import { recallScript } from "./script/recall-script.ts";
import { SyntaxFailure } from "./script/syntax-failure.ts";
import { composeWebUnit } from "./web/compose.ts";

/** How the script itself has ended. */
type Result =
  { readonly kind: "ok"; readonly exports: Message } | { readonly kind: "error"; readonly error: GuestError };

/** Why guest code was stopped, when it was we who stopped it. */
type Stopped = "wall" | "disposed";

/**
 * Creates a prepared isolate: context, prelude and bindings are in place, no script has run.
 *
 * @example
 * const guest = createGuest(setup, port);
 * guest.start({ source: "export default 1", filename: "a.js", language: "auto", globals: null }, (outcome) => {
 *   console.log(outcome.kind); // "ok"
 *   guest.dispose();
 * });
 */
export const createGuest: CreateGuest = (setup, port, thread = "free") =>
  new IsolatedGuest(setup, port, thread);

class IsolatedGuest implements Guest {
  readonly #setup: GuestSetup;
  readonly #port: HostPort;
  readonly #isolate: Isolate;
  readonly #entries: PreludeEntries;

  readonly #thread: "blocked" | "free";

  readonly #calls: Calls;
  /** Nesting of guest code; answers are delivered at 0 only, so that no guest code runs under a host function. */
  #depth = 0;

  #done: ((outcome: GuestOutcome) => void) | null = null;
  /** What errors are explained by. */
  #known: Known;
  #result: Result | null = null;
  #stopped: Stopped | null = null;
  /** Runs from the start of the script. */
  #clock: Clock | null = null;
  /** Processor time of an isolate that was stopped: a disposed one does not say. */
  #usedMs = 0;
  #consoleLeft: number;
  #onDetached: OnDetached = "error";
  /** Calls in flight when the script ended, and one for a rejection; and what the prelude says where they were made. */
  #detached = 0;
  #frames: string[] = [];
  /** The script has ended, and what it left behind is being looked for. */
  #concluding = false;
  /** Of a run with a journal: what its script sees of the time. */
  #looks: Looks | null = null;
  /** What stands in the place of time and chance is made. */
  #mayReplay = false;
  /** Of a script with modules: its errors as if these had run as they were written. */
  #original: Original = null;

  constructor(setup: GuestSetup, port: HostPort, thread: "blocked" | "free") {
    this.#setup = setup;
    this.#known = { setup, source: "", filename: "" };
    this.#port = port;
    this.#thread = thread;
    this.#calls = new Calls(setup.leaves, port, () => this.#leaving());
    this.#consoleLeft = setup.limits.consoleBytes * 2 + 1000;
    this.#isolate = engine.createIsolate(setup.limits.memoryMb);
    try {
      this.#entries = this.#startPrelude();
    } catch (error) {
      this.#isolate.dispose();
      throw error;
    }
  }

  #startPrelude(): PreludeEntries {
    return startPrelude(this.#isolate, prelude, this.#setup, {
      flat: (leaf) => this.#calls.flat(leaf),
      packed: (leaf, words, text, ...bytes) => this.#calls.make(leaf, collect(words, text, bytes)),
      console: (level, text) => this.#console(level, text),
      finish: (kind, words, text, ...bytes) => this.#finish(kind, collect(words, text, bytes)),
      detached: (frames) => void this.#frames.push(frames),
      unit: (name) => this.#unit(name),
    });
  }

  warmUp(mayReplay: boolean): void {
    try {
      this.#isolate.warmUp(this.#entries.where, [[]]);
      if (mayReplay) this.#prepareReplay();
    } catch {
      // Whatever is wrong with the isolate, the run is told.
    }
  }

  start(script: GuestScript, done: (outcome: GuestOutcome) => void): void {
    if (this.#stopped) return;
    this.#done = done;
    this.#known = { setup: this.#setup, source: script.source, filename: script.filename };
    this.#onDetached = script.onDetached ?? "error";
    this.#clock = new Clock(this.#isolate, this.#setup.limits);
    if (script.replay !== undefined && !this.#startReplay(script.replay)) return;

    if (script.imports !== undefined) return this.#startModules(script);
    const compiled = this.#prepare(script.filename, () => {
      const { code, columnOffset, exportNames } = recallScript(script);
      return { run: this.#compile({ code, filename: script.filename, columnOffset }), exportNames };
    });
    if (!compiled) return;
    if (!this.#publish(script.globals)) return;
    this.#enter(() => this.#apply(this.#entries.run, [compiled.run, compiled.exportNames]));
  }

  #prepareReplay(): void {
    void this.#isolate.enter(this.#entries.prepareReplay, [replayText()]);
    this.#mayReplay = true;
  }

  /** Puts what can be repeated in the place of the clock and of chance. No code of the guest runs here. */
  #startReplay({ seed, looks, recorded }: GuestReplay): boolean {
    if (recorded !== undefined) this.#calls.replay(new RecordedCalls(recorded, this.#recordedPort()));
    const seen = (this.#looks = new Looks(looks));
    const look = this.#isolate.callback(() => {
      // A loop that does nothing but look leaves the isolate all the time.
      this.#checkClock();
      return seen.look();
    });
    return (
      this.#prepare("", () => {
        if (!this.#mayReplay) this.#prepareReplay();
        void this.#apply(this.#entries.replay, [look, seed]);
        return true;
      }) !== null
    );
  }

  #recordedPort(): ConstructorParameters<typeof RecordedCalls>[1] {
    const { recorded, replayed } = this.#port;
    if (!recorded || !replayed) throw new Error("A run is gone on with, and nobody has its journal.");
    return { recorded: recorded.bind(this.#port), replayed: replayed.bind(this.#port) };
  }

  #startModules(script: GuestScript): void {
    const { load } = this.#port;
    if (!load) throw new Error("A script may import, and nobody was told from where.");
    const within: Within = (work) =>
      this.#prepare(script.filename, () => {
        if (this.#clock?.isOver) throw new OutOfTime("wall");
        return work();
      });
    askHost(script, load.bind(this.#port), within, (graph) => this.#runModules(script, graph));
  }

  #runModules(script: GuestScript, graph: Graph): void {
    const linked = this.#prepare(script.filename, () => link(graph));
    if (!linked) return;
    this.#original = originalOf(linked.modules);
    const compiled: Inside[] = [];
    for (const module of linked.modules) {
      const one = this.#prepare(module.filename, () => this.#compile(module));
      if (!one) return;
      compiled.push(one);
    }
    if (!this.#publish(script.globals)) return;
    this.#enter(() => {
      const entered: Entered[] = [];
      for (let from = 0; from < compiled.length; from += maxSettled)
        entered.push(this.#apply(this.#entries.modules, compiled.slice(from, from + maxSettled)));
      entered.push(this.#apply(this.#entries.runModules, [JSON.stringify(linked.plan), linked.exportNames]));
      return together(entered);
    });
  }

  /** Makes the host's data global. No code of the guest runs here, so whatever goes wrong is the data's fault. */
  #publish(globals: Message | null): boolean {
    if (globals === null) return true;
    const failed = (error: unknown): void => {
      if (this.#isFatal(error)) this.#endFrom(error);
      else this.#end(unpublished(error));
    };
    try {
      void this.#apply(this.#entries.globals, [deliverMessage("v", globals)])?.catch(failed);
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }

  #compile(module: ModuleText): Inside {
    return this.#isolate.compile(module, () => this.#timeLeft());
  }

  /** What `prepare` gives, or `null` when the run has ended because the script is none. No code of the script runs in it. */
  #prepare<Prepared>(filename: string, prepare: () => Prepared): Prepared | null {
    if (this.#stopped || !this.#done) return null;
    try {
      return prepare();
    } catch (error) {
      if (error instanceof SyntaxFailure) this.#end({ kind: "error", error: error.guestError });
      else if (!this.#isolate.isGone && (error instanceof RefusedCode || error instanceof RangeError)) {
        this.#end({ kind: "error", error: refusedByEngine(error, filename) });
      } else this.#endFrom(error);
      return null;
    }
  }

  settle(answers: readonly (readonly [number, Delivery])[]): void {
    if (this.#stopped || !this.#done || this.#concluding) return;
    for (const [id, delivery] of answers) this.#calls.answer(id, delivery);
    if (this.#depth === 0) this.#deliver();
  }

  usage(): GuestUsage {
    return this.#usage(0);
  }

  dispose(): void {
    this.#done = null;
    this.#stop("disposed");
  }

  // --- entering the guest ---

  /** Runs guest code, then everything that became possible by it, until the script waits or has ended. */
  #enter(action: () => Entered): void {
    if (this.#step(action)) this.#deliver();
  }

  /** One entry. False when the run has ended by it, or goes on by itself once code on another thread has come back. */
  #step(action: () => Entered): boolean {
    this.#depth++;
    let later: Entered = undefined;
    try {
      later = action();
    } catch (error) {
      if (!this.#isFatal(error)) return true;
      this.#endFrom(error);
      return false;
    } finally {
      // A failure of the entry itself decides nothing: the script goes on with what can still happen.
      if (!later) this.#depth--;
    }
    if (!later) return true;
    void later
      .catch((error: unknown) => {
        if (this.#isFatal(error)) this.#endFrom(error);
      })
      .then(() => {
        this.#depth--;
        if (!this.#stopped) this.#deliver();
      });
    return false;
  }

  #deliver(): void {
    for (let heard = 0; this.#done && !this.#stopped; heard++) {
      if (this.#result && !this.#waits()) return this.#conclude(this.#result);
      // What is heard again comes without the host side, so that nothing else would get a turn on this thread.
      if (heard >= maxInTurn && this.#thread === "free" && this.#calls.isReplaying) {
        return void setImmediate(() => this.#depth === 0 && this.#deliver());
      }
      const answers = this.#calls.takeAnswers();
      if (answers.length === 0) break;
      if (!this.#step(() => this.#settleInside(answers))) return;
    }
    if (this.#done && !this.#stopped && !this.#calls.isWaiting) {
      this.#end(this.#calls.isSuspended ? suspended() : neverEnds());
    }
  }

  // An argument for each, because a list of them would be copied the slow way; not too many, because each is one.
  #settleInside(answers: readonly Answer[]): Entered {
    // Answers that settle together are seen in an order of their own; alone, each is followed by all that it makes possible.
    const most = this.#looks === null ? maxSettled : 1;
    if (answers.length <= most) return this.#apply(this.#entries.settle, answers.flatMap(asArguments));
    const entered: Entered[] = [];
    for (let at = 0; at < answers.length; at += most) {
      const batch = answers.slice(at, at + most).flatMap(asArguments);
      entered.push(this.#apply(this.#entries.settle, batch));
    }
    return together(entered);
  }

  // --- after the script ---

  /** True when the script has ended well and the run goes on for the calls in flight. */
  #waits(): boolean {
    if (this.#result?.kind !== "ok" || this.#onDetached !== "wait") return false;
    this.#detached = Math.max(this.#detached, this.#calls.open);
    return this.#calls.open > 0;
  }

  /** The script has ended and nothing is waited for: says what it left behind, and how the run ends. */
  #conclude(result: Result): void {
    if (result.kind === "error") return this.#end(result, this.#isolate.look().heapBytes);
    const { open } = this.#calls;
    this.#detached = Math.max(this.#detached, open);
    try {
      const first = open > 0 ? this.#calls.firstOpen(maxNamed) : [];
      const asked = open > 0 ? this.#askWhere(first) : undefined;
      if (!asked) return this.#look(result, first, open);
      this.#concluding = true;
      void asked.then(() => this.#look(result, first, open)).catch((error: unknown) => this.#endFrom(error));
    } catch (error) {
      this.#endFrom(error);
    }
  }

  #look(result: Result, first: readonly OpenCall[], open: number): void {
    const left = open > 0 ? [detachedCalls(this.#named(first), open, this.#exactly())] : [];
    if (this.#thread === "blocked") this.#concluded(result, left, this.#isolate.look());
    else this.#lookLater(result, left);
  }

  #lookLater(result: Result, left: GuestError[]): void {
    this.#concluding = true;
    const timer = setTimeout(() => {
      const how = this.#overTime();
      this.#stop("wall");
      this.#end(how);
    }, this.#timeLeft());
    this.#isolate.lookLater().then(
      (look) => {
        clearTimeout(timer);
        this.#concluded(result, left, look);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (this.#stopped === null) this.#endFrom(error);
      },
    );
  }

  #concluded(result: Result, left: GuestError[], { heapBytes, rejection }: Look): void {
    if (rejection) {
      this.#detached++;
      left.push(unhandledRejection(rejection, this.#exactly()));
    }
    const [first] = left;
    if (first && this.#onDetached !== "warn") return this.#end({ kind: "error", error: first }, heapBytes);
    for (const { message } of left) this.#print("warn", `ERR_SCRIPT_DETACHED: ${message}`);
    this.#end(result, heapBytes);
  }

  /** What is known of the script, where frames show its places to the letter: behind some imports they are a few letters off. */
  #exactly(): Known {
    return this.#original === null ? this.#known : { ...this.#known, source: "" };
  }

  /** Has the prelude say where the script made calls that are open. */
  #askWhere(calls: readonly OpenCall[]): Entered {
    this.#frames = [];
    return this.#apply(this.#entries.where, [calls.map(([id]) => id)]);
  }

  #named(calls: readonly OpenCall[]): DetachedCall[] {
    return calls.map(([, leaf], index) => ({
      name: this.#setup.leaves[leaf]?.path.join(".") ?? "",
      frames: this.#frames[index] ?? "",
    }));
  }

  #apply(entry: Entry, args: readonly unknown[]): Entered {
    return this.#isolate.enter(entry, args, this.#timeLeft());
  }

  #timeLeft(): number {
    if (!this.#clock) throw new Error("A guest is entered before its script has started.");
    return this.#clock.timeLeft();
  }

  // --- leaving the guest: called by the prelude, never throws anything but a reason to stop ---

  #unit(name: WebUnit): string {
    this.#checkClock();
    return composeWebUnit(name);
  }

  #console(level: ConsoleLevel, text: string): void {
    this.#leaving();
    this.#print(level, text);
  }

  #print(level: ConsoleLevel, text: string): void {
    // The prelude counts; this is for the day its count is wrong.
    this.#consoleLeft -= text.length;
    if (this.#consoleLeft >= 0) this.#port.console(level, text);
  }

  #finish(kind: "ok" | "error", result: Message): void {
    this.#tellLooks();
    this.#result ??=
      kind === "ok"
        ? { kind, exports: keepMessage(result) }
        : { kind: "error", error: explained(decodeOwn(result) as GuestError, this.#known) };
  }

  /** The script is about to do what others notice: what it has seen until now is told before. */
  #leaving(): void {
    this.#checkClock();
    this.#tellLooks();
  }

  #tellLooks(): void {
    const looks = this.#looks?.take();
    if (looks) this.#port.saw?.(looks);
  }

  // An engine's timer misses loops that leave the isolate all the time; the clock is looked at on every way out.
  #checkClock(): void {
    if (this.#clock?.isOver) {
      this.#stop("wall");
      throw "stopped"; // A string: an Error would carry this file's path into the isolate.
    }
  }

  #stop(reason: Stopped): void {
    if (this.#stopped) return;
    this.#stopped = reason;
    this.#usedMs = this.#usage(0).cpuMs;
    this.#isolate.dispose();
  }

  // --- the end ---

  #isFatal(error: unknown): boolean {
    return this.#stopped !== null || error instanceof OutOfTime || this.#isolate.whyEnded(error) !== null;
  }

  #endFrom(error: unknown): void {
    if (this.#stopped === "disposed") return;
    const isOver = this.#stopped === "wall" || (error instanceof OutOfTime && error.limit === "wall");
    if (!isOver && this.#isolate.whyEnded(error) === "memory") {
      return this.#end(outOfMemory(this.#setup.limits.memoryMb));
    }
    this.#end(this.#overTime(isOver));
  }

  #overTime(isOver = this.#clock?.isOver === true): Ending {
    const { wallMs, cpuMs } = this.#setup.limits;
    return timedOut(isOver || this.#clock?.isOver === true ? overWall(wallMs) : overCpu(cpuMs));
  }

  /** `heapBytes`: 0 when nobody could ask. */
  #end(how: Ending, heapBytes = 0): void {
    const done = this.#done;
    if (!done) return;
    this.#calls.tell();
    this.#done = null;
    const told = how.kind !== "ok" && this.#original ? { ...how, error: this.#original(how.error) } : how;
    done({ ...told, usage: this.#usage(heapBytes) } as GuestOutcome);
  }

  #usage(heapBytes: number): GuestUsage {
    let cpuMs = this.#usedMs;
    try {
      cpuMs = this.#clock?.cpuMs ?? 0;
    } catch {
      // A disposed isolate answers no questions.
    }
    return { cpuMs, heapBytes, ...(this.#detached > 0 ? { detached: this.#detached } : {}) };
  }
}

/** Answers that are heard again in one turn of the event loop. */
const maxInTurn = 64;

/** Answers that enter an isolate together. */
const maxSettled = 64;

const asArguments = ({ id, delivery }: Answer) => [id, delivery];

/** Its id, and its leaf. */
type OpenCall = readonly [number, number];

/** Entries made one after another. */
function together(entered: readonly Entered[]): Entered {
  const later = entered.filter((one) => one !== undefined);
  return later.length === 0 ? undefined : Promise.all(later).then(() => undefined);
}

/** What our own prelude has written. */
function decodeOwn(message: Message): unknown {
  const decoded = decode(message, Infinity);
  if (decoded.ok) return decoded.value;
  throw new Error("The prelude has sent what it never writes.");
}
