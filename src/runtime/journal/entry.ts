/**
 * Lists the entries of a journal. An entry is a list that begins with its name, so that it is a value of the codec like any
 * other; this file gives each its type, and keeps out how they become bytes.
 */
import type { Message } from "../crossing/message.ts";
import type { ConsoleLevel, Primitive } from "../seam.ts";

/** What a run is, so that no other is taken for it. Texts are digests but `seed`, `timeZone` and `locale`. */
export interface RunHead {
  /** 1: each record is one entry. 2: a record may be a group of them, where they are in memory. A run is gone on with in the version it was begun in. */
  readonly version: 1 | 2;
  readonly script: string;
  /** Of the contract; empty for a plain tree of functions. */
  readonly contract: string;
  readonly globals: string;
  /** The message of `input`; absent when the run was given none. */
  readonly input?: Uint8Array<ArrayBuffer>;
  readonly kind: string;
  readonly timeZone: string;
  readonly locale: string;
  /** What chance is made of, as 32 hexadecimal digits. */
  readonly seed: string;
  /** What the run was called, for the words of who is told that it is another: nothing is compared. Journals of before have none. */
  readonly names?: RunNames;
}

/** As the host has given them. */
export interface RunNames {
  readonly filename?: string;
  readonly runId?: string;
  readonly profile?: string;
}

/** A module by its name, and the digest of its text. */
export type ModuleText = readonly [filename: string, digest: string];

/** A reply as data. `value`: a primitive as itself, everything else as the bytes of its message. */
export type KeptReply =
  | readonly [kind: "value", value: Primitive | Uint8Array<ArrayBuffer>]
  /** `refused`: nobody saw the call, and it did not count. */
  | readonly [kind: "error", error: Uint8Array<ArrayBuffer>, refused: boolean];

/** What a person, or whoever was waited for, has said. */
export interface KeptAnswer {
  readonly approved?: boolean;
  readonly reason?: string;
  /** The message of what `suspend` returns. */
  readonly value?: Uint8Array<ArrayBuffer>;
}

export type Entry =
  | readonly [name: "run", head: RunHead]
  /** The run goes on in another process. `writer` is no one else's: two that go on from the same place differ here. */
  | readonly [name: "resume", writer: string]
  /** Modules were loaded: the digest of all that the script was told of them, and their texts for the words of who is told that they are others. Journals of before have none. */
  | readonly [name: "load", digest: string, modules?: readonly ModuleText[]]
  /** A call is about to be made, the `number`th of the run, from 0. */
  | readonly [name: "call", number: number, leaf: string, args: string]
  /** It has been answered. `later`: while the script went on. */
  | readonly [name: "done", number: number, later: boolean, ...reply: KeptReply]
  /** It waits, while the script went on or not; `reason` is the message of what `suspend` was told, `null` for an approval. */
  | readonly [name: "wait", number: number, later: boolean, reason: Uint8Array<ArrayBuffer> | null]
  /** It was not made: the run was over before that was safe. */
  | readonly [name: "left", number: number]
  | readonly [name: "answer", number: number, answer: KeptAnswer]
  /** What the script saw of the time, since the last entry: a time, how often, the next time, how often. */
  | readonly [name: "saw", looks: readonly number[]]
  | readonly [name: "said", level: ConsoleLevel, text: string]
  /** The script has ended. `value`: the message of its exports, or of its error. */
  | readonly [name: "end", how: "ok" | "error", value: Uint8Array<ArrayBuffer>];

/** An entry that is about to be written: a message stands for its bytes. */
export type NewEntry =
  | Entry
  | readonly [name: "done", number: number, later: boolean, kind: "value", value: Primitive | Message]
  | readonly [name: "done", number: number, later: boolean, kind: "error", error: Message, refused: boolean]
  | readonly [name: "end", how: "ok" | "error", value: Message];
