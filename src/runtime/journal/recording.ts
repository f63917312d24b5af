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
import { encodeOwn } from "../crossing/host-codec.ts";
import { bytesOf, messageOf } from "../crossing/message-bytes.ts";
import { keepMessage, MalformedValue } from "../crossing/message.ts";
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
import type { KeptAnswer } from "./entry.ts";
import { FollowedHistory } from "./followed.ts";
import { isWaiting, type History, type RecordedCall } from "./history.ts";
import { doneWith, said, valueOf, type EndingReply } from "./kept.ts";
import { loadedOf } from "./loaded.ts";
import { decide, type DoubtDecision, type OnDoubt } from "./options.ts";
import { RecordedPieces } from "./recorded-pieces.ts";
import { safe } from "./safe.ts";
import { settled } from "./settled.ts";
import {
  crashed,
  inDoubt,
  journalFailed,
  journalTooLong,
  nothingWaits,
  refusedTooOften,
  tooMuchInFlight,
  waitsForAnswer,
} from "./words.ts";
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

/** Calls beyond those a run may make are refused, and recorded as all others: a loop of them would be a journal without end. */
const mostRefused = 1_000;

type Load = (requests: readonly ModuleRequest[]) => Promise<ModuleAnswers>;

/** One call, on its way. */
interface Making {
  readonly number: number;
  readonly id: number;
  readonly index: number;
  readonly leaf: RegistryLeaf;
  readonly args: Arguments;
  readonly digest: string;
}

export class Recording implements HostRun {
  readonly #host: OwnedHostRun;
  readonly #options: RecordingOptions;
  readonly #controller = new AbortController();
  readonly #followed: FollowedHistory;
  readonly #pieces: RecordedPieces;
  readonly #waits = new Map<number, Wait>();
  /** Calls that are being made, so that their ends are known when the run stops at another. */
  readonly #live = new Set<Promise<unknown>>();
  #isOver = false;
  #stopped: { readonly error: RunError } | "suspended" | null = null;

  readonly #forward: () => void;
  /** Absent for a run without modules. */
  readonly load?: Load;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#host = options.host;
    this.#followed = new FollowedHistory(options.history);
    this.#pieces = new RecordedPieces(options.history, options.leaves);
    const { load } = options.host;
    if (load !== undefined) this.load = (requests) => this.#load(load, requests);
    this.#forward = () => this.#controller.abort(this.#host.signal.reason);
    if (options.host.signal.aborted) this.#forward();
    else options.host.signal.addEventListener("abort", this.#forward, { once: true });
    options.writer.onFailure = (error) => void this.#stop({ error: journalFailed(error) });
  }

