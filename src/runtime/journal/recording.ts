/**
 * Recording: the host side of a run that has a journal, in front of the host side that every run has. What the journal has
 * is answered from it, in its order; what it has not goes to the host functions, and is written down before and after.
 *
 * An honest script is a function of what it was told: with one answer at a time, in the recorded order, and with the same times and chance,
 * it makes the same calls. So calls are known by their number, and one that differs ends the run.
 */
import type { RegistryLeaf } from "../../model/registry.ts";
import { digestOfMessage } from "../crossing/digest.ts";
import { flatMessage, isFlat } from "../crossing/flat.ts";
import { bytesOf } from "../crossing/message-bytes.ts";
import type { OwnedHostRun } from "../host/host-run.ts";
import type { RunError, Wait } from "../result.ts";
import { Held, type CallAnswer, type HostRun, type HostSettings, type RunEnd } from "../runner.ts";
import {
  digestLetters,
  ownError,
  type Arguments,
  type ConsoleLevel,
  type ModuleAnswers,
  type ModuleRequest,
  type RecordedPiece,
  type Reply,
} from "../seam.ts";
import { concluded, unsafely } from "./conclusion.ts";
import type { KeptAnswer } from "./entry.ts";
import { FollowedHistory } from "./followed.ts";
import type { History } from "./history.ts";
import { doneWith, type EndingReply } from "./kept.ts";
import { loadedOf } from "./loaded.ts";
import { argumentsOf, kept, type Making } from "./making.ts";
import { decide, type OnDoubt } from "./options.ts";
import { RecordedPieces } from "./recorded-pieces.ts";
import { safe } from "./safe.ts";
import { settled } from "./settled.ts";
import { afterDoubt, lies, stepOf, type Step } from "./step.ts";
import { never, Stopping } from "./stopping.ts";
import { Waits } from "./waits.ts";
import { crashed, journalFailed, journalTooLong, tooMuchInFlight } from "./words.ts";
import type { JournalWriter } from "./writer.ts";

export interface RecordingOptions {
  readonly host: OwnedHostRun;
  readonly leaves: readonly RegistryLeaf[];
  readonly writer: JournalWriter;
  readonly history: History;
  readonly onDoubt: OnDoubt | undefined;
  /** Whether whoever has the isolate can hold the answer of a call that blocks. */
  readonly canHold: boolean;
  /** Milliseconds that calls in flight may take when the run is suspended, and its store when it has ended. */
  readonly wallMs: number;
  /** Calls the run may make. */
  readonly calls: number;
  /** How long its journal may become. */
  readonly journalBytes: number;
}

/** Of a call: at once, or when it is there. */
type Answered = Reply | Promise<Reply> | Held;

type Load = (requests: readonly ModuleRequest[]) => Promise<ModuleAnswers>;

