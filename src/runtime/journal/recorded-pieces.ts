/**
 * Hands out what a journal has of calls to the guest side, which answers them itself: piece by piece, each once and in its order, so that neither side holds more than
 * one of them.
 */
import type { RegistryLeaf } from "../../model/registry.ts";
import { MalformedValue } from "../crossing/message.ts";
import { tagLetters, told, type Primitive, type RecordedPiece } from "../seam.ts";
import type { KeptReply } from "./entry.ts";
import type { History } from "./history.ts";

/** A piece ends when it has so many events, or so many bytes of values. */
const mostEvents = 1024;
const mostBytes = 256 * 1024;

export class RecordedPieces {
  readonly #history: History;
  readonly #leaves: readonly RegistryLeaf[];
  /** By name. Made for the first piece: most runs have none. */
  #indexes: ReadonlyMap<string, number> | undefined;
  #next = 0;

  constructor(history: History, leaves: readonly RegistryLeaf[]) {
    this.#history = history;
    this.#leaves = leaves;
  }

  /** Throws `MalformedValue` when all was handed out: an honest guest side counts. */
  next(): RecordedPiece {
    const { calls, events: all } = this.#history;
    const indexes = (this.#indexes ??= new Map(this.#leaves.map(({ name }, index) => [name, index])));
    if (this.#next === all.length) throw new MalformedValue("more questions than a journal has calls");
    const events: number[] = [];
    const how: number[] = [];
    const values: (Primitive | Uint8Array<ArrayBuffer>)[] = [];
    let tags = "";
    let bytes = 0;
    const tell = (reply: KeptReply): void => {
      how.push(told[reply[0]]);
      values.push(reply[1]);
      if (typeof reply[1] === "string" || reply[1] instanceof Uint8Array) bytes += reply[1].length;
    };
    while (this.#next < all.length && events.length < mostEvents && bytes < mostBytes) {
      const event = all[this.#next++]!;
      const { leaf, args, reply, later } = calls[event < 0 ? -1 - event : event]!;
      if (event < 0) {
        events.push(event);
        tell(reply!);
        continue;
      }
      events.push(indexes.get(leaf) ?? indexes.size);
      tags += args.slice(0, tagLetters).padEnd(tagLetters);
      if (reply === null) how.push(told.host);
      else if (later) how.push(told.later);
      else tell(reply);
    }
    return { events, tags, how, values, isLast: this.#next === all.length };
  }
}
