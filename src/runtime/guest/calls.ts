/**
 * Calls: what a run has asked its host for and not been told yet. Each call has a number; its answer comes while it is made, or later, and then
 * waits until no code of the guest is running.
 */
import { deliver, waits } from "../crossing/delivery.ts";
import type { Delivery } from "../crossing/transfer.ts";
import type { Arguments, GuestLeaf, HostPort, Primitive } from "../seam.ts";
import type { FlatCall } from "./prelude/bindings.ts";
import { byHost, later, type RecordedCalls } from "./replay/recorded-calls.ts";

export interface Answer {
  readonly id: number;
  readonly leaf: number;
  readonly delivery: Delivery;
}

export class Calls {
  readonly #leaves: readonly GuestLeaf[];
  readonly #port: HostPort;
  readonly #leaving: () => void;
  /** Calls whose answer follows, with their leaf. */
  readonly #inFlight = new Map<number, number>();
  /** Of these, the ones that are not answered in this process. */
  readonly #waiting = new Set<number>();
  #lastId = 0;
  #answers: Answer[] = [];
  /** Of a run that is gone on with, as long as it makes calls that it made before. */
  #recorded: RecordedCalls | null = null;

  /** `leaving` is asked before each call, and throws when the time is over. */
  constructor(leaves: readonly GuestLeaf[], port: HostPort, leaving: () => void) {
    this.#leaves = leaves;
    this.#port = port;
    this.#leaving = leaving;
  }

  /** The function for calls of a leaf whose arguments are few primitives. */
  flat(leaf: number): FlatCall {
    const mode = this.#leaves[leaf]?.mode;
    if (mode === "async") return (...args) => this.#async(leaf, args as Primitive[]);
    if (mode === "maybe") return (...args) => this.#maybe(leaf, args as Primitive[]);
    return (...args) => this.#sync(leaf, args as Primitive[]);
  }

  /** Makes a call of any other arguments. The answer, or the number under which it will come. */
  make(leaf: number, args: Arguments): Delivery {
    const mode = this.#leaves[leaf]?.mode;
    if (mode === "async") return this.#async(leaf, args);
    return mode === "maybe" ? this.#maybe(leaf, args) : this.#sync(leaf, args);
  }

  /** Calls are answered from what is recorded, as far as that goes. */
  replay(recorded: RecordedCalls): void {
    this.#recorded = recorded;
  }

  /** Tells the host side which calls were answered without it. */
  tell(): void {
    this.#recorded?.tell();
  }

  #sync(leaf: number, args: Arguments): Delivery {
    this.#leaving();
    const id = ++this.#lastId;
    const known = this.#again(id, leaf, args, false);
    if (known !== byHost && known !== later) return known;
    return this.#port.callSync(id, leaf, args);
  }

  #maybe(leaf: number, args: Arguments): Delivery {
    this.#leaving();
    const id = ++this.#lastId;
    // The answer may come before the word that it will.
    this.#inFlight.set(id, leaf);
    const known = this.#again(id, leaf, args, true);
    if (known === later) return deliver({ kind: "pending" }, id);
    const answer = known === byHost ? this.#port.callSync(id, leaf, args) : known;
    if (!isPending(answer)) this.#inFlight.delete(id);
    return answer;
  }

  #async(leaf: number, args: Arguments): number {
    this.#leaving();
    const id = ++this.#lastId;
    this.#inFlight.set(id, leaf);
    const known = this.#again(id, leaf, args, true);
    if (known === byHost) this.#port.callAsync(id, leaf, args);
    else if (known !== later) this.answer(id, known);
    return id;
  }

  #again(
    id: number,
    leaf: number,
    args: Arguments,
    mayFollow: boolean,
  ): Delivery | typeof byHost | typeof later {
    if (this.#recorded === null) return byHost;
    const known = this.#recorded.answer(id, leaf, args, mayFollow);
    if (known === byHost) this.#recorded.tell();
    if (this.#recorded.isOver) this.#endReplay();
    return known;
  }

  #endReplay(): void {
    this.#recorded?.tell();
    this.#recorded = null;
  }

  /** An answer has come. One that nobody waits for is dropped. */
  answer(id: number, delivery: Delivery): void {
    const leaf = this.#inFlight.get(id);
    if (delivery === waits) {
      if (leaf !== undefined) this.#waiting.add(id);
      return;
    }
    if (leaf !== undefined && this.#inFlight.delete(id)) this.#answers.push({ id, leaf, delivery });
  }

  /** The answers that have come since, for the guest. */
  takeAnswers(): readonly Answer[] {
    const answers = this.#recorded === null ? this.#answers : this.#takeRecorded(this.#recorded);
    if (answers === this.#answers && answers.length > 0) this.#answers = [];
    return answers;
  }

  /** What was heard before is heard before everything else. */
  #takeRecorded(recorded: RecordedCalls): readonly Answer[] {
    const due = recorded.due();
    if (due === null) return recorded.isHeard ? this.#answers : none;
    const leaf = this.#inFlight.get(due.id) ?? 0;
    this.#inFlight.delete(due.id);
    if (recorded.isOver) this.#endReplay();
    return [{ ...due, leaf }];
  }

  /** True while the script hears what it has heard before. */
  get isReplaying(): boolean {
    return this.#recorded !== null;
  }

  /** True while an answer may still come. */
  get isWaiting(): boolean {
    return this.#inFlight.size > this.#waiting.size;
  }

  /** True when calls are left that are not answered in this process. */
  get isSuspended(): boolean {
    return this.#waiting.size > 0;
  }

  /** Calls the script has not heard of again, also those whose answer is here. */
  get open(): number {
    return this.#inFlight.size + this.#answers.length;
  }

  /** The first `limit` of these, as number and leaf. */
  firstOpen(limit: number): readonly (readonly [id: number, leaf: number])[] {
    const open = [...this.#inFlight, ...this.#answers.map(({ id, leaf }) => [id, leaf] as const)];
    return open.sort(([one], [other]) => one - other).slice(0, limit);
  }
}

const none: readonly Answer[] = [];

function isPending(answer: Delivery): boolean {
  return typeof answer === "string" && answer[0] === "p";
}
