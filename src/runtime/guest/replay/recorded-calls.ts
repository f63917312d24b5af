/**
 * Recorded calls: answers the calls of a run that is gone on with from what its journal has, in the order in which it happened, without asking the host
 * side for each. Every answer is one the host side has handed out; every call is told to it, with all of its digest, before it is asked for anything new.
 */
import { digestOfMessage } from "../../crossing/digest.ts";
import { flatMessage, isFlat } from "../../crossing/flat.ts";
import { deliver } from "../../crossing/delivery.ts";
import { messageOf } from "../../crossing/message-bytes.ts";
import type { Delivery } from "../../crossing/transfer.ts";
import {
  tagLetters,
  told,
  type Arguments,
  type GuestReplay,
  type HostPort,
  type Primitive,
  type RecordedPiece,
} from "../../seam.ts";

/** A call that is not answered here: the journal does not know its answer, or it is another call than the recorded one. */
export const byHost = Symbol("by the host side");
/** A call whose answer follows. */
export const later = Symbol("later");

/** Calls that are told together. */
const toldTogether = 512;

interface Event {
  /** As in `RecordedPiece`. */
  readonly what: number;
  readonly tag: string;
  readonly how: number;
  readonly value: Primitive | Uint8Array<ArrayBuffer>;
}

/** Answers that the script is to hear: the number of the call, and what it is answered. */
type Waiting = Pick<Event, "how" | "value"> & { readonly call: number };

export class RecordedCalls {
  readonly #journal: Required<Pick<HostPort, "recorded" | "replayed">>;
  readonly #calls: number;
  /** Numbers of the next call that is made and of the next answer that is heard. */
  #made = 0;
  #heard = 0;
  readonly #answers: number;
  #piece: RecordedPiece = { events: [], tags: "", how: [], values: [], isLast: false };
  /** What of the piece was read. */
  #event = 0;
  #tag = 0;
  #value = 0;
  /** Answers that stand before the call that was made last. */
  #waiting: Waiting[] = [];
  /** Calls of the script whose answer follows, by their number in the run. */
  readonly #ids = new Map<number, number>();
  #leaves: number[] = [];
  #digests = "";

  constructor(
    { calls, answers }: NonNullable<GuestReplay["recorded"]>,
    port: Pick<HostPort, "recorded" | "replayed">,
  ) {
    const { recorded, replayed } = port;
    if (!recorded || !replayed) throw new Error("A run is gone on with, and nobody has its journal.");
    this.#calls = calls;
    this.#answers = answers;
    this.#journal = { recorded: recorded.bind(port), replayed: replayed.bind(port) };
  }

  /** True when every recorded answer has been heard: those of calls that were made in this process come after them. */
  get isHeard(): boolean {
    return this.#heard === this.#answers;
  }

  /** True when nothing is left to answer. */
  get isOver(): boolean {
    return this.isHeard && this.#made === this.#calls;
  }

  /** The answer to the call that the script makes. `mayFollow`: the script goes on when the answer does not come at once. */
  answer(
    id: number,
    leaf: number,
    args: Arguments,
    mayFollow: boolean,
  ): Delivery | typeof byHost | typeof later {
    if (this.#made === this.#calls) return byHost;
    const number = this.#made++;
    const { what, tag, how, value } = this.#nextCall();
    if (how === told.host || what !== leaf) return byHost;
    const digest = digestOfMessage(isFlat(args) ? flatMessage(args) : args);
    if (!digest.startsWith(tag) || (how === told.later && !mayFollow)) return byHost;
    this.#leaves.push(leaf);
    this.#digests += digest;
    if (this.#leaves.length === toldTogether) this.tell();
    if (how !== told.later) return delivered(how, value, id);
    this.#ids.set(number, id);
    return later;
  }

  /** The answer whose turn has come; `null` for none. */
  due(): { readonly id: number; readonly delivery: Delivery } | null {
    if (this.isHeard) return null;
    // What follows is a call when the script is not where it was; then it hears nothing more.
    const next = this.#waiting[0] ?? this.#nextAnswer();
    if (next === null) return null;
    const id = this.#ids.get(next.call);
    if (id === undefined) return null;
    this.#waiting.shift();
    this.#ids.delete(next.call);
    this.#heard++;
    return { id, delivery: delivered(next.how, next.value, id) };
  }

  /** Tells the host side of the calls that were answered since it was told last. */
  tell(): void {
    if (this.#leaves.length === 0) return;
    const leaves = this.#leaves;
    const digests = this.#digests;
    this.#leaves = [];
    this.#digests = "";
    this.#journal.replayed(leaves, digests);
  }

  #nextCall(): Event {
    for (;;) {
      const event = this.#read();
      if (event.what >= 0) return event;
      this.#waiting.push(answerIn(event));
    }
  }

  #nextAnswer(): Waiting | null {
    this.#fill();
    if (this.#piece.events[this.#event]! >= 0) return null;
    const answer = answerIn(this.#read());
    this.#waiting.push(answer);
    return answer;
  }

  #read(): Event {
    this.#fill();
    const { events, tags, how: ways, values } = this.#piece;
    const how = ways[this.#event]!;
    const what = events[this.#event++]!;
    const tag = what < 0 ? "" : tags.slice(this.#tag, (this.#tag += tagLetters));
    const value = how === told.value || how === told.error ? values[this.#value++] : undefined;
    return { what, tag, how, value };
  }

  #fill(): void {
    if (this.#event < this.#piece.events.length) return;
    this.#piece = this.#journal.recorded();
    this.#event = this.#tag = this.#value = 0;
    if (this.#piece.events.length === 0) throw new Error("A journal has fewer calls than it said.");
  }
}

function answerIn({ what, how, value }: Event): Waiting {
  return { call: -1 - what, how, value };
}

function delivered(how: number, value: Primitive | Uint8Array<ArrayBuffer>, id: number): Delivery {
  const content = value instanceof Uint8Array ? messageOf(value) : value;
  if (how !== told.error) return deliver({ kind: "value", value: content }, id);
  if (typeof content !== "object" || content === null) throw new Error("A recorded error is none.");
  return deliver({ kind: "error", error: content }, id);
}