  get id(): string {
    return this.#host.id;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
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
    return [...this.#waits.values()].sort((one, other) => one.call - other.call);
  }

  // --- what the script does ---

  call(id: number, index: number, args: Arguments): Reply | Promise<Reply> | Held {
    const leaf = this.#options.leaves[index];
    if (this.#stopped !== null || leaf === undefined) return never();
    const digest = digestOfMessage(isFlat(args) ? flatMessage(args) : args);
    const { number, recorded, error } = this.#followed.call(leaf, digest);
    if (error) return this.#stop({ error });
    const making: Making = { number, id, index, leaf, args, digest };
    if (recorded === undefined) {
      const { calls } = this.#options;
      return number < calls + mostRefused
        ? this.#make(making)
        : this.#stop({ error: refusedTooOften(calls) });
    }
    if (recorded.reply !== null) return this.#lies("a call that its journal answers");
    if (isWaiting(recorded)) return this.#wait(making, recorded.later, recorded.reason);
    if (recorded.isOpen && leaf.policy.idempotent !== true) return this.#doubt(making, recorded);
    return this.#make(making, said(recorded.answers));
  }

  recorded(): RecordedPiece {
    return this.#pieces.next();
  }

  /** Calls that the guest side has answered itself are compared and counted as if each had been made here. */
  replayed(leaves: readonly number[], digests: string): void {
    for (let at = 0; at < leaves.length && this.#stopped === null; at++) {
      const index = leaves[at]!;
      const leaf = this.#options.leaves[index];
      if (leaf === undefined) return void this.#lies("a call of a leaf that is not");
      const { recorded, error } = this.#followed.call(leaf, digests, at * digestLetters);
      if (error) return void this.#stop({ error });
      if (!recorded?.reply) return void this.#lies("a call that its journal does not answer");
      this.#host.recall(index, recorded.reply[0] === "error" && recorded.reply[2]);
    }
  }

  console(level: ConsoleLevel, text: string): void {
    if (this.#stopped !== null) return;
    const line = this.#followed.line(level, text);
    if (line === "known") return;
    if (line !== "new") return void this.#stop({ error: line });
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
    if (known === "new") void this.#options.writer.write(["load", loaded.digest, loaded.modules]);
    else if (known !== "known") return this.#stop({ error: known });
    return answers;
  }

  overflow(): void {
    void this.#stop({ error: tooMuchInFlight });
  }

  // --- calls ---

  /** No guest side of ours does this. */
  #lies(what: string): Promise<never> {
    return this.#stop({ error: crashed(new MalformedValue(what)) });
  }

  #doubt(making: Making, { answers }: RecordedCall): Reply | Promise<Reply> | Held {
    const { number, leaf } = making;
    const { onDoubt } = this.#options;
    const call = { call: number, path: leaf.path, arguments: this.#argumentsOf(making) };
    const decided = decide(() => onDoubt?.(call));
    if (!(decided instanceof Promise)) return this.#decided(making, decided, answers);
    return this.#held(making, decided, (kept, decision) => this.#decided(kept, decision, answers));
  }

  #decided(
    making: Making,
    decision: DoubtDecision,
    answers: readonly KeptAnswer[],
  ): Reply | Promise<Reply> | Held {
    if (decision === "stop") return this.#stop({ error: inDoubt(making.number, making.leaf.name) });
    if (decision === "repeat") return this.#make(making, said(answers));
    return this.#make(making, { approved: true, values: [], result: { value: decision.result } });
  }

  /** Writes that a call is made, makes it when that is safe, and writes how it ended. */
  #make(making: Making, answer?: CallAnswer): Reply | Promise<Reply> | Held {
    const { number, leaf, digest } = making;
    if (this.#isFull()) return never();
    const safe = this.#options.writer.write(["call", number, leaf.name, digest]);
    if (safe === undefined || leaf.policy.idempotent === true) return this.#ask(making, answer);
    return this.#held(making, safe, (kept) => this.#ask(kept, answer));
  }

  /** Goes on later with a call whose arguments lie in memory that is not ours. */
  #held<Known>(
    making: Making,
    until: Promise<Known>,
    goOn: (kept: Making, known: Known) => Reply | Promise<Reply> | Held,
  ): Promise<Reply> | Held {
    const kept = { ...making, args: isFlat(making.args) ? making.args : keepMessage(making.args) };
    const later = async (known: Known): Promise<{ readonly answer: Reply | Promise<Reply> }> => {
      try {
        const answer = goOn(kept, known);
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
    if (this.#stopped !== null || this.#isOver || this.#host.signal.aborted) {
      void this.#options.writer.write(["left", number]);
      return never();
    }
    const reply = this.#host.call(id, index, args, answer);
    if (reply instanceof Held) throw new Error("A call is held twice.");
    if (reply instanceof Promise || leaf.mode === "async") return this.#later(making, Promise.resolve(reply));
    return this.#ended(making, reply, false);
  }

  #later(making: Making, reply: Promise<Reply>): Promise<Reply> {
    const kept = { ...making, args: isFlat(making.args) ? making.args : keepMessage(making.args) };
    const ended = reply.then((answer) => {
      this.#live.delete(ended);
      return this.#ended(kept, answer, true);
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

  /** Ends the run when its journal is as long as it may be. It is longer by one entry at most. */
  #isFull(): boolean {
    const { writer, journalBytes } = this.#options;
    if (writer.bytes <= journalBytes) return false;
    void this.#stop({ error: journalTooLong(journalBytes) });
    return true;
  }

  #wait(making: Making, later: boolean, reason: Uint8Array<ArrayBuffer> | null): Reply | Promise<Reply> {
    const { number, leaf } = making;
    this.#waits.set(number, {
      call: number,
      path: [...leaf.path],
      for: reason === null ? "approval" : "suspend",
      arguments: this.#argumentsOf(making),
      reason: reason === null ? undefined : valueOf(messageOf(reason)),
    });
    // A script that is blocked cannot come to its own end.
    if (!later) return this.#stop("suspended");
    return Promise.resolve({ kind: "wait", reason: null });
  }

  #argumentsOf({ args }: Making): readonly unknown[] {
    if (isFlat(args)) return args;
    const value = valueOf(args);
    return Array.isArray(value) ? (value as readonly unknown[]) : [];
  }

  // --- the end ---

  #stop(how: { readonly error: RunError } | "suspended"): Promise<never> {
    if (this.#stopped === null) {
      this.#stopped = how;
      this.#controller.abort(how);
    }
    return never();
  }

  /** How the run ended, written down; resolves when everything is safe. */
  async conclude(end: RunEnd): Promise<RunEnd> {
    this.#isOver = true;
    this.#host.signal.removeEventListener("abort", this.#forward);
    const told = this.#told(end);
    if (told.kind === "suspended") await settled(this.#live, this.#host.signal, this.#options.wallMs);
    if (told.kind === "ok" || told.kind === "error") {
      if (this.#stopped === null) {
        const value = told.kind === "ok" ? told.exports : encodeOwn(told.error);
        void this.#options.writer.write(["end", told.kind, value]);
      }
    }
    const failure = await safe(this.#options.writer, this.#options.wallMs);
    // Its own reason is the nearer one.
    if (failure?.isLate && (told.kind === "aborted" || told.kind === "timeout")) return told;
    // A wait that is not written down is one that nobody can answer.
    if (failure !== null && (this.#stopped === null || this.#stopped === "suspended"))
      this.#stopped = { error: journalFailed(failure.error) };
    return this.#stopped !== null && this.#stopped !== "suspended"
      ? { kind: "error", error: this.#stopped.error, usage: end.usage }
      : told;
  }

  #told(end: RunEnd): RunEnd {
    if (this.#stopped === "suspended") return { kind: "suspended", error: waitsForAnswer, usage: end.usage };
    if (this.#stopped !== null) return { kind: "error", error: this.#stopped.error, usage: end.usage };
    if (end.kind === "suspended" && this.#waits.size === 0) {
      return { kind: "crashed", error: nothingWaits, usage: end.usage };
    }
    const error = end.kind === "ok" || end.kind === "error" ? this.#followed.end() : null;
    if (error) {
      this.#stopped = { error };
      return { kind: "error", error, usage: end.usage };
    }
    return end;
  }
}

/** Nobody waits for it: the run is over. */
function never(): Promise<never> {
  return new Promise(() => {});
}
