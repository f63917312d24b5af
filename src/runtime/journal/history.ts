/**
 * Reads the entries of a journal as what they tell: which calls were made and how each was answered, in which order the
 * script heard, what it saw and said, and how it ended. Pure.
 */
import type { ConsoleLevel } from "../seam.ts";
import type { Entry, KeptAnswer, KeptReply, ModuleText, RunHead } from "./entry.ts";
import { DamagedJournal } from "./log.ts";

export interface RecordedCall {
  readonly leaf: string;
  readonly args: string;
  /** `null` for a call whose end is not there. */
  readonly reply: KeptReply | null;
  /** The answer came while the script went on. */
  readonly later: boolean;
  /** It was begun, and neither ended nor began to wait nor was left. */
  readonly isOpen: boolean;
  /** How often it began to wait, and what it was answered. */
  readonly waits: number;
  readonly answers: readonly KeptAnswer[];
  /** What it was told to wait for the last time; `null` for an approval. */
  readonly reason: Uint8Array<ArrayBuffer> | null;
}

export interface RecordedLoad {
  readonly digest: string;
  readonly modules: readonly ModuleText[] | undefined;
}

export interface History {
  readonly head: RunHead;
  readonly calls: readonly RecordedCall[];
  /** What happened, in its order: the number of a call that was made, and -1 less that number when it was answered later. */
  readonly events: readonly number[];
  readonly looks: readonly number[];
  readonly said: readonly (readonly [level: ConsoleLevel, text: string])[];
  readonly loads: readonly RecordedLoad[];
  readonly end: { readonly how: "ok" | "error"; readonly value: Uint8Array<ArrayBuffer> } | null;
}

const noAnswers: readonly KeptAnswer[] = [];

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `null` for a journal without entries. Throws `DamagedJournal` for entries that tell no story. */
export function readHistory(entries: readonly Entry[]): History | null {
  const first = entries[0];
  if (first === undefined) return null;
  if (first[0] !== "run") throw new DamagedJournal("it does not begin with what its run is");
  if (first[1].version !== 1 && first[1].version !== 2)
    throw new DamagedJournal(`its version is ${String(first[1].version)}, and 2 is the newest known here`);
  const calls: Writable<RecordedCall>[] = [];
  const events: number[] = [];
  const looks: number[] = [];
  const said: (readonly [ConsoleLevel, string])[] = [];
  const loads: RecordedLoad[] = [];
  let end: History["end"] = null;

  const known = (number: number): Writable<RecordedCall> => {
    const call = calls[number];
    if (call === undefined) throw new DamagedJournal(`it speaks of call ${number} before it was made`);
    return call;
  };

  for (let at = 1; at < entries.length; at++) {
    const entry = entries[at]!;
    switch (entry[0]) {
      case "call": {
        const [, number, leaf, args] = entry;
        if (number === calls.length) {
          events.push(number);
          calls.push({
            leaf,
            args,
            reply: null,
            later: false,
            isOpen: true,
            waits: 0,
            answers: noAnswers,
            reason: null,
          });
        } else known(number).isOpen = true;
        break;
      }
      case "done": {
        const [, number, later] = entry;
        const call = known(number);
        if (call.reply !== null) throw new DamagedJournal(`call ${number} is answered twice`);
        call.reply = entry[3] === "value" ? ["value", entry[4]] : ["error", entry[4], entry[5]];
        call.later = later;
        call.isOpen = false;
        if (later) events.push(-1 - number);
        break;
      }
      case "wait": {
        const call = known(entry[1]);
        if (call.reply !== null) throw new DamagedJournal(`call ${entry[1]} waits when it is answered`);
        call.isOpen = false;
        call.waits++;
        call.later = entry[2];
        call.reason = entry[3];
        break;
      }
      case "left":
        known(entry[1]).isOpen = false;
        break;
      case "answer": {
        const call = known(entry[1]);
        call.answers = [...call.answers, entry[2]];
        break;
      }
      case "saw":
        // One by one: a loop that looks at the clock leaves more than a call has room for.
        for (const look of entry[1]) looks.push(look);
        break;
      case "said":
        said.push([entry[1], entry[2]]);
        break;
      case "load":
        loads.push({ digest: entry[1], modules: entry[2] });
        break;
      case "end":
        end = { how: entry[1], value: entry[2] };
        break;
      case "resume":
        break;
      case "run":
        throw new DamagedJournal("it begins twice");
      default:
        entry satisfies never;
        throw new DamagedJournal(`an entry is called ${String(entry[0])}, which is not known here`);
    }
  }
  return { head: first[1], calls, events, looks, said, loads, end };
}

/** True when the call waits for an answer nobody has given. */
export function isWaiting({ waits, answers, reply }: RecordedCall): boolean {
  return reply === null && waits > answers.length;
}