export class Recording implements HostRun {
  readonly #host: OwnedHostRun;
  readonly #options: RecordingOptions;
  readonly #followed: FollowedHistory;
  readonly #pieces: RecordedPieces;
  readonly #stopping: Stopping;
  readonly #waits = new Waits();
  /** Calls that are being made, so that their ends are known when the run stops at another. */
  readonly #live = new Set<Promise<unknown>>();
  /** Absent for a run without modules. */
  readonly load?: Load;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#host = options.host;
    this.#followed = new FollowedHistory(options.history);
    this.#pieces = new RecordedPieces(options.history, options.leaves);
    this.#stopping = new Stopping(options.host.signal);
    const { load } = options.host;
    if (load !== undefined) this.load = (requests) => this.#load(load, requests);
    options.writer.onFailure = (error) => void this.#stop({ error: journalFailed(error) });
  }

  get id(): string {
    return this.#host.id;
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  get nesting(): number {
    return this.#host.nesting ?? 0;
  }

  get settings(): HostSettings {
    return this.#host.settings;
  }

  adopt(): void {
    throw new Error("A worker that is the host side itself was given a run with a journal.");
  }

  /** What the run waits for. */
  get waits(): readonly Wait[] {
    return this.#waits.inOrder;
  }

  // --- what the script does ---

  call(id: number, index: number, args: Arguments): Answered {
    const leaf = this.#options.leaves[index];
    if (this.#stopping.isStopped || leaf === undefined) return never();
    const digest = digestOfMessage(isFlat(args) ? flatMessage(args) : args);
    const next = this.#followed.call(leaf, digest);
    const making: Making = { number: next.number, id, index, leaf, args, digest };
    return this.#take(stepOf(next, leaf, this.#options.calls), making);
  }

  recorded(): RecordedPiece {
    return this.#pieces.next();
  }

  /** Calls that the guest side has answered itself are compared and counted as if each had been made here. */
  replayed(leaves: readonly number[], digests: string): void {
    for (let at = 0; at < leaves.length && !this.#stopping.isStopped; at++) {
      const index = leaves[at]!;
      const leaf = this.#options.leaves[index];
      if (leaf === undefined) return void this.#stop(lies("a call of a leaf that is not"));
      const { recorded, error } = this.#followed.call(leaf, digests, at * digestLetters);
      if (error) return void this.#stop({ error });
      if (!recorded?.reply) return void this.#stop(lies("a call that its journal does not answer"));
      this.#host.recall(index, recorded.reply[0] === "error" && recorded.reply[2]);
    }
  }

  console(level: ConsoleLevel, text: string): void {
    if (this.#stopping.isStopped) return;
    const line = this.#followed.line(level, text);
    if (line === "known") return;
    if (line !== "new") return void this.#stop({ error: line });
    if (this.#isFull()) return;
    void this.#options.writer.write(["said", level, text.toWellFormed()]);
    this.#host.console(level, text);
  }

  saw(looks: readonly number[]): void {
    this.#options.writer.saw(looks);
  }

  async #load(load: Load, requests: readonly ModuleRequest[]): Promise<ModuleAnswers> {
    const answers = await load(requests);
    const loaded = loadedOf(answers);
    const known = this.#followed.load(loaded);
    if (known === "known") return answers;
    if (known !== "new") return this.#stop({ error: known });
    if (this.#isFull()) return never();
    void this.#options.writer.write(["load", loaded.digest, loaded.modules]);
    return answers;
  }

  overflow(): void {
    void this.#stop({ error: tooMuchInFlight });
  }

  // --- what becomes of a call ---

  #take(step: Step, making: Making): Answered {
    switch (step.kind) {
      case "make":
        return this.#make(making, step.answer);
      case "wait":
        return this.#wait(making, step.later, step.reason);
      case "doubt":
        return this.#doubt(making, step.answers);
      case "stop":
        return this.#stop(step);
    }
  }

  #doubt(making: Making, answers: readonly KeptAnswer[]): Answered {
    const { number, leaf } = making;
    const { onDoubt } = this.#options;
    const call = { call: number, path: leaf.path, arguments: argumentsOf(making) };
    const decided = decide(() => onDoubt?.(call));
    const doubtful = { number, leaf, answers };
    if (!(decided instanceof Promise)) return this.#take(afterDoubt(decided, doubtful), making);
    return this.#held(making, decided, (own, decision) => this.#take(afterDoubt(decision, doubtful), own));
  }

  /** Writes that a call is made, makes it when that is safe, and writes how it ended. */
  #make(making: Making, answer: CallAnswer | undefined): Answered {
    const { number, leaf, digest } = making;
    if (this.#isFull()) return never();
    const written = this.#options.writer.write(["call", number, leaf.name, digest]);
    if (written === undefined || leaf.policy.idempotent === true) return this.#ask(making, answer);
    return this.#held(making, written, (own) => this.#ask(own, answer));
  }

  /** Goes on later with a call, of which the arguments are kept. */
  #held<Known>(
    making: Making,
    until: Promise<Known>,
    goOn: (own: Making, known: Known) => Answered,
  ): Promise<Reply> | Held {
    const own = kept(making);
    const later = async (known: Known): Promise<{ readonly answer: Reply | Promise<Reply> }> => {
      try {
        const answer = goOn(own, known);
        return answer instanceof Held ? answer.made : { answer };
      } catch (error) {
        // Nobody hears a throw any more: whoever made the call has gone on.
        return this.#stop({ error: crashed(error) });
      }
    };
    if (making.leaf.mode === "async") return until.then(later).then(({ answer }) => answer);
    if (this.#options.canHold) return new Held(until.then(later));
    const message = `${making.leaf.name} blocks the script until it is answered, and in this process nothing can be waited for meanwhile: use isolation: "process".`;
    return this.#stop({ error: ownError("ERR_SANDBOX_OPTION", message) });
  }

  #ask(making: Making, answer: CallAnswer | undefined): Reply | Promise<Reply> {
    const { number, id, index, args, leaf } = making;
    // The run has ended while the entry was on its way: nobody would hear the answer, and the host would refuse.
    if (this.#stopping.isOver) {
      void this.#options.writer.write(["left", number]);
      return never();
    }
    const reply = this.#host.call(id, index, args, answer);
    if (reply instanceof Held) throw new Error("A call is held twice.");
    if (reply instanceof Promise || leaf.mode === "async") return this.#later(making, Promise.resolve(reply));
    return this.#ended(making, reply, false);
  }

  #later(making: Making, reply: Promise<Reply>): Promise<Reply> {
    const own = kept(making);
    const ended = reply.then((answer) => {
      this.#live.delete(ended);
      return this.#ended(own, answer, true);
    });
    this.#live.add(ended);
    return ended;
  }

  #ended(making: Making, reply: Reply, later: boolean): Reply | Promise<Reply> {
    // Calls that were in flight together could all have large results. The run has ended by now, so that nobody hears of one that is not written.
    if (this.#isFull()) return reply;
    if (reply.kind === "wait") {
      const reason = reply.reason === null ? null : bytesOf(reply.reason);
      void this.#options.writer.write(["wait", making.number, later, reason]);
      return this.#wait(making, later, reason);
    }
    void this.#options.writer.write(doneWith(making.number, later, reply as EndingReply));
    return reply;
  }

  #wait(making: Making, later: boolean, reason: Uint8Array<ArrayBuffer> | null): Reply | Promise<Reply> {
    this.#waits.add(making, reason);
    // A script that is blocked cannot come to its own end.
    if (!later) return this.#stopping.stop({ kind: "suspended" });
    return Promise.resolve({ kind: "wait", reason: null });
  }

  /** Ends the run when its journal is as long as it may be. It is longer by one entry at most. */
  #isFull(): boolean {
    const { writer, journalBytes } = this.#options;
    if (writer.bytes <= journalBytes) return false;
    void this.#stop({ error: journalTooLong(journalBytes) });
    return true;
  }

  // --- the end ---

  #stop({ error }: { readonly error: RunError }): Promise<never> {
    return this.#stopping.stop({ kind: "error", error });
  }

  /** How the run ended, written down; resolves when everything is safe. */
  async conclude(end: RunEnd): Promise<RunEnd> {
    const { writer, wallMs } = this.#options;
    const stopped = this.#stopping.over();
    const conclusion = concluded(stopped, end, !this.#waits.isEmpty, () => this.#followed.end());
    if (conclusion.by === "waiting") await settled(this.#live, this.#host.signal, wallMs);
    if (conclusion.by === "script") void writer.write(conclusion.entry);
    const failure = await safe(writer, wallMs);
    return failure === null ? conclusion.end : unsafely(conclusion, failure);
  }
}
