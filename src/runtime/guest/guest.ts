/**
 * Runs one script in an isolate of its own, seen from outside: starts the script, delivers answers, and knows when the run
 * is over. Everything that must be safe against the script happens inside, in the prelude; everything that must be safe
 * against host functions happens behind the port. This file only carries, and tells the one end of the run.
 */
import { collect, deliverMessage, early } from "../crossing/delivery.ts";
import type { Message } from "../crossing/message.ts";
import type { Delivery } from "../crossing/transfer.ts";
import { RefusedCode } from "../engine/engine.ts";
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
  Primitive,
} from "../seam.ts";
import { Calls } from "./calls.ts";
import { Conclusion } from "./conclusion.ts";
import { neverEnds, refusedByEngine, suspended, unpublished, unread, type Ending } from "./ending.ts";
import type { Known } from "./explained.ts";
import { askHost, type Within } from "./modules/ask-host.ts";
import type { Graph } from "./modules/graph.ts";
import { link } from "./modules/link.ts";
import { originalOf, type Original } from "./modules/original.ts";
import type { WebUnit } from "./prelude/web.ts";
import { prelude } from "./prelude-script.ts";
import { readyAlone, readyLinked, type Preparing, type Ready } from "./ready.ts";
import { RecordedCalls } from "./replay/recorded-calls.ts";
import { Repeatable } from "./repeatable.ts";
import { scriptEnd, type ScriptEnd } from "./script-end.ts";
import { SyntaxFailure } from "./script/syntax-failure.ts";
import { startPrelude, type PreludeEntries } from "./start-prelude.ts";
import { TimedIsolate } from "./timed-isolate.ts";
import { Turns } from "./turns.ts";
import { composeWebUnit } from "./web/compose.ts";

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
  readonly #isolate: TimedIsolate;
  readonly #entries: PreludeEntries;
  readonly #calls: Calls;
  readonly #turns: Turns;
  readonly #repeatable: Repeatable;
  #consoleLeft: number;

  #done: ((outcome: GuestOutcome) => void) | null = null;
  /** What errors are explained by. */
  #known: Known;
  #scriptEnd: ScriptEnd | null = null;
  readonly #conclusion: Conclusion;
  /** Of a script with modules: its errors as if these had run as they were written. */
  #original: Original = null;

  constructor(setup: GuestSetup, port: HostPort, thread: "blocked" | "free") {
    this.#setup = setup;
    this.#known = { setup, source: "", filename: "" };
    this.#port = port;
    this.#calls = new Calls(setup.leaves, port, () => this.#leaving());
    this.#consoleLeft = setup.limits.consoleBytes * 2 + 1000;
    this.#isolate = new TimedIsolate(setup.limits, thread === "blocked");
    try {
      this.#entries = this.#startPrelude();
    } catch (error) {
      this.#isolate.isolate.dispose();
      throw error;
    }
    this.#repeatable = new Repeatable(this.#isolate, this.#entries, port);
    // Now and not with the script: whoever waits for that has nothing else to do.
    this.#conclusion = new Conclusion({
      setup,
      isolate: this.#isolate,
      calls: this.#calls,
      where: this.#entries.where,
      looksHere: thread === "blocked",
      known: () => this.#exactly(),
      warn: (text) => this.#print("warn", text),
      end: (how, heapBytes) => this.#end(how, heapBytes),
      fail: (error) => this.#fail(error),
    });
    this.#turns = new Turns({
      isolate: this.#isolate,
      calls: this.#calls,
      settle: this.#entries.settle,
      sharesThread: thread === "free",
      oneByOne: () => this.#repeatable.isRepeated,
      isOver: () => !this.#goesOn,
      conclude: () => this.#conclude(),
      stuck: () => this.#end(this.#calls.isSuspended ? suspended() : neverEnds()),
      fail: (error) => this.#fail(error),
    });
  }

  #startPrelude(): PreludeEntries {
    return startPrelude(this.#isolate.isolate, prelude, this.#setup, {
      flat: (leaf) => this.#calls.flat(leaf),
      first: (leaf, ...args) => this.#calls.make(leaf, args as Primitive[]),
      packed: (leaf, words, text, ...bytes) => this.#calls.make(leaf, collect(words, text, bytes)),
      console: (level, text) => this.#console(level, text),
      finish: (kind, words, text, ...bytes) => this.#finish(kind, collect(words, text, bytes)),
      detached: (frames) => this.#conclusion.madeAt(frames),
      unit: (name) => this.#unit(name),
    });
  }

  warmUp(mayReplay: boolean): void {
    try {
      this.#isolate.isolate.warmUp(this.#entries.warmUp, []);
      if (mayReplay) this.#repeatable.prepare();
    } catch {
      // Whatever is wrong with the isolate, the run is told.
    }
  }

  start(script: GuestScript, done: (outcome: GuestOutcome) => void): void {
    if (this.#isolate.isStopped) return;
    this.#begin(script, done);
    if (script.replay !== undefined && !this.#replay(script.replay)) return;
    if (script.imports !== undefined)
      return this.#askForModules(script, (graph) => this.#link(script, graph));
    this.#run(
      script,
      this.#prepare(script.filename, () => readyAlone(script, this.#isolate, this.#entries)),
    );
  }

  settle(answers: readonly (readonly [number, Delivery])[]): void {
    if (!this.#goesOn || this.#conclusion.isUnderWay) return;
    for (const [id, delivery] of answers) this.#calls.answer(id, delivery);
    this.#turns.answered();
  }

  usage(): GuestUsage {
    return this.#usage(0);
  }

  dispose(): void {
    this.#done = null;
    this.#isolate.stop("disposed");
  }

  // --- the stages of a start ---

  #begin(script: GuestScript, done: (outcome: GuestOutcome) => void): void {
    this.#done = done;
    this.#known = { setup: this.#setup, source: script.source, filename: script.filename };
    this.#conclusion.onDetached = script.onDetached ?? "error";
    this.#isolate.startClock();
  }

  #replay(replay: GuestReplay): boolean {
    const { recorded } = replay;
    if (recorded !== undefined) this.#calls.replay(new RecordedCalls(recorded, this.#port));
    return this.#prepare("", () => (this.#repeatable.begin(replay), true)) !== null;
  }

  #askForModules(script: GuestScript, done: (graph: Graph) => void): void {
    const { load } = this.#port;
    if (!load) throw new Error("A script may import, and nobody was told from where.");
    const within: Within = (work) =>
      this.#prepare(script.filename, () => {
        this.#isolate.checkTime();
        return work();
      });
    askHost(script, load.bind(this.#port), within, done);
  }

  #link(script: GuestScript, graph: Graph): void {
    const linked = this.#prepare(script.filename, () => link(graph));
    if (!linked) return;
    this.#original = originalOf(linked.modules);
    this.#run(script, readyLinked(linked, this.#isolate, this.#entries, this.#prepare));
  }

  #run({ globals }: GuestScript, ready: Ready | null): void {
    if (ready && this.#publish(globals)) this.#turns.enter(ready);
  }

  /** What `prepare` gives, or `null` when the run has ended because the script is none. No code of the script runs in it. */
  readonly #prepare: Preparing = (filename, prepare) => {
    if (!this.#goesOn) return null;
    try {
      return prepare();
    } catch (error) {
      const refused = this.#refusal(error, filename);
      if (refused) this.#end({ kind: "error", error: refused });
      else this.#fail(error);
      return null;
    }
  };

  #refusal(error: unknown, filename: string): GuestError | null {
    if (error instanceof SyntaxFailure) return error.guestError;
    const isRefused = error instanceof RefusedCode || error instanceof RangeError;
    return isRefused && !this.#isolate.isolate.isGone ? refusedByEngine(error, filename) : null;
  }

  /** Makes the host's data global. No code of the guest runs here, so whatever goes wrong is the data's fault. */
  #publish(globals: Message | null): boolean {
    if (globals === null) return true;
    const failed = (error: unknown): void => {
      if (this.#isolate.isFatal(error)) this.#fail(error);
      else this.#end(unpublished(error));
    };
    try {
      void this.#isolate.enter(this.#entries.globals, [deliverMessage("v", globals, early())])?.catch(failed);
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }

  // --- leaving the guest: called by the prelude, never throws anything but a reason to stop ---

  #unit(name: WebUnit): string {
    this.#isolate.checkOnWayOut();
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

  #finish(kind: "ok" | "error" | "unread", result: Message): void {
    if (kind === "unread") {
      this.#end(unread());
      this.#isolate.stop("disposed");
      throw "stopped"; // A string: an Error would carry this file's path into the isolate.
    }
    this.#repeatable.tell();
    this.#scriptEnd ??= scriptEnd(kind, result, this.#known);
  }

  /** The script is about to do what others notice: what it has seen until now is told before. */
  #leaving(): void {
    this.#isolate.checkOnWayOut();
    this.#repeatable.tell();
  }

  // --- the end ---

  get #goesOn(): boolean {
    return this.#done !== null && !this.#isolate.isStopped;
  }

  /** True when the script has ended and the run does not go on for its calls. */
  #conclude(): boolean {
    const result = this.#scriptEnd;
    if (!result) return false;
    try {
      // An engine that is told the time by the wall alone lets a script end that has used up its processor time.
      this.#isolate.timeLeft();
    } catch (error) {
      this.#fail(error);
      return true;
    }
    if (result.kind === "error") this.#end(result, this.#isolate.isolate.look().heapBytes);
    else if (this.#conclusion.waits()) return false;
    else this.#conclusion.conclude(result);
    return true;
  }

  /** What is known of the script, where frames show its places to the letter: behind some imports they are a few letters off. */
  #exactly(): Known {
    return this.#original === null ? this.#known : { ...this.#known, source: "" };
  }

  #fail(error: unknown): void {
    const how = this.#isolate.endingBy(error);
    if (how) this.#end(how);
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
    const { cpuMs } = this.#isolate;
    const { detached } = this.#conclusion;
    return { cpuMs, heapBytes, ...(detached > 0 ? { detached } : {}) };
  }
}
